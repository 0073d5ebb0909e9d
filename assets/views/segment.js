// A segment of the chart, as links name it: START:CATEGORY.
import { binned } from "./drawn.js";

/** @import { Bin } from "./bins.js" */
/** @import { Segment } from "./definitions.js" */
/** @import { Payload } from "./heads.js" */

/** @param {string | null | undefined} segment */
function parseSegment(segment) {
  const [start, name] = (segment || "").split(":");
  return segment ? { start: Number(start), name } : null;
}

/**
 * The chosen segment as {bin, place}, if this view has it.
 * @param {string | null | undefined} segment
 * @param {Bin[]} bins
 * @param {Segment[]} segments
 */
export function findSegment(segment, bins, segments) {
  const wanted = parseSegment(segment);
  if (!wanted) return null;
  const bin = bins.findIndex((one) => one.start === wanted.start);
  const place = segments.findIndex((one) => one.name === wanted.name);
  return bin < 0 || place < 0 ? null : { bin, place };
}

/**
 * Whether the drawn view has this segment, with heads or without.
 * @param {Payload} payload
 * @param {number} width
 * @param {string | null | undefined} segment
 */
export function hasSegment(payload, width, segment) {
  if (!segment) return false;
  const { segments, bins } = binned(payload, width);
  return Boolean(findSegment(segment, bins, segments));
}

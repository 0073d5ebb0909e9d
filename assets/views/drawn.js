// What is drawn of the shown table, in its view.
import { percentText } from "./bins.js";
import { viewOf } from "./catalogue.js";
import { definitions } from "./definitions.js";

/** @import { Bin } from "./bins.js" */
/** @import { Segment } from "./definitions.js" */
/** @import { Payload } from "./heads.js" */

export const NOT_MEASURED = "not measured"; // what the dash means, for whoever points at it

/** @param {{as: string}} payload */
export const skeletonOf = (payload) => definitions.figures[payload.as];

/**
 * What the heads are counted under, and the segment of each head.
 * @param {Payload} payload
 */
export function segmentation(payload) {
  const view = viewOf(payload);
  return { segments: view.segments, index: view.index(payload) };
}

/**
 * @param {Payload} payload
 * @param {number} width - layers a bin
 */
export const binned = (payload, width) => ({
  ...segmentation(payload),
  bins: viewOf(payload).bins(payload, width),
});

/**
 * All layers as one bin.
 * @param {Payload} payload
 * @returns {Bin}
 */
export const wholeBin = (payload) => viewOf(payload).bins(payload, payload.layers)[0];

export const UNMEASURED = "not_measured"; // the segment of heads that nobody measured

/**
 * How many heads of the shown table nobody measured, in views that tell.
 * @param {Payload} payload
 */
export function unmeasuredHeads(payload) {
  const { segments, index } = segmentation(payload);
  const place = segments.findIndex((segment) => segment.name === UNMEASURED);
  return place < 0 ? 0 : index.filter((own) => own === place).length;
}

/**
 * Whether those are not drawn: unless they are asked for, or there are no others.
 * @param {Payload} payload
 */
export function leftOut(payload) {
  const missing = payload.unmeasured ? 0 : unmeasuredHeads(payload);
  return missing > 0 && missing < segmentation(payload).index.length;
}

/**
 * The segments that are drawn; none: all.
 * @param {Payload} payload
 * @param {string[] | null} only - those that are seen alone
 */
export function drawnOnly(payload, only) {
  if (only?.length || !leftOut(payload)) return only ?? [];
  return segmentation(payload).segments.map(({ name }) => name).filter((one) => one !== UNMEASURED);
}

/**
 * The segments with their places, without those that most models cannot have where there is
 * nothing of them (heads that nobody measured, a learned sink).
 * @param {Payload} payload
 */
export function listedSegments(payload) {
  const { segments, index } = segmentation(payload);
  return segments
    .map((segment, place) => ({ segment, place }))
    .filter(({ segment, place }) =>
      !segment.optional || index.includes(place) || wholeBin(payload).tenths[place] > 0
    );
}

/**
 * Whether nothing but a dash can stand for a segment of the shown table.
 * @param {Payload} payload
 * @param {Segment} segment
 * @param {number} count - heads in it
 */
export const isUnknown = (payload, segment, count) =>
  !count && !viewOf(payload).isMeasured(segment.name, payload.scores);

/**
 * A number and its share, or the share alone where no heads are counted: "12 · 4.0%".
 * @param {Payload} payload
 * @param {Bin} bin
 * @param {number} place
 * @param {(count: number, share: string) => string} both
 */
export function amountText(payload, bin, place, both) {
  const share = percentText(bin.tenths[place]);
  return viewOf(payload).said.countsHeads ? both(bin.counts[place], share) : share;
}

/**
 * A chip's number: heads, or else a share of all; a dash where nobody measured.
 * @param {Payload} payload
 * @param {Bin} whole - all layers
 * @param {number} place
 */
export function chipCount(payload, whole, place) {
  if (isUnknown(payload, viewOf(payload).segments[place], whole.counts[place])) return "–";
  return amountText(payload, whole, place, (count) => count.toLocaleString("en-US"));
}

/**
 * What the y axis counts.
 * @param {{as: string}} payload
 * @param {string} show
 */
export const heightTitle = (payload, show) =>
  show === "percent" ? `share of ${viewOf(payload).said.shared}` : "# heads";

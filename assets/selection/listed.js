// Which heads the panel lists: the chosen segment's, or else those of the pressed chips, over all
// layers.
import { viewOf } from "../views/catalogue.js";
import { binned, segmentation, wholeBin } from "../views/drawn.js";
import { inOrder } from "../views/scores.js";
import { findSegment } from "../views/segment.js";

/**
 * @typedef {object} Listed
 * @property {Segment[]} segments - the chosen one, or those of the pressed chips
 * @property {number[]} places - of these among the view's segments
 * @property {Bin} bin - of the segment; of chips all layers
 * @property {boolean} whole - whether the bin is all layers
 * @property {number[]} members - rows of the heads, the strongest first
 */

/**
 * @param {Payload} payload @param {number} width @param {string | null | undefined} segment
 * @param {string[]} only - pressed chips
 * @returns {Listed | null}
 */
export function listedHeads(payload, width, segment, only) {
  const { segments, bins } = binned(payload, width);
  const chosen = findSegment(segment, bins, segments);
  if (chosen) return of(payload, bins[chosen.bin], [chosen.place], false);
  const pressed = pressedPlaces(payload, only);
  return pressed.length ? of(payload, wholeBin(payload), pressed, true) : null;
}

// Where no heads are counted, every chip lists all heads, by its own number: the last one's.
/** @param {Payload} payload @param {string[]} only */
function pressedPlaces(payload, only) {
  const { segments } = segmentation(payload);
  const wanted = viewOf(payload).said.countsHeads ? only : only.slice(-1);
  return [...segments.keys()].filter((place) => wanted.includes(segments[place].name));
}

/** @param {Payload} payload @param {Bin} bin @param {number[]} places @param {boolean} whole */
function of(payload, bin, places, whole) {
  const view = viewOf(payload);
  const members = inOrder(payload, places.flatMap((place) => view.listed(bin, place)));
  return { segments: places.map((place) => view.segments[place]), places, bin, whole, members };
}

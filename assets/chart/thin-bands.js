// Where thin segments of a bar are pointed at: one head of 1,200 is a quarter of a pixel high.

const THIN = 6; // px: a segment that is higher can be hit
const REACH = 5; // px: within these a thin one wins over what lies beside it

/**
 * @typedef {object} Band
 * @property {number} place - of the segment
 * @property {number} bottom - px above the axis
 * @property {number} top
 */

/**
 * Thin segments side by side share their space evenly; a neighbour keeps at least half of its own.
 * @param {number[]} heights - px of each segment of a bar, from the axis up; 0: none
 * @returns {Band[]}
 */
export function thinBands(heights) {
  const shown = standing(heights);
  /** @type {Band[]} */
  const bands = [];
  for (let at = 0; at < shown.length; at += 1) {
    if (!isThin(shown[at])) continue;
    const first = at;
    while (at + 1 < shown.length && isThin(shown[at + 1])) at += 1;
    const run = shown.slice(first, at + 1);
    const below = first ? Math.min(REACH, height(shown[first - 1]) / 2) : 0;
    const above = at + 1 < shown.length ? Math.min(REACH, height(shown[at + 1]) / 2) : REACH;
    const from = run[0].bottom - below;
    const each = (run[run.length - 1].top + above - from) / run.length;
    run.forEach(({ place }, nth) =>
      bands.push({ place, bottom: from + nth * each, top: from + (nth + 1) * each })
    );
  }
  return bands;
}

/** @param {Band} band */
const height = ({ bottom, top }) => top - bottom;
/** @param {Band} band */
const isThin = (band) => height(band) < THIN;

// The segments that there are, where they stand.
/** @param {number[]} heights */
function standing(heights) {
  let bottom = 0;
  return heights.map((px, place) => ({ place, bottom, top: bottom += px }))
    .filter((band) => height(band) > 0);
}

// Small stacked bars on relative depth, number for number those of app/overview/depth.py:
// tests/twins.json has them.

/** @typedef {Record<string, number[]>} Counts heads of a segment in each layer */

const WIDTH = 2400;
const HEIGHT = 720;
const GAP = 20;
const NOT_MEASURED = "not_measured";

// The nearest whole number, halves up.
/** @param {number} part @param {number} whole */
const rounded = (part, whole) => Math.floor((2 * part + whole) / (2 * whole));

// Half-open bins of layers, as equal as whole layers can be; one a layer at most.
/** @param {number} layers @param {number} bins */
export function depthBins(layers, bins) {
  const count = Math.min(bins, layers);
  return Array.from({ length: count }, (_, at) => [
    Math.floor((at * layers) / count),
    Math.floor(((at + 1) * layers) / count),
  ]);
}

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

// Heads of each segment in each bin.
/** @param {Counts} counts @param {number} layers @param {number} bins @returns {Counts} */
function binned(counts, layers, bins) {
  const ends = depthBins(layers, bins);
  return Object.fromEntries(
    Object.entries(counts).map(([name, own]) => [
      name,
      ends.map(([start, stop]) => sum(own.slice(start, stop))),
    ]),
  );
}

/** @param {Counts} heads @param {number} place */
const headsAt = (heads, place) => sum(Object.values(heads).map((own) => own[place]));

// The largest share of a bin's heads that is drawn: [heads, of heads]. All of them, but of a partly
// measured table those with a name.
/** @param {Counts} counts @param {number} layers @param {number} bins @returns {[number, number]} */
export function reach(counts, layers, bins) {
  const heads = binned(counts, layers, bins);
  let best = /** @type {[number, number]} */ ([0, 1]);
  for (const place of depthBins(layers, bins).keys()) {
    const total = headsAt(heads, place);
    const named = total - (heads[NOT_MEASURED]?.[place] || 0);
    if (total && named * best[1] > best[0] * total) best = [named, total];
  }
  return best;
}

// The bars of each segment that some head is in, as the "d" of an SVG path.
/**
 * @param {Counts} counts @param {string[]} order - bottom first
 * @param {number} layers @param {number} bins
 */
export function paths(counts, order, layers, bins) {
  const heads = binned(counts, layers, bins);
  const drawn = /** @type {Record<string, string>} */ ({});
  depthBins(layers, bins).forEach(([start, stop], place) => {
    const total = headsAt(heads, place);
    const left = rounded(start * WIDTH, layers);
    const right = rounded(stop * WIDTH, layers) - GAP;
    const level = (/** @type {number} */ number) => HEIGHT - rounded(number * HEIGHT, total);
    let below = 0;
    for (const name of order) {
      const count = name === NOT_MEASURED ? 0 : heads[name]?.[place] || 0;
      if (!count) continue;
      const bar = `M${left} ${level(below + count)}H${right}V${level(below)}H${left}z`;
      drawn[name] = (drawn[name] || "") + bar;
      below += count;
    }
  });
  return drawn;
}

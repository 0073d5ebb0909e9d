// Two tables side by side on relative depth. The bins must equal app/analysis/compare.py's:
// a layer belongs to the bin that holds its middle.
import { shared, sumOfLayers } from "../views/bins.js";
import { viewNamed } from "../views/catalogue.js";

/** @param {number} layers @param {number} width @param {number} otherLayers */
const relativeBins = (layers, width, otherLayers) =>
  Math.min(Math.ceil(layers / width), layers, otherLayers);

/** @import { View } from "../views/view.js" */

/**
 * @typedef {object} Range
 * @property {number} from - share of the depth, 0..1
 * @property {number} to
 * @property {number} start - its first layer
 * @property {number} stop - the layer after its last one
 */

/**
 * @typedef {object} Amounts
 * @property {number[]} parts - each segment's whole parts
 * @property {number} whole - the sum of the parts
 * @property {number[]} tenths - each segment's share in tenths of a per cent; NaN without heads
 * @property {number[]} shares - exact, 0..1; NaN without heads
 * @property {number[] | null} counts - heads of each segment; null where none are counted
 */

/** @typedef {Range & Amounts} DepthBin */

/** @param {number} layers @param {number} bins @returns {Range[]} */
function depthBins(layers, bins) {
  const found = Array.from({ length: bins }, (_, place) => ({
    from: place / bins,
    to: (place + 1) / bins,
    start: layers,
    stop: 0,
  }));
  for (let layer = 0; layer < layers; layer += 1) {
    const bin = found[Math.floor(((2 * layer + 1) * bins) / (2 * layers))];
    bin.start = Math.min(bin.start, layer);
    bin.stop = layer + 1;
  }
  return found;
}

// Halves to even, as Python writes them in the table below the charts.
/** @param {number} share */
function wholePercent(share) {
  const floor = Math.floor(100 * share);
  return 100 * share - floor === 0.5 ? floor + (floor % 2) : Math.round(100 * share);
}

/** @param {{ from: number, to: number }} of */
export const depthText = ({ from, to }) => `${wholePercent(from)}–${wholePercent(to)}%`;

// Both tables in so many bins of depth, in the view that both have: [one, other].
// compared: the other table, as app/page/compare/data.py packs it.
/** @param {Payload} payload @param {Compared} compared @param {number} bins */
export function bothByDepth(payload, compared, bins) {
  const view = viewNamed(compared.as);
  return [
    partsByDepth(view, view.layerParts(payload), bins),
    partsByDepth(view, comparedParts(view, compared), bins),
  ];
}

/** @param {Grid} payload @param {Grid} compared @param {number | null} width */
export const binsOfBoth = (payload, compared, width) =>
  relativeBins(payload.layers, width || payload.layers, compared.layers);

/** @type {WeakMap<Compared, number[][]>} */
const ofCompared = new WeakMap();

/** @param {View} view @param {Compared} compared */
function comparedParts(view, compared) {
  const known = ofCompared.get(compared) ?? view.comparedParts(compared);
  ofCompared.set(compared, known);
  return known;
}

// Bins of one table, each with what is drawn and the exact shares (0..1) of its segments.
// layers: whole parts [layer][segment].
/** @param {View} view @param {number[][]} layers @param {number} bins @returns {DepthBin[]} */
const partsByDepth = (view, layers, bins) =>
  depthBins(layers.length, bins).map((bin) => {
    const drawn = shared(sumOfLayers(layers.slice(bin.start, bin.stop)));
    return {
      ...bin,
      ...drawn,
      counts: view.said.countsHeads ? drawn.parts : null,
      shares: drawn.parts.map((part) => part / drawn.whole), // NaN without heads,
    };
  });

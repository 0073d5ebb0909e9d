// Two tables side by side on relative depth. The bins must equal app/analysis/compare.py's:
// a layer belongs to the bin that holds its middle.
import { tenthsOfPercent } from "../views/bins.js";
import { budgetOf, sumOfMasses } from "../views/budget.js";
import { definitions } from "../views/definitions.js";
import { headCount, rowOf } from "../views/grid.js";
import { layerMasses, unpack } from "../views/packing.js";
import { segmentation } from "../views/view.js";

/** @param {number} layers @param {number} width @param {number} otherLayers */
const relativeBins = (layers, width, otherLayers) =>
  Math.min(Math.ceil(layers / width), layers, otherLayers);

// One record a bin: {from, to (0..1), start, stop (layers), counts, tenths}.
/** @param {number[]} index @param {Grid} table @param {number} bins @param {number} segments */
function binByDepth(index, table, bins, segments) {
  const { layers } = table;
  const found = Array.from({ length: bins }, (_, place) => ({
    from: place / bins,
    to: (place + 1) / bins,
    start: layers,
    stop: 0,
    counts: /** @type {number[]} */ (Array(segments).fill(0)),
    tenths: /** @type {number[]} */ ([]),
  }));
  for (let layer = 0; layer < layers; layer += 1) {
    const bin = found[Math.floor(((2 * layer + 1) * bins) / (2 * layers))];
    bin.start = Math.min(bin.start, layer);
    bin.stop = layer + 1;
    for (let row = rowOf(table, layer, 0); row < rowOf(table, layer + 1, 0); row += 1) {
      bin.counts[index[row]] += 1;
    }
  }
  found.forEach((bin) => (bin.tenths = tenthsOfPercent(bin.counts)));
  return found;
}

// Halves to even, as Python writes them in the table below the charts.
/** @param {number} share */
export function wholePercent(share) {
  const floor = Math.floor(100 * share);
  return 100 * share - floor === 0.5 ? floor + (floor % 2) : Math.round(100 * share);
}

/** @param {{ from: number, to: number }} of */
export const depthText = ({ from, to }) => `${wholePercent(from)}–${wholePercent(to)}%`;

// Both tables in so many bins of depth, in the view that both have: [one, other].
// compared: the other table, as app/page/compare/data.py packs it.
/** @param {Payload} payload @param {Compared} compared @param {number} bins */
export function bothByDepth(payload, compared, bins) {
  const { as } = compared;
  const { segments } = definitions.views[as];
  return [
    sidesByDepth(payload, ownAmounts(payload, as), bins, segments),
    sidesByDepth(compared, otherAmounts(compared), bins, segments),
  ];
}

/** @param {Grid} payload @param {Grid} compared @param {number | null} width */
export const binsOfBoth = (payload, compared, width) =>
  relativeBins(payload.layers, width || payload.layers, compared.layers);

// {index} or {masses}: what a table's bars are made of.
/** @param {Payload} payload @param {string} as */
const ownAmounts = (payload, as) =>
  as === "budget"
    ? { masses: budgetOf(payload).layers }
    : { index: segmentation({ ...payload, as }).index };

/** @type {WeakMap<Compared, Amounts>} */
const unpackedOthers = new WeakMap();

/** @param {Compared} compared @returns {Amounts} */
function otherAmounts(compared) {
  const known = unpackedOthers.get(compared);
  if (known) return known;
  const amounts = compared.masses
    ? { masses: layerMasses(compared.masses, compared.layers) }
    : { index: unpack(compared.index ?? "", 1) };
  unpackedOthers.set(compared, amounts);
  return amounts;
}

/** @typedef {{ index?: number[], masses?: number[][] }} Amounts what a table's bars are made of */

// Bins of one table, each with the shares (0..1) of its segments beside what is drawn.
/** @param {Grid} table @param {Amounts} amounts @param {number} bins @param {Segment[]} segments */
function sidesByDepth(table, { index, masses }, bins, segments) {
  const all = index || Array(headCount(table)).fill(0);
  const found = binByDepth(all, table, bins, segments.length);
  return found.map((bin) => {
    const amounts = masses ? sumOfMasses(masses.slice(bin.start, bin.stop)) : bin.counts;
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    return {
      ...bin,
      counts: masses ? null : bin.counts,
      shares: amounts.map((amount) => amount / sum),
      tenths: tenthsOfPercent(amounts),
    };
  });
}

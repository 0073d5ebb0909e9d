// Heads per bin of layers and segment. The numbers must equal Python's, digit for digit
// (cache/bins.py, cache/percent.py): tests/twins.json has them.
import { headsIn, rowOf } from "./grid.js";

/**
 * @typedef {object} Bin
 * @property {number} start - its first layer
 * @property {number} stop - the layer after its last one
 * @property {string} label - "[0, 12)"
 * @property {number} total - heads
 * @property {number[][]} members - rows of the heads of each segment
 * @property {number[]} counts - heads of each segment
 * @property {number[]} parts - each segment's whole parts of what a bar shares out: heads, or
 *   what else the view counts
 * @property {number} whole - the sum of the parts
 * @property {number[]} tenths - each segment's share in tenths of a per cent; NaN without heads
 */

/**
 * A share in tenths of a per cent: the nearest, halves away from zero. Each is rounded by
 * itself, so those of a bin may add up to 999 or 1001.
 * @param {number} part - a whole number, 0 to total
 * @param {number} total - a whole number, at least 1; below 2^41
 */
const tenthsOfPercent = (part, total) => Math.floor((2000 * part + total) / (2 * total));

/**
 * A dash of nothing at all: a bin whose layers have no attention.
 * @param {number} tenths
 */
export const percentText = (tenths) =>
  Number.isNaN(tenths) ? "–" : `${Math.floor(tenths / 10)}.${tenths % 10}%`;

/**
 * "4.4%" for 2 of 45; a dash of nothing at all.
 * @param {number} part
 * @param {number} total
 */
export const percentOf = (part, total) => total ? percentText(tenthsOfPercent(part, total)) : "–";

/**
 * Whole parts with what is drawn of them.
 * @param {number[]} parts - of each segment
 */
export function shared(parts) {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return {
    parts,
    whole,
    tenths: parts.map((part) => (whole ? tenthsOfPercent(part, whole) : NaN)),
  };
}

/**
 * How high a segment stands where bars show shares, 0..100: exact, so that a bar is full.
 * @param {{parts: number[], whole: number}} bin
 * @param {number} place
 */
export const percentHeight = (bin, place) => bin.whole ? (100 * bin.parts[place]) / bin.whole : 0;

/**
 * @param {number[]} index - segment of each head, layer-major
 * @param {import("./grid.js").Grid} table
 * @param {number} width - layers a bin
 * @param {number} segments - how many there are
 * @returns {Bin[]}
 */
export function binHeads(index, table, width, segments) {
  const bins = [];
  for (let start = 0; start < table.layers; start += width) {
    const stop = Math.min(start + width, table.layers);
    const members = emptyLists(segments);
    for (let row = rowOf(table, start, 0); row < rowOf(table, stop, 0); row += 1) {
      members[index[row]].push(row);
    }
    const counts = members.map((heads) => heads.length);
    bins.push({
      start,
      stop,
      members,
      counts,
      label: `[${start}, ${stop})`,
      total: headsIn(table, start, stop),
      ...shared(counts),
    });
  }
  return bins;
}

/** @returns {number[][]} */
const emptyLists = (/** @type {number} */ size) => Array.from({ length: size }, () => []);

/**
 * Heads of each segment in each layer: [layer][segment].
 * @param {number[]} index - segment of each head, layer-major
 * @param {import("./grid.js").Grid} table
 * @param {number} segments - how many there are
 */
export const countLayers = (index, table, segments) =>
  binHeads(index, table, 1, segments).map((bin) => bin.counts);

/**
 * The parts of several layers together.
 * @param {number[][]} layers - [layer][segment]; at least one layer
 */
export const sumOfLayers = (layers) =>
  layers[0].map((_, place) => layers.reduce((sum, parts) => sum + parts[place], 0));

/**
 * A quarter of the layers, at least one; halves to even, as Python rounds.
 * @param {number} layers
 */
export function defaultWidth(layers) {
  const quarter = layers / 4;
  const floor = Math.floor(quarter);
  const half = quarter - floor === 0.5;
  return Math.max(1, half ? floor + (floor % 2) : Math.round(quarter));
}

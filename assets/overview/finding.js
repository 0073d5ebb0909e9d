// Which tables a search finds, and in which order they stand: as app/overview/cards.py.
import { sum } from "./depth.js";

/**
 * @typedef {object} Listed
 * @property {number} layers
 * @property {number} rank - in the order of the dashboard's list: the newest first
 * @property {string} title - folded, with the name
 * @property {string} find - what a search looks at, folded
 * @property {Record<string, number[]>} counts - heads of each segment in each layer
 * @property {string[]} [unmeasured] - segments that nobody measured
 */

// Small letters without accents: "Ünï Mödel" is "uni model".
/** @param {string} text */
export const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {Listed} table @param {string} search */
export const isFound = (table, search) =>
  folded(search).split(/\s+/).every((word) => table.find.includes(word));

/** @param {Listed} table */
export const headsOf = (table) => sum(Object.values(table.counts).map(sum));

// A segment's heads; null: nobody measured it.
/** @param {Listed} table @param {string} segment */
export const countOf = (table, segment) =>
  table.unmeasured?.includes(segment) ? null : sum(table.counts[segment] || []);

/** @param {Listed} table @param {string} segment */
function shareOf(table, segment) {
  const count = countOf(table, segment);
  return count === null ? -1 : count / headsOf(table);
}

/** @type {Record<string, (one: Listed, other: Listed) => number>} */
const ORDERS = {
  date: () => 0,
  name: (one, other) => (one.title < other.title ? -1 : Number(one.title > other.title)),
  layers: (one, other) => other.layers - one.layers,
};

// The tables as they are to stand; equal ones the newest first.
/** @template {Listed} T @param {T[]} tables @param {string} by */
export function ordered(tables, by) {
  const compare = ORDERS[by] ||
    ((one, other) => shareOf(other, by) - shareOf(one, by));
  return [...tables].sort((one, other) => compare(one, other) || one.rank - other.rank);
}

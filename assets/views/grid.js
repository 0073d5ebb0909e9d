// A head's row in the table against its place in the grid of layers and heads. The only file that
// knows how one follows from the other.

/**
 * What a table's grid is (app/views/packing.py, pack_grid).
 * @typedef {object} Grid
 * @property {number} layers
 * @property {number} heads - of a layer; where layers differ, of the one that has most
 * @property {number[]} [heads_by_layer] - where they differ; 0: a layer without attention
 */

/** @type {WeakMap<number[], number[]>} */
const firstRows = new WeakMap();

/**
 * The row of each layer's first head, and the number of rows.
 * @param {number[]} counts - heads of each layer
 */
function startsOf(counts) {
  const known = firstRows.get(counts);
  if (known) return known;
  const starts = [0];
  for (const heads of counts) starts.push(starts[starts.length - 1] + heads);
  firstRows.set(counts, starts);
  return starts;
}

/** @param {Grid} table */
export const headCount = (table) => rowOf(table, table.layers, 0);

/**
 * Heads of the layers from start up to, without, stop.
 * @param {Grid} table
 * @param {number} start
 * @param {number} stop
 */
export const headsIn = (table, start, stop) => rowOf(table, stop, 0) - rowOf(table, start, 0);

/**
 * Heads of one layer.
 * @param {Grid} table
 * @param {number} layer
 */
export const layerHeads = (table, layer) =>
  table.heads_by_layer ? table.heads_by_layer[layer] : table.heads;

/**
 * @param {Grid} table
 * @param {number} layer - or the one after the last
 * @param {number} head
 */
export const rowOf = (table, layer, head) =>
  (table.heads_by_layer ? startsOf(table.heads_by_layer)[layer] : layer * table.heads) + head;

/**
 * @param {Grid} table
 * @param {number} row
 */
export function layerOf(table, row) {
  if (!table.heads_by_layer) return Math.floor(row / table.heads);
  const starts = startsOf(table.heads_by_layer);
  let [low, high] = [0, table.layers]; // the last layer that starts at or before the row
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= row) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * @param {Grid} table
 * @param {number} row
 */
export const headOf = (table, row) =>
  table.heads_by_layer ? row - rowOf(table, layerOf(table, row), 0) : row % table.heads;

/**
 * "18.6", as links and the selection name a head.
 * @param {number} layer
 * @param {number} head
 */
export const keyOf = (layer, head) => `${layer}.${head}`;

/**
 * The same of a row.
 * @param {Grid} table
 * @param {number} row
 */
export const headKey = (table, row) => keyOf(layerOf(table, row), headOf(table, row));

/**
 * [layer, head] of such a key; NaN where it has none.
 * @param {string | null | undefined} key
 * @returns {[number, number]}
 */
export function parseHead(key) {
  const [layer, head = NaN] = (key || "").split(".").map(Number);
  return [layer, head];
}

/**
 * The head may be another table's.
 * @param {Grid} table
 * @param {string | null | undefined} key
 */
export function hasHead(table, key) {
  const [layer, head] = parseHead(key);
  return layer < table.layers && head < layerHeads(table, layer);
}

/**
 * The head beside one of the map: over layers without attention, and never out of it.
 * @param {Grid} table
 * @param {[number, number]} from - layer, head
 * @param {[number, number]} step - in layers, in heads
 * @returns {[number, number]}
 */
export function neighbour(table, [layer, head], [across, down]) {
  let next = layer + across;
  while (across && layerHeads(table, next) === 0 && next >= 0 && next < table.layers) {
    next += across;
  }
  const there = next >= 0 && next < table.layers ? next : layer;
  return [there, Math.max(0, Math.min(head + down, layerHeads(table, there) - 1))];
}

/**
 * Heads of a layer that has some: "25", or "4 to 8" where layers differ.
 * @param {Grid} table
 */
export function headsText(table) {
  const few = Math.min(...(table.heads_by_layer || []).filter(Boolean), table.heads);
  return few === table.heads ? String(few) : `${few} to ${table.heads}`;
}

export const NO_ATTENTION = "no layer with attention"; // of a bin without heads

/**
 * "12 of 48 layers have attention"; "" where all have.
 * @param {Grid} table
 */
export function attentionText({ layers, heads_by_layer }) {
  const count = heads_by_layer ? heads_by_layer.filter(Boolean).length : layers;
  if (count === layers) return "";
  return `${count} of ${layers} layers ${count === 1 ? "has" : "have"} attention`;
}

/**
 * "L18.H6", as people write "18.6".
 * @param {string} key
 */
export const headLabel = (key) => `L${key.replace(".", ".H")}`;

/**
 * The same of a row.
 * @param {Grid} table
 * @param {number} row
 */
export const headName = (table, row) => headLabel(headKey(table, row));

/** @param {string} name - "L18.H6" */
export const keyOfName = (name) => name.slice(1).replace(".H", ".");

/**
 * Names of heads in the order of layers, and of heads in a layer.
 * @param {string} one
 * @param {string} other
 */
export function compareNames(one, other) {
  const [layer, head] = parseHead(keyOfName(one));
  const [otherLayer, otherHead] = parseHead(keyOfName(other));
  return layer - otherLayer || head - otherHead;
}

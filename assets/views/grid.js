// A head's row in the table against its place in the grid of layers and heads. The only file that
// knows how one follows from the other.

/**
 * What a table's grid is: every layer has as many heads.
 * @typedef {object} Grid
 * @property {number} layers
 * @property {number} heads - of a layer
 */

/** @param {Grid} table */
export const headCount = (table) => table.layers * table.heads;

/**
 * Heads of the layers from start up to, without, stop.
 * @param {Grid} table
 * @param {number} start
 * @param {number} stop
 */
export const headsIn = (table, start, stop) => rowOf(table, stop, 0) - rowOf(table, start, 0);

/**
 * @param {Grid} table
 * @param {number} layer
 * @param {number} head
 */
export const rowOf = (table, layer, head) => layer * table.heads + head;

/**
 * @param {Pick<Grid, "heads">} table
 * @param {number} row
 */
export const layerOf = (table, row) => Math.floor(row / table.heads);

/**
 * @param {Pick<Grid, "heads">} table
 * @param {number} row
 */
export const headOf = (table, row) => row % table.heads;

/**
 * "18.6", as links and the selection name a head.
 * @param {number} layer
 * @param {number} head
 */
export const keyOf = (layer, head) => `${layer}.${head}`;

/**
 * The same of a row.
 * @param {Pick<Grid, "heads">} table
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
  return layer < table.layers && head < table.heads;
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

// A head's row in the table against its place in the grid of layers and heads. The only file that
// knows how one follows from the other; a table's `heads` are those of a layer.

export const headCount = (table) => table.layers * table.heads;
export const rowOf = (table, layer, head) => layer * table.heads + head;
export const layerOf = (table, row) => Math.floor(row / table.heads);
export const headOf = (table, row) => row % table.heads;

// "18.6", as links and the selection name a head.
export const headKey = (table, row) => `${layerOf(table, row)}.${headOf(table, row)}`;

// [layer, head] of such a key.
export const parseHead = (key) => (key || "").split(".").map(Number);

// The head may be another table's.
export function hasHead(table, key) {
  const [layer, head] = parseHead(key);
  return layer < table.layers && head < table.heads;
}

// "L18.H6", as people write it.
export const headLabel = (key) => `L${key.replace(".", ".H")}`;
export const headName = (table, row) => headLabel(headKey(table, row));
export const keyOfName = (name) => name.slice(1).replace(".H", ".");

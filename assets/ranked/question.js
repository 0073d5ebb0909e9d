// What the ranked heads are asked for in.

/**
 * What the form says; texts are "" where nothing was chosen.
 * @typedef {{ category: string, first: string, last: string, column: string, least: string }} Form
 */

/**
 * @param {Pick<Payload, "name" | "stamp" | "t" | "layers">} payload
 * @param {Partial<Form> & { sort?: string, rows?: number }} choice
 * @param {number} rows - at first
 */
export function rankedQuestion({ name, stamp, t, layers }, choice, rows) {
  const { category, first, last, column = "induction", least, sort } = choice;
  const all = !first && !last;
  return {
    model: name,
    stamp,
    t,
    category: category || null,
    layers: all ? null : `${first || 0}-${last || layers - 1}`,
    least: least ? `${column}:${least.replace(",", ".")}` : null,
    sort: sort ?? column,
    rows: choice.rows ?? rows,
  };
}

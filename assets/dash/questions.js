// What the server is asked for through the "…-wanted" stores.
import { setData } from "./props.js";

/** @type {Record<string, unknown>} what each store was asked last */
const asked = {};

/** @param {unknown} one @param {unknown} other */
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Sets a "wanted" store unless the same was asked for last.
/** @param {string} store @param {unknown} next */
export function ask(store, next) {
  if (same(asked[store], next)) return;
  asked[store] = next;
  setData(store, next);
}

/** @param {string} store */
export const lastAsked = (store) => asked[store];

// What was asked last may never have been answered (page/connection.js).
export const askAllAgain = () =>
  Object.entries(asked).forEach(([store, data]) => setData(store, data));

// Whether an answer is about this table, as it is stored now.
/** @param {Question | null} answer @param {Table} table */
export const isAbout = (answer, table) =>
  answer && answer.model === table.name && answer.stamp === table.stamp;

// What a question about the drawn bins names.
/** @param {Payload} payload @param {number} width */
export const aboutDrawn = ({ name, stamp, layers, as, t }, width) => ({
  model: name,
  stamp,
  width: Math.min(width, layers),
  taxonomy: as,
  t,
});

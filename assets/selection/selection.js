// What is chosen: {segment, head}, either or both.
import { headCount, headKey, parseHead, rowOf } from "../views/grid.js";

// The head before or after the chosen one, through all layers and round.
/** @param {Chosen} selection @param {number} step @param {Payload} payload */
export function stepped(selection, step, payload) {
  const all = headCount(payload);
  const [layer, head] = parseHead(selection.head);
  const row = (rowOf(payload, layer, head) + step + all) % all;
  return { ...selection, head: headKey(payload, row) };
}

// The same choice again lets go.
/** @param {Chosen | null} selection @param {"segment" | "head"} key @param {string} value */
export const toggled = (selection, key, value) => ({
  ...selection,
  [key]: selection && selection[key] === value ? null : value,
});

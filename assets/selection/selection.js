// What is chosen: {segment, head}, either or both.
import { headCount, headKey, parseHead, rowOf } from "../views/grid.js";

// The head before or after the chosen one, and round: of the listed ones, if it is one of them, or
// else through all layers.
/** @param {Chosen} selection @param {number} step @param {Payload} payload @param {HeadKey[]} [list] */
export function stepped(selection, step, payload, list = []) {
  const place = list.indexOf(selection.head ?? "");
  if (place >= 0) return { ...selection, head: list[(place + step + list.length) % list.length] };
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

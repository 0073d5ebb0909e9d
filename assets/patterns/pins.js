// The pinned heads: at most four of the shown table, in the order in which they were pinned.
import { hasHead } from "../views/grid.js";
import { quoted } from "../views/phrases.js";

export const MOST_PINS = 4;

// With the head, or without it if it was pinned; null: there are four already.
/** @param {HeadKey[]} pins @param {HeadKey} head @returns {HeadKey[] | null} */
export function togglePin(pins, head) {
  if (pins.includes(head)) return pins.filter((one) => one !== head);
  return pins.length < MOST_PINS ? [...pins, head] : null;
}

// Of a link: "5.1,6.9".
/** @param {string | null} text @param {Model | null} model @param {string[]} notes */
export function readPins(text, model, notes) {
  if (text === null || !model) return [];
  const heads = [...new Set(text.split(","))];
  const bad = heads.filter((head) => !/^\d{1,6}\.\d{1,6}$/.test(head) || !hasHead(model, head));
  if (bad.length) notes.push(`pins=${quoted(text)}: ${quoted(bad[0])} is no head of this table.`);
  const good = heads.filter((head) => !bad.includes(head));
  if (good.length > MOST_PINS) {
    notes.push(`pins=${quoted(text)} names ${good.length} heads; the first four are pinned.`);
  }
  return good.slice(0, MOST_PINS);
}

// Those that the shown table has.
/** @param {HeadKey[] | null} pins @param {Payload} payload */
export const pinsOf = (pins, payload) => (pins ?? []).filter((head) => hasHead(payload, head));

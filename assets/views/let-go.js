// Views that were chosen and that the table which came then lacks: told once, beside its link's
// other notes (page/callbacks.js).
import { viewNamed } from "./catalogue.js";

/** @type {string[]} */
let notes = [];

/** @param {string[]} names @param {Pick<import("./heads.js").Shown, "lacks">} table */
export function letGo(names, { lacks }) {
  notes = names.map((name) => `${viewNamed(name).said.label} cannot be shown: ${lacks[name]}`);
}

export function takeLetGo() {
  const taken = notes;
  notes = [];
  return taken;
}

// The callbacks of the shown table: which one it is and how it is looked at.
import { keep } from "../dash/props.js";
import { ask, isAbout } from "../dash/questions.js";
import { definitions } from "../views/definitions.js";
import { thresholdText } from "../views/thresholds.js";
import { DETAILED, drawnAs, needsExtras } from "../views/view.js";

// The stored table with thresholds and view put on it: all that the page draws.
/**
 * @param {Table | null} table @param {WhatIf | null} whatif @param {Extras | null} extras
 * @param {Thresholds | null} thresholds @param {string} taxonomy @param {Show} show
 */
export function settle(table, whatif, extras, thresholds, taxonomy, show) {
  if (!table) return keep();
  const as = drawnAs(table, taxonomy, show);
  if (needsExtras(as) && !isAbout(extras, table)) return keep();
  const packed = needsExtras(as) ? { operations: extras?.operations, budget: extras?.budget } : {};
  if (!thresholdText(thresholds, definitions.thresholds)) return { ...table, ...packed, t: "", as };
  if (!whatif || !isAbout(whatif, table)) return keep();
  const { model: _model, stamp: _stamp, ...changes } = whatif;
  return { ...table, ...packed, stored: table.detailed, ...changes, as };
}

/** @param {Table | null} table @param {string} taxonomy @param {Show} show */
export function wantExtras(table, taxonomy, show) {
  if (!table || !needsExtras(drawnAs(table, taxonomy, show))) return;
  ask("extras-wanted", { model: table.name, stamp: table.stamp });
}

// Operations are offered only where they were published.
/** @param {Table | null} table @param {string} taxonomy @param {Choice[]} choices */
export function offer(table, taxonomy, choices) {
  if (!table) return [keep(), keep()];
  const offered = choices.filter(({ value }) => value !== "operations");
  const all = table.has.includes("operations")
    ? [...offered, { value: "operations", label: "Operations" }]
    : offered;
  const gone = taxonomy === "operations" && all.length === offered.length;
  return [all, gone ? DETAILED : keep()];
}

// A table was written again while it is shown: ask for it anew.
/** @param {Model[]} models @param {Payload | null} payload */
export function refresh(models, payload) {
  const now = payload && models.find((model) => model.name === payload.name);
  return now && now.stamp !== payload.stamp ? now.stamp : keep();
}

// The first table of an empty cache is opened at once.
/** @param {Model[]} models @param {string | null} value */
export function openFirst(models, value) {
  return !value && models.length ? models[0].name : keep();
}

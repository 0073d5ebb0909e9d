// The callbacks of the shown table: which one it is and how it is looked at.
import { keep } from "../dash/props.js";
import { ask, isAbout } from "../dash/questions.js";
import { drawnAs, isOffered, needsFurther, offeredTaxonomies, USUAL } from "../views/choice.js";
import { definitions } from "../views/definitions.js";
import { thresholdText } from "../views/thresholds.js";

// The stored table with thresholds and view put on it: all that the page draws.
/**
 * @param {Table | null} table @param {WhatIf | null} whatif @param {Further | null} further
 * @param {Thresholds | null} thresholds @param {string} taxonomy @param {Show} show
 */
export function settle(table, whatif, further, thresholds, taxonomy, show) {
  if (!table) return keep();
  const as = drawnAs(table, taxonomy, show);
  if (needsFurther(as) && !isAbout(further, table)) return keep();
  const t = thresholdText(thresholds, definitions.thresholds);
  if (t && !isAbout(whatif, table)) return keep();
  return {
    ...table,
    ...(needsFurther(as) ? told(further) : {}), // what each view is drawn from, under its name
    ...(t ? { stored: table.detailed, ...told(whatif) } : { t: "" }),
    as,
  };
}

// An answer without the name of the table that it is about.
/** @param {Question | null} answer */
function told(answer) {
  const { model: _model, stamp: _stamp, ...rest } = /** @type {Question} */ (answer);
  return rest;
}

/** @param {Table | null} table @param {string} taxonomy @param {Show} show */
export function wantExtras(table, taxonomy, show) {
  if (!table || !needsFurther(drawnAs(table, taxonomy, show))) return;
  ask("extras-wanted", { model: table.name, stamp: table.stamp });
}

// A view is offered only where the table has it.
/** @param {Table | null} table @param {string} taxonomy */
export function offer(table, taxonomy) {
  if (!table) return [keep(), keep()];
  return [offeredTaxonomies(table), isOffered(table, taxonomy || USUAL) ? keep() : USUAL];
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

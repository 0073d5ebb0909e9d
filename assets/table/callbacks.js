// The callbacks of the shown table: which one it is and how it is looked at.
import { keep } from "../dash/props.js";
import { ask, isAbout } from "../dash/questions.js";
import { drawnAs, needsFurther, offered, USUAL } from "../views/choice.js";
import { letGo } from "../views/let-go.js";
import { leaveOut } from "./failed-jobs.js";
import { definitions } from "../views/definitions.js";
import { thresholdText } from "../views/thresholds.js";

// The stored table with thresholds and view put on it: all that the page draws.
/**
 * @param {Table | null} table @param {WhatIf | null} whatif @param {Further | null} further
 * @param {Thresholds | null} thresholds @param {string} taxonomy @param {Show} show
 * @param {boolean | null} unmeasured
 */
export function settle(table, whatif, further, thresholds, taxonomy, show, unmeasured) {
  if (!table) return keep();
  const as = drawnAs(table, taxonomy, show);
  if (needsFurther(as) && !isAbout(further, table)) return keep();
  const t = thresholdText(thresholds, definitions.thresholds);
  if (t && !isAbout(whatif, table)) return keep();
  return {
    ...table,
    ...(needsFurther(as) ? told(further) : {}), // what each view is drawn from, under its name
    ...(t ? { stored: table.detailed, ...told(whatif) } : { t: "" }),
    findings: {
      ...table.findings,
      ...(needsFurther(as) ? further?.findings : {}),
      ...(t ? whatif?.findings : {}),
    },
    as,
    unmeasured: Boolean(unmeasured),
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

// A view that the table lacks is disabled, and let go where it was chosen:
// [taxonomies, taxonomy, shows, show].
/**
 * @param {Table | null} table @param {Choice[]} taxonomies @param {string} taxonomy
 * @param {Choice[]} shows @param {Show} show
 */
export function offer(table, taxonomies, taxonomy, shows, show) {
  if (!table) return Array(4).fill(keep());
  letGo([taxonomy, show].filter((name) => name in table.lacks), table);
  return [
    offered(taxonomies, table),
    taxonomy in table.lacks ? USUAL : keep(),
    offered(shows, table),
    show in table.lacks ? "count" : keep(),
  ];
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

// The server tells of all failed requests at every poll.
export const leaveOutDismissed = () => void requestAnimationFrame(leaveOut);

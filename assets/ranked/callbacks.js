// The callbacks of the ranked heads: thin adapters.
import { buildForm, offerColumns } from "./form.js";
import { rankedQuestion } from "./question.js";
import { drawRows } from "./table.js";
import { byId } from "../dash/dom.js";
import { getData } from "../dash/props.js";
import { ask } from "../dash/questions.js";
import { throttle } from "../dash/timing.js";
import { markOthers } from "../selection/lists.js";
import { definitions } from "../views/definitions.js";

const ASKED_MS = 150; // typing and thresholds ask at most this often

/** @param {Payload | null} payload @param {Opened | null} opened @param {{} | null} choice */
export function wantRanked(payload, opened, choice) {
  if (!payload || !opened?.ranked) return;
  buildForm();
  if (offerColumns(payload)) return; // the form's choice changed, and asks
  const next = rankedQuestion(payload, choice ?? {}, definitions.ranked.rows);
  throttle("ranked", ASKED_MS, () => ask("ranked-wanted", next));
}

/** @param {import("./table.js").Ranked | null} ranked */
export function drawRanked(ranked) {
  if (!ranked) return;
  const place = byId("ranked-rows");
  const sort = document.activeElement?.closest("#ranked-rows [data-sort]");
  drawRows(ranked, place);
  markOthers(getData("selection")?.head);
  // The column that was ranked by, by key, keeps the focus.
  if (sort) /** @type {HTMLElement | null} */ (place.querySelector("[aria-sort] .sort"))?.focus();
}

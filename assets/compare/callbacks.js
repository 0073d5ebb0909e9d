// The callbacks of a comparison with a second table: thin adapters.
import { framed } from "../dash/element.js";
import { legend } from "./bars.js";
import { differenceTable } from "./differences.js";
import * as charts from "./draw.js";
import { comparedView, isAnswer, linkedPin, rememberPin } from "./question.js";
import { scatterFigure } from "./scatter.js";
import { detailsById, markBusy } from "../dash/dom.js";
import { keep } from "../dash/props.js";
import { ask, lastAsked } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";

// The second table of the link; its panel is opened for it.
/** @param {LinkState} url */
export function restoreCompare(url) {
  detailsById("compare-panel").open = Boolean(url.compare);
  rememberPin(url);
  return url.compare;
}

// Asked anew when anything moves; the chosen score stays as long as the tables do.
/**
 * @param {Payload | null} payload @param {number | null} width @param {string} taxonomy
 * @param {Show} show @param {string | null} other @param {Opened | null} opened
 */
export function wantCompared(payload, width, taxonomy, show, other, opened) {
  if (!payload || !width || !other || !(opened || {}).compare) return;
  const next = {
    model: payload.name,
    stamp: payload.stamp,
    other,
    pin: linkedPin(other),
    width: Math.min(width, payload.layers),
    ...comparedView(taxonomy, show),
    t: payload.t,
  };
  debounce("compare", () => {
    const last = /** @type {ComparedQuestion | undefined} */ (lastAsked("compare-wanted")); // a score may have been chosen since
    const sameTables = last && last.model === next.model && last.other === other;
    ask("compare-wanted", { ...next, score: sameTables ? last.score : null });
  });
}

// All tables but the shown one: [choices, choice]. One that has just been made is among them.
/** @param {Choice[]} tables @param {Payload | null} payload @param {string | null} chosen */
export function offerTables(tables, payload, chosen) {
  if (!payload) return [tables, keep()];
  const others = tables.filter(({ value }) => value !== payload.name);
  return [others, chosen === payload.name ? null : keep()];
}

/** @param {string | null} score @param {ComparedQuestion | null} last */
export function chooseScore(score, last) {
  if (score && last && score !== last.score) ask("compare-wanted", { ...last, score });
}

// The charts are drawn once they have a place, and once the answer is to what is asked now:
// [hint hidden, body hidden, charts hidden, legend, numbers].
/**
 * @param {Payload | null} payload @param {number | null} width @param {string} taxonomy
 * @param {Show} show @param {string | null} other @param {Compared | null} compared
 * @param {Opened | null} opened
 */
export function drawCompared(payload, width, taxonomy, show, other, compared, opened) {
  const open = payload && width && other && (opened || {}).compare;
  if (open && compared && !isAnswer(compared, payload, other, taxonomy, show)) {
    markBusy("compare-body", true);
    return [true, false, keep(), keep(), keep()];
  }
  const ready = open && compared;
  markBusy("compare-body", Boolean(open && !compared));
  charts.setCompared(ready ? { payload, compared } : null);
  if (ready) requestAnimationFrame(() => charts.drawCompared(width));
  const told = ready
    ? [framed(legend(payload, compared)), framed(differenceTable(payload, compared, width))]
    : [null, null];
  return [Boolean(other), !other, !ready, ...told];
}

/** @param {Pairs | null} pairs */
export function drawScatter(pairs) {
  return pairs ? scatterFigure(pairs) : keep();
}

/** @param {GraphEvent | null} click @param {Chosen | null} selection */
export function clickScatter(click, selection) {
  const point = click && click.points && click.points[0];
  return point ? { ...selection, head: point.customdata } : keep();
}

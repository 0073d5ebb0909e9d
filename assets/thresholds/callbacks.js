// The callbacks of the what-if thresholds: thin adapters.
import { changeList } from "./panel.js";
import { detailsById } from "../dash/dom.js";
import { keep } from "../dash/props.js";
import { ask, same } from "../dash/questions.js";
import { forget, throttle } from "../dash/timing.js";
import { viewOf } from "../views/catalogue.js";
import { changedText, countText, thresholdCounts } from "../views/changes.js";
import { definitions } from "../views/definitions.js";
import { thresholdDigits, thresholdText } from "../views/thresholds.js";

const ASKED_MS = 90; // a threshold's drag asks the server at most this often

// What the link says of the thresholds; their panel is opened for it.
/** @param {LinkState} url */
export function restoreThresholds(url) {
  detailsById("what-if-panel").open = Object.keys(url.thresholds).length > 0;
  return url.thresholds;
}

/** @param {Table | null} table @param {Thresholds | null} thresholds */
export function wantWhatIf(table, thresholds) {
  if (!table) return;
  const t = thresholdText(thresholds, definitions.thresholds);
  const next = { model: table.name, stamp: table.stamp, t };
  if (t) throttle("what-if", ASKED_MS, () => ask("what-if-wanted", next));
  else forget("what-if");
}

/** @param {Table | null} table @param {Opened | null} opened @param {unknown} last */
export function wantSliders(table, opened, last) {
  if (!table || !(opened || {}).whatif) return keep();
  const next = { scores: table.scores };
  return same(next, last) ? keep() : next;
}

/**
 * @param {number[]} values @param {{ name: string }[]} ids @param {Thresholds | null} thresholds
 */
export function readSliders(values, ids, thresholds) {
  const read = { ...thresholds };
  ids.forEach(({ name }, at) => (read[name] = values[at]));
  const changed = Object.fromEntries(
    Object.entries(read).filter(([name, value]) => value !== definitions.thresholds[name]),
  );
  /** @param {Thresholds | null} some */
  const text = (some) => thresholdText(some, definitions.thresholds);
  const kept = text(changed) === text(thresholds) ? keep() : changed;
  return [kept, values.map(thresholdDigits)];
}

// What thresholds do not affect is no place to change them.
/** @param {Payload | null} payload */
export const offerThresholds = (payload) => payload ? viewOf(payload).said.untouched : keep();

/** @param {Payload | null} payload @param {unknown} _body @param {{ name: string }[]} ids */
export function drawThresholds(payload, _body, ids) {
  if (!payload) return [keep(), keep(), ids.map(keep)];
  const counts = thresholdCounts(payload);
  return [
    payload.t ? changedText(payload) : "Move a threshold to see which heads would change.",
    changeList(payload),
    ids.map(({ name }) => countText(counts[name])),
  ];
}

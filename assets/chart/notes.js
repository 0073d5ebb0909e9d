// What must be said beside the chart about the way it is drawn: changed thresholds, the view.
import { unmeasuredNote } from "./unmeasured.js";
import { element } from "../dash/element.js";
import { viewOf } from "../views/catalogue.js";
import { changedText } from "../views/changes.js";
import { describeThresholds } from "../views/thresholds.js";

/** @param {Payload} payload @param {Thresholds | null} thresholds */
export function viewNotes(payload, thresholds) {
  const said = viewOf(payload).notes(payload);
  return [
    ...(payload.t ? [thresholdNote(payload, thresholds)] : []),
    ...unmeasuredNote(payload),
    ...said.map(({ title, parts }) => note("", title, parts.map(part))),
  ];
}

/** @param {string} kind @param {string} title @param {Child[]} parts */
const note = (kind, title, parts) =>
  element("P", { className: `view-note${kind}` }, element("Strong", {}, title), ...parts);

/** @param {string | { text: string, href: string }} one */
const part = (one) =>
  typeof one === "string" ? one : element("A", { href: one.href, rel: "noopener" }, one.text);

/** @param {Payload} payload @param {Thresholds | null} thresholds */
const thresholdNote = (payload, thresholds) =>
  note(" what-if-note", "What if: ", [
    `${describeThresholds(thresholds || {})}. ${changedText(payload)} `,
    element(
      "Button",
      { type: "button", className: "head-link", "data-action": "reset-thresholds" },
      "Reset to the defaults",
    ),
  ]);

// What must be said beside the chart about the way it is drawn: sources, changed thresholds,
// views that this table does not have.
import { element } from "../dash/element.js";
import { changedText } from "../views/changes.js";
import { definitions } from "../views/definitions.js";
import { inductionSigns, SIGNS } from "../views/operations.js";
import { plural } from "../views/phrases.js";
import { describeThresholds } from "../views/thresholds.js";

/** @param {Payload} payload @param {Show} show @param {Thresholds | null} thresholds */
export function viewNotes(payload, show, thresholds) {
  const notes = [];
  if (payload.t) notes.push(thresholdNote(payload, thresholds));
  if (show === "budget") notes.push(budgetNote(payload));
  if (payload.as === "operations") notes.push(operationsNote(payload));
  /** @param {number} at */
  const kind = (at) => (payload.t && at === 0 ? " what-if-note" : "");
  return notes.map((note, at) => element("P", { className: `view-note${kind(at)}` }, ...note));
}

/** @param {Payload} payload @param {Thresholds | null} thresholds */
function thresholdNote(payload, thresholds) {
  const said = describeThresholds(thresholds || {});
  return [
    element("Strong", {}, "What if: "),
    `${said}. ${changedText(payload)} `,
    element(
      "Button",
      { type: "button", className: "head-link", "data-action": "reset-thresholds" },
      "Reset to the defaults",
    ),
  ];
}

/** @param {Payload} payload */
function budgetNote(payload) {
  if (payload.as === "budget") {
    return [
      element("Strong", {}, "Attention budget: "),
      "how the heads of a bin share out their attention on natural text, on average. No " +
      "thresholds; in the map, each head's largest destination.",
    ];
  }
  return [
    element("Strong", {}, "No attention budget: "),
    `nobody published where the rest of ${payload.title}'s attention goes, so heads are counted ` +
    "here. A model that is classified has one.",
  ];
}

/** @param {Payload} payload */
function operationsNote(payload) {
  const { source, url, threshold } = definitions.views.operations;
  return [
    element("Strong", {}, "Operations: "),
    "what heads write rather than what they attend to, by each head's strongest operation. " +
    "Published scores (",
    element("A", { href: url, rel: "noopener" }, source),
    `), from ${threshold} on; not Headstrata's. ${signSentence(payload)}`,
  ];
}

// Copying or suppressing on the heads with the induction pattern, and how the map shows it.
/** @param {Payload} payload */
function signSentence(payload) {
  const signs = [...inductionSigns(payload).values()];
  if (!signs.length) return "No head has the induction pattern.";
  /** @param {string} word */
  const count = (word) => signs.filter((sign) => sign.includes(word)).length;
  const both = signs.filter((sign) => SIGNS[sign] === "±").length;
  const neither = signs.filter((sign) => !sign).length;
  return (
    `Of the ${plural(signs.length, "head")} with the induction pattern, ` +
    `${count("copies")} copy the token they attend to (+ in the map) and ${count("suppresses")} ` +
    `suppress it (${SIGNS.suppresses})${both ? `, ${both} of them both (±)` : ""}; ${neither} do ` +
    `neither (${SIGNS[""]}).`
  );
}

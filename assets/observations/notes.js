"use strict";
// What must be said beside the chart about the way it is drawn: sources, changed thresholds,
// views that this table does not have.
window.headstrata = window.headstrata || {};

headstrata.viewNotes = function (payload, show, thresholds, definitions) {
  const { element } = headstrata;
  const notes = [];
  if (payload.t) notes.push(headstrata.thresholdNote(payload, thresholds, definitions));
  if (show === "budget") notes.push(headstrata.budgetNote(payload));
  if (payload.as === "operations") notes.push(headstrata.operationsNote(payload, definitions));
  const kind = (at) => (payload.t && at === 0 ? " what-if-note" : "");
  return notes.map((note, at) => element("P", { className: `view-note${kind(at)}` }, ...note));
};

headstrata.thresholdNote = function (payload, thresholds, definitions) {
  const { element } = headstrata;
  const said = headstrata.describeThresholds(thresholds || {}, definitions);
  return [
    element("Strong", {}, "What if: "),
    `${said}. ${headstrata.changedText(payload)} `,
    element(
      "Button",
      { type: "button", className: "head-link", "data-action": "reset-thresholds" },
      "Reset to the defaults"
    ),
  ];
};

headstrata.budgetNote = function (payload) {
  const { element } = headstrata;
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
};

headstrata.operationsNote = function (payload, definitions) {
  const { element } = headstrata;
  const { source, url, threshold } = definitions.operations;
  return [
    element("Strong", {}, "Operations: "),
    "what heads write rather than what they attend to, by each head's strongest operation. " +
      "Published scores (",
    element("A", { href: url, rel: "noopener" }, source),
    `), from ${threshold} on; not Headstrata's. ${headstrata.signSentence(payload, definitions)}`,
  ];
};

// Copying or suppressing on the heads with the induction pattern, and how the map shows it.
headstrata.signSentence = function (payload, definitions) {
  const signs = [...headstrata.inductionSigns(payload, definitions).values()];
  if (!signs.length) return "No head has the induction pattern.";
  const { SIGNS } = headstrata;
  const count = (word) => signs.filter((sign) => sign.includes(word)).length;
  const both = signs.filter((sign) => SIGNS[sign] === "±").length;
  const neither = signs.filter((sign) => !sign).length;
  return (
    `Of the ${headstrata.plural(signs.length, "head")} with the induction pattern, ` +
    `${count("copies")} copy the token they attend to (+ in the map) and ${count("suppresses")} ` +
    `suppress it (${SIGNS.suppresses})${both ? `, ${both} of them both (±)` : ""}; ${neither} do ` +
    `neither (${SIGNS[""]}).`
  );
};

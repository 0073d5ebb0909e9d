"use strict";
// The numbers under the two charts of a comparison: every segment in both tables, the
// difference over all layers and in each bin of depth.
window.headstrata = window.headstrata || {};

// Halves to even, as Python writes the sentences above.
headstrata.onePercent = (share) => `${(headstrata.wholePercent(10 * share) / 10).toFixed(1)}%`;

// "+3.1", in percentage points; "0" where both are drawn the same.
headstrata.pointsText = function (step) {
  const tenths = headstrata.wholePercent(10 * Math.abs(step));
  return tenths ? `${step > 0 ? "+" : "−"}${(tenths / 10).toFixed(1)}` : "0";
};

headstrata.differenceTable = function (payload, compared, width, definitions) {
  const { element } = headstrata;
  const { as } = compared;
  const by = (bins) => headstrata.bothByDepth(payload, compared, bins, definitions);
  const state = {
    definitions,
    as,
    scores: [payload.scores, compared.scores],
    segments: definitions.taxonomies[as].segments,
    found: by(headstrata.binsOfBoth(payload, compared, width)),
    whole: by(1).map(([all]) => all),
  };
  const place = (name) => state.segments.findIndex((segment) => segment.name === name);
  const told = compared.told.map(place);
  const rest = [...state.segments.keys()].filter(
    (at) => !told.includes(at) && state.whole.some((side) => side.shares[at] > 0)
  );
  // One bin is all layers; and nothing is told of what only one table could name.
  const bins = state.found[0].length > 1 && told.length ? state.found[0] : [];
  const head = (text, props = {}) => element("Th", { scope: "col", ...props }, text);
  const row = (comparable) => (at) => headstrata.differenceRow(state, at, bins.length, comparable);
  return [
    ...(told.length ? [headstrata.differenceNote(compared.names, bins.length)] : []),
    element("Div",
      { className: "table-frame", tabIndex: "0", role: "region", "aria-label": "Differences in numbers" },
      element("Table", { className: "numbers" },
        element("Thead", {},
          element("Tr", {},
            head(headstrata.SEGMENT_NOUN[as]),
            ...compared.names.map((name) => head(name)),
            head("Difference"),
            ...bins.map((bin) => head(headstrata.depthText(bin), { className: "by-depth" })))),
        element("Tbody", {}, ...told.map(row(true)), ...rest.map(row(false))))),
  ];
};

headstrata.differenceNote = ([one, other], bins) =>
  headstrata.element("P", { className: "quiet" },
    `Difference: ${other} minus ${one}, over all layers${bins ? " and in each bin of depth" : ""}, ` +
      "in percentage points (pp).");

headstrata.SEGMENT_NOUN = {
  detailed: "Category",
  grouped: "Group",
  operations: "Operations",
  budget: "Attention to",
};

// comparable: whether both tables could name a head after it.
headstrata.differenceRow = function (state, at, bins, comparable) {
  const { segments, found, whole } = state;
  const { element } = headstrata;
  const [one, other] = whole;
  const measured = (side) =>
    headstrata.isMeasured(segments[at].name, state.as, state.scores[side], state.definitions);
  const cell = ({ counts, shares }, side) => {
    if (!shares[at] && !measured(side)) return headstrata.unmeasured();
    const share = headstrata.onePercent(shares[at]);
    return counts ? `${counts[at].toLocaleString("en-US")} · ${share}` : share;
  };
  const steps = [...Array(bins).keys()].map((bin) => found[1][bin].shares[at] - found[0][bin].shares[at]);
  const total = headstrata.pointsText(other.shares[at] - one.shares[at]);
  return element("Tr", {},
    element("Th", { scope: "row" }, headstrata.swatch(segments[at]), segments[at].label),
    ...whole.map((side, place) => element("Td", {}, cell(side, place))),
    element("Td", { className: "step" }, comparable ? `${total}${total === "0" ? "" : " pp"}` : "–"),
    ...steps.map((step) => headstrata.differenceCell(step, comparable)));
};

headstrata.differenceCell = function (step, comparable) {
  const text = comparable ? headstrata.pointsText(step) : "–";
  const way = !comparable || text === "0" ? "none" : step > 0 ? "more" : "less";
  const strength = `${Math.min(100, Math.round(Math.abs(step) * 160))}%`;
  return headstrata.element(
    "Td",
    { className: `by-depth ${way}`, ...(way === "none" ? {} : { style: { "--strength": strength } }) },
    text
  );
};

"use strict";
// The segment table under changed thresholds and in further views.
window.headstrata = window.headstrata || {};

// Category, rival, margin and borderline of one row: as stored, or as the thresholds have it.
headstrata.changedRow = function (payload, definitions, head, row) {
  const { segments } = definitions.taxonomies.detailed;
  const label = (place) => (Number.isFinite(place) ? segments[place].label : "");
  const known = headstrata.heads(payload);
  const verdict = {
    category: label(known.detailed[head]),
    runner_up: label(known.runnerUp[head]),
    borderline: known.borderline[head] ? "yes" : "no",
  };
  if (!payload.t) return verdict;
  const margin = known.margin[head];
  return { ...verdict, margin: Number.isFinite(margin) ? margin : null, margin_se: row.margin_se };
};

headstrata.viewCells = function (payload, definitions, head) {
  if (payload.as !== "operations") return {};
  const known = headstrata.operations(payload, definitions);
  return {
    operations: headstrata.operationText(known.implements[head]),
    suppresses: headstrata.operationText(known.suppresses[head]),
    sign: headstrata.signOfCopying(known, head),
  };
};

headstrata.OPERATION_COLUMNS = [
  { field: "sign", headerName: "Copying", width: 104, tooltipField: "sign", headerTooltip: "what it does with the token it attends to" },
  { field: "operations", headerName: "Implements", width: 240, tooltipField: "operations", headerTooltip: "all operations from the threshold on" },
  { field: "suppresses", headerName: "Suppresses", width: 240, tooltipField: "suppresses", headerTooltip: "operations it writes the opposite of" },
];

// A share for each destination, the chosen segment's first.
headstrata.budgetColumns = function (number, definitions, segment) {
  const { sort, ...plain } = number;
  const column = ({ name, label, sentence }) => ({
    ...plain, field: name, headerName: label, headerTooltip: sentence, width: 190,
  });
  const others = definitions.taxonomies.budget.segments.filter(({ name }) => name !== segment.name);
  return [{ ...column(segment), field: number.field, sort }, ...others.map(column)];
};

// What the drawn view counts stands right behind the head's name.
headstrata.viewColumns = function (payload, columns, definitions, segment) {
  const [name, number, ...rest] = columns;
  if (payload.as === "operations") return [name, number, ...headstrata.OPERATION_COLUMNS, ...rest];
  if (payload.as === "budget") {
    return [name, ...headstrata.budgetColumns(number, definitions, segment), ...rest];
  }
  return columns;
};

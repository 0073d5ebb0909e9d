"use strict";
// The heads of the chosen segment. Their scores come once a table from /api/heads; the grid's
// own code (360 KB) when the first segment is chosen.
window.headstrata = window.headstrata || {};

const GRID_SCRIPT = "/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";
let gridCode = null;

headstrata.loadGrid = function () {
  if (!gridCode) {
    gridCode = window.dash_ag_grid ? Promise.resolve() : headstrata.loadScript(GRID_SCRIPT);
    gridCode.catch(() => (gridCode = null)); // the next attempt fetches it again
  }
  return gridCode;
};

headstrata.loadScript = (address) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });

let cardOf = null; // the head whose card was brought into view, or is to be
let owed = false;

// A head's card stands below its segment's table: once both are there the panel that scrolls shows
// it, with as much of the table above as leaves the card room.
headstrata.bringCard = function ({ segment, head }, segmentHidden) {
  if (head !== cardOf) owed = Boolean(head);
  cardOf = head;
  if (!owed || (segment && segmentHidden)) return;
  owed = false;
  requestAnimationFrame(() => requestAnimationFrame(headstrata.scrollToCard));
};

headstrata.CARD_LEAST = 260; // px: name, sentence, verdict, the first scores

headstrata.scrollToCard = function () {
  const card = document.getElementById("head-card");
  const scrolls = (one) => getComputedStyle(one).overflowY === "auto";
  const frame = ["selection-panel", "side"].map((id) => document.getElementById(id)).find(scrolls);
  if (!frame || !card.clientHeight) return;
  const { top, bottom } = frame.getBoundingClientRect();
  const end = Math.min(bottom, window.innerHeight);
  const wanted = Math.max(top, end - Math.max(headstrata.CARD_LEAST, 0.6 * (end - top)));
  const place = card.getBoundingClientRect().top;
  if (place > wanted || place < top) frame.scrollTop += place - wanted;
};

const tables = new Map();

// All rows of a head table, fetched once per table and stamp.
headstrata.rows = function (payload) {
  const key = `${payload.name} ${payload.stamp}`;
  if (!tables.has(key)) {
    const query = new URLSearchParams({ model: payload.name, format: "json" });
    const answer = fetch(`/api/heads?${query}`).then((response) => {
      if (!response.ok) throw new Error(`the head table: HTTP ${response.status}`);
      return response.json();
    });
    answer.catch(() => tables.delete(key)); // the next click tries again
    tables.set(key, answer);
  }
  return tables.get(key);
};

// Whether the drawn view has this segment, with heads or without.
headstrata.hasSegment = function (payload, width, segment, definitions) {
  if (!segment) return false;
  const { segments, bins } = headstrata.binned(payload, width, definitions);
  return Boolean(headstrata.chosen(segment, bins, segments));
};

// What the link chose and what is said of the link: a segment that the view does not have is left
// out and noted. [selection, notes], or nothing to change.
headstrata.withoutDeadSegment = function (payload, width, selection, notes, definitions) {
  const keep = window.dash_clientside.no_update;
  const { segment } = selection || {};
  if (!segment || headstrata.hasSegment(payload, width, segment, definitions)) return [keep, keep];
  const note =
    `There is no segment ${headstrata.quoted(segment)} in bins of ${headstrata.plural(width, "layer")} ` +
    `by ${headstrata.VIEW_NAMES[payload.as]}.`;
  return [{ ...selection, segment: null }, headstrata.notes([...notes, note])];
};

headstrata.VIEW_NAMES = {
  detailed: "detailed categories",
  grouped: "groups",
  operations: "operations",
  budget: "attention budget",
};

// What stands in place of a table without rows.
headstrata.noHeads = (segment, bin, payload, definitions) =>
  headstrata.element("P", { className: "quiet" },
    headstrata.isUnknown(payload, definitions, segment, 0)
      ? "Not measured in this table."
      : `No head of this category in ${bin.label}.`);

headstrata.segmentTitle = function (segment, bin, place, payload) {
  const count = headstrata.plural(bin.counts[place], "head");
  const share = headstrata.percentText(bin.tenths[place]);
  const said =
    payload.as === "budget"
      ? `${share} of the attention of the bin's ${bin.total} heads; the largest destination of ` +
        (bin.counts[place] ? count : "none of them")
      : `${count}, ${share} of the bin`;
  return [
    headstrata.swatch(segment),
    headstrata.element("Span", {}, `${segment.label}, layers ${bin.label}`),
    headstrata.element("Span", { className: "count" }, said),
  ];
};

// Instead of the table: why there is none, and a way to ask again.
headstrata.unfetched = (error) => [
  headstrata.element("P", { className: "quiet" }, `The heads could not be fetched (${error.message}).`),
  headstrata.element(
    "Button",
    { type: "button", className: "button", "data-action": "fetch-again" },
    "Try again"
  ),
];

// Grid rows of some heads: labels for people, scores with their errors beside them.
headstrata.gridRows = function (rows, members, payload, definitions) {
  const { score, error, order, told } = headstrata.viewScores(payload, definitions);
  const mixes = headstrata.mixesScores(payload, definitions, members);
  const value = mixes ? order : score;
  return members.map((head) => ({
    ...rows[head],
    ...headstrata.changedRow(payload, definitions, head, rows[head]),
    ...headstrata.viewCells(payload, definitions, head),
    id: headstrata.headName(payload, head),
    main: Number.isFinite(value[head]) ? value[head] : null,
    main_se: Number.isFinite(error[head]) ? error[head] : null,
    ...(mixes ? { main_text: told(head) } : {}),
  }));
};

// The score's column where it is of several rules.
headstrata.sharedColumn = (column, payload) => ({
  ...column,
  headerName: payload.as === "grouped" ? "Score" : "Nearest score",
  headerTooltip: "sorted and filtered by its share of the threshold of its rule",
  tooltipField: "main_text",
  width: 312,
});

headstrata.grid = async function (members, payload, definitions, segment) {
  const [rows] = await Promise.all([headstrata.rows(payload), headstrata.loadGrid()]);
  const grid = definitions.grid;
  const rowData = headstrata.gridRows(rows, members, payload, definitions);
  if (payload.as === "budget") rowData.forEach((row) => Object.assign(row, { main: row[segment.name], main_se: null }));
  const { columnDefs: stored } = grid.props;
  const mixes = headstrata.mixesScores(payload, definitions, members);
  const columnDefs = headstrata.viewColumns(payload, stored, definitions, segment).map((column) =>
    mixes && column.field === "main" ? headstrata.sharedColumn(column, payload) : column
  );
  return { ...grid, props: { ...grid.props, columnDefs, rowData } };
};

// Names that the grid's column definitions use.
window.dashAgGridFunctions = window.dashAgGridFunctions || {};
window.dashAgGridFunctions.withError = function (params) {
  const value = params.value;
  if (value === null || value === undefined) return "–";
  const field = params.colDef.field;
  if (params.data[`${field}_text`]) return params.data[`${field}_text`];
  return headstrata.scoreText(value, params.data[`${field}_se`] ?? NaN);
};
window.dashAgGridFunctions.byHead = function (one, other) {
  const order = (name) => name.slice(1).split(".H").reduce((sum, part) => sum * 10000 + Number(part), 0);
  return order(one) - order(other);
};

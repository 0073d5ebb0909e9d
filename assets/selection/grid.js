// The heads of the chosen segment in a grid, whose own code (360 KB) comes when the first segment
// is chosen.
import { headRows } from "../table/rows.js";
import { viewOf } from "../views/catalogue.js";
import { categories, definitions } from "../views/definitions.js";
import { compareNames, headKey, headLabel, headName, keyOfName } from "../views/grid.js";
import { headsOf } from "../views/heads.js";
import { scoreText } from "../views/phrases.js";

// Where Dash serves a library's script (app/page/selection/grid.py keeps it off the page):
// https://github.com/plotly/dash/blob/v4.4.1/dash/backends/_flask.py
const GRID_SCRIPT = "_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";

/** @type {Promise<unknown> | null} */
let gridCode = null;

function loadGrid() {
  if (!gridCode) {
    gridCode = window.dash_ag_grid ? Promise.resolve() : loadScript(GRID_SCRIPT);
    gridCode.catch(() => (gridCode = null)); // the next attempt fetches it again
  }
  return gridCode;
}

/** @param {string} address */
const loadScript = (address) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });

// Category, rival, margin and borderline of one row: as stored, or as the thresholds have it.
/** @param {Payload} payload @param {number} head @param {HeadRow} row */
function changedRow(payload, head, row) {
  /** @param {number} place */
  const label = (place) => (Number.isFinite(place) ? categories()[place].label : "");
  const known = headsOf(payload);
  const verdict = {
    category: label(known.detailed[head]),
    runner_up: label(known.runnerUp[head]),
    borderline: known.borderline[head] ? "yes" : "no",
  };
  if (!payload.t) return verdict;
  const margin = known.margin[head];
  return { ...verdict, margin: Number.isFinite(margin) ? margin : null, margin_se: row.margin_se };
}

// Grid rows of some heads: labels for people, scores with their errors beside them.
/**
 * @param {Map<HeadKey, HeadRow>} rows @param {number[]} members @param {Payload} payload
 * @param {Segment} segment
 */
function gridRows(rows, members, payload, segment) {
  const view = viewOf(payload);
  const { score, error, order, told } = view.scores(payload);
  const mixed = view.mixedScores(payload, members);
  const value = mixed ? order : score;
  return members.map((head) => {
    const row = rows.get(headKey(payload, head)) ?? {};
    return {
      ...row,
      ...changedRow(payload, head, row),
      id: headName(payload, head),
      main: Number.isFinite(value[head]) ? value[head] : null,
      main_se: Number.isFinite(error[head]) ? error[head] : null,
      ...(mixed ? { main_text: told(head) } : {}),
      ...view.cells(payload, head, row, segment),
    };
  });
}

// The score's column where it is of several rules.
/** @param {Column} column @param {string} headerName @param {{ main_text?: string }[]} rows */
const sharedColumn = (column, headerName, rows) => ({
  ...column,
  headerName,
  headerTooltip: "sorted and filtered by its share of the threshold of its rule",
  tooltipField: "main_text",
  width: Math.max(128, Math.min(312, 40 + 7 * longest(rows))),
});

/** @param {import("./listed.js").Listed} listed @param {Payload} payload */
export async function segmentGrid(listed, payload) {
  const { members, segments: [segment] } = listed;
  const [rows] = await Promise.all([headRows(payload, listed), loadGrid()]);
  const grid = definitions.grid;
  const view = viewOf(payload);
  const mixed = view.mixedScores(payload, members);
  const rowData = gridRows(rows, members, payload, segment);
  const columns = telling(view.columns(grid.props.columnDefs, segment), payload, members);
  const columnDefs = columns.map((column) =>
    mixed && column.field === "main" ? sharedColumn(column, mixed, rowData) : column
  );
  return { ...grid, props: { ...grid.props, columnDefs, rowData } };
}

/** @param {{ main_text?: string }[]} rows */
const longest = (rows) => Math.max(0, ...rows.map((row) => row.main_text?.length ?? 0));

// Without the column of categories where all rows have the same one; else it stands beside the
// score, or beside what the view counts.
/** @param {Column[]} columns @param {Payload} payload @param {number[]} members */
function telling(columns, payload, members) {
  const { detailed } = headsOf(payload);
  const alike = new Set(members.map((head) => detailed[head])).size < 2;
  const rest = columns.filter(({ field }) => field !== "category");
  if (alike) return rest;
  if (columns !== definitions.grid.props.columnDefs) return columns; // the view has its own
  const behind = 1 + rest.findIndex(({ field }) => field === "main");
  return rest.toSpliced(behind, 0, ...columns.filter(({ field }) => field === "category"));
}

// The heads that are listed, as they are sorted and filtered there now; none without a list.
/** @returns {HeadKey[]} */
export function shownRows() {
  const api = gridApi();
  const keys = /** @type {HeadKey[]} */ ([]);
  api?.forEachNodeAfterFilterAndSort(({ id }) => keys.push(keyOfName(id)));
  return keys;
}

// The chosen head's row, if it is listed: marked, and in view within the list.
/** @param {HeadKey | null | undefined} head */
export function markRow(head) {
  const api = gridApi();
  if (!api) return;
  const node = head ? api.getRowNode(headLabel(head)) : null;
  if (!node) return api.deselectAll();
  node.setSelected(true, true);
  api.ensureNodeVisible(node);
}

function gridApi() {
  const shown = document.querySelector("#segment-section:not([hidden]) #segment-table");
  try {
    return shown ? window.dash_ag_grid?.getApi("segment-table") : undefined;
  } catch {
    return undefined; // it is still being made
  }
}

// Names that the grid's column definitions (app/page/grid.py) use.
export const gridFunctions = {
  /** @param {{ value: number | null, data: Record<string, Plotly>, colDef: Column }} params */
  withError(params) {
    const { value, data } = params;
    if (value === null || value === undefined) return "–";
    const { field } = params.colDef;
    return data[`${field}_text`] || scoreText(value, data[`${field}_se`] ?? NaN);
  },
  byHead: compareNames,
};

// The heads of the chosen segment in a grid, whose own code (360 KB) comes when the first segment
// is chosen.
import { headRows } from "../table/rows.js";
import { viewOf } from "../views/catalogue.js";
import { categories, definitions } from "../views/definitions.js";
import { compareNames, headName } from "../views/grid.js";
import { headsOf } from "../views/heads.js";
import { scoreText } from "../views/phrases.js";

// Where Dash serves a library's script (app/page/selection/grid.py keeps it off the page):
// https://github.com/plotly/dash/blob/v4.4.1/dash/backends/_flask.py
const GRID_SCRIPT = "/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";

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
 * @param {HeadRow[]} rows @param {number[]} members @param {Payload} payload
 * @param {Segment} segment
 */
function gridRows(rows, members, payload, segment) {
  const view = viewOf(payload);
  const { score, error, order, told } = view.scores(payload);
  const mixed = view.mixedScores(payload, members);
  const value = mixed ? order : score;
  return members.map((head) => ({
    ...rows[head],
    ...changedRow(payload, head, rows[head]),
    id: headName(payload, head),
    main: Number.isFinite(value[head]) ? value[head] : null,
    main_se: Number.isFinite(error[head]) ? error[head] : null,
    ...(mixed ? { main_text: told(head) } : {}),
    ...view.cells(payload, head, rows[head], segment),
  }));
}

// The score's column where it is of several rules.
/** @param {Column} column @param {string} headerName */
const sharedColumn = (column, headerName) => ({
  ...column,
  headerName,
  headerTooltip: "sorted and filtered by its share of the threshold of its rule",
  tooltipField: "main_text",
  width: 312,
});

/** @param {number[]} members @param {Payload} payload @param {Segment} segment */
export async function segmentGrid(members, payload, segment) {
  const [rows] = await Promise.all([headRows(payload), loadGrid()]);
  const grid = definitions.grid;
  const view = viewOf(payload);
  const mixed = view.mixedScores(payload, members);
  const columnDefs = view.columns(grid.props.columnDefs, segment).map((column) =>
    mixed && column.field === "main" ? sharedColumn(column, mixed) : column
  );
  const rowData = gridRows(rows, members, payload, segment);
  return { ...grid, props: { ...grid.props, columnDefs, rowData } };
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

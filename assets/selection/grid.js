// The heads of the chosen segment in a grid, whose own code (360 KB) comes when the first segment
// is chosen.
import { headRows } from "../table/rows.js";
import { definitions } from "../views/definitions.js";
import { headName, keyOfName, parseHead } from "../views/grid.js";
import { headsOf } from "../views/heads.js";
import { mixesScores } from "../views/nearness.js";
import { operationsOf, operationText, signOfCopying } from "../views/operations.js";
import { scoreText } from "../views/phrases.js";
import { viewScores } from "../views/scores.js";

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
  const { segments } = definitions.views.detailed;
  /** @param {number} place */
  const label = (place) => (Number.isFinite(place) ? segments[place].label : "");
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

/** @param {Payload} payload @param {number} head */
function viewCells(payload, head) {
  if (payload.as !== "operations") return {};
  const known = operationsOf(payload);
  return {
    operations: operationText(known.implements[head]),
    suppresses: operationText(known.suppresses[head]),
    sign: signOfCopying(known, head),
  };
}

const OPERATION_COLUMNS = [
  {
    field: "sign",
    headerName: "Copying",
    width: 104,
    tooltipField: "sign",
    headerTooltip: "what it does with the token it attends to",
  },
  {
    field: "operations",
    headerName: "Implements",
    width: 240,
    tooltipField: "operations",
    headerTooltip: "all operations from the threshold on",
  },
  {
    field: "suppresses",
    headerName: "Suppresses",
    width: 240,
    tooltipField: "suppresses",
    headerTooltip: "operations it writes the opposite of",
  },
];

// A share for each destination, the chosen segment's first.
/** @param {Column} number @param {Segment} segment */
function budgetColumns(number, segment) {
  const { sort, ...plain } = number;
  /** @param {Segment} segment */
  const column = ({ name, label, sentence }) => ({
    ...plain,
    field: name,
    headerName: label,
    headerTooltip: sentence,
    width: 190,
  });
  const others = definitions.views.budget.segments.filter(({ name }) => name !== segment.name);
  return [{ ...column(segment), field: number.field, sort }, ...others.map(column)];
}

// What the drawn view counts stands right behind the head's name.
/** @param {Payload} payload @param {Column[]} columns @param {Segment} segment */
function viewColumns(payload, columns, segment) {
  const [name, number, ...rest] = columns;
  if (payload.as === "operations") return [name, number, ...OPERATION_COLUMNS, ...rest];
  if (payload.as === "budget") {
    return [name, ...budgetColumns(number, segment), ...rest];
  }
  return columns;
}

// Grid rows of some heads: labels for people, scores with their errors beside them.
/**
 * @param {HeadRow[]} rows @param {number[]} members @param {Payload} payload
 * @returns {Record<string, unknown>[]}
 */
function gridRows(rows, members, payload) {
  const { score, error, order, told } = viewScores(payload);
  const mixes = mixesScores(payload, members);
  const value = mixes ? order : score;
  return members.map((head) => ({
    ...rows[head],
    ...changedRow(payload, head, rows[head]),
    ...viewCells(payload, head),
    id: headName(payload, head),
    main: Number.isFinite(value[head]) ? value[head] : null,
    main_se: Number.isFinite(error[head]) ? error[head] : null,
    ...(mixes ? { main_text: told(head) } : {}),
  }));
}

// The score's column where it is of several rules.
/** @param {Column} column @param {Payload} payload */
const sharedColumn = (column, payload) => ({
  ...column,
  headerName: payload.as === "grouped" ? "Score" : "Nearest score",
  headerTooltip: "sorted and filtered by its share of the threshold of its rule",
  tooltipField: "main_text",
  width: 312,
});

/** @param {number[]} members @param {Payload} payload @param {Segment} segment */
export async function segmentGrid(members, payload, segment) {
  const [rows] = await Promise.all([headRows(payload), loadGrid()]);
  const grid = definitions.grid;
  const rowData = gridRows(rows, members, payload);
  if (payload.as === "budget") {
    rowData.forEach((row) => Object.assign(row, { main: row[segment.name], main_se: null }));
  }
  const { columnDefs: stored } = grid.props;
  const mixes = mixesScores(payload, members);
  const columnDefs = viewColumns(payload, stored, segment).map((column) =>
    mixes && column.field === "main" ? sharedColumn(column, payload) : column
  );
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
  /** @param {string} one @param {string} other */
  byHead(one, other) {
    /** @param {string} name */
    const order = (name) => parseHead(keyOfName(name)).reduce((sum, part) => sum * 10000 + part, 0);
    return order(one) - order(other);
  },
};

// The callbacks of what is chosen: thin adapters.
import { bringCard } from "./card.js";
import { markRow, segmentGrid } from "./grid.js";
import { listedHeads } from "./listed.js";
import { markOthers } from "./lists.js";
import { drawCard } from "./picture.js";
import { headSaid } from "./said.js";
import { listTitle, noHeads, unfetched } from "./segment.js";
import { toggled } from "./selection.js";
import { clearThin, placeThin } from "./thin.js";
import { binOf } from "../chart/geometry.js";
import { placeChosenCell } from "../chart/overlays.js";
import { byId } from "../dash/dom.js";
import { keep } from "../dash/props.js";
import { same } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";
import { hasHead, headLabel, keyOf, keyOfName } from "../views/grid.js";

/** @param {GraphEvent | null} click */
const pointOf = (click) => click && click.points && click.points[0];

/** @param {GraphEvent | null} click @param {Chosen | null} selection */
export function clickChart(click, selection) {
  const point = pointOf(click);
  if (!point) return keep();
  return toggled(selection, "segment", `${binOf(point).start}:${point.customdata[4]}`);
}

/** @param {GraphEvent | null} click @param {Chosen | null} selection @param {Payload} payload */
export function clickMap(click, selection, payload) {
  const point = pointOf(click);
  if (!point) return keep();
  const key = keyOf(point.x, point.y);
  return hasHead(payload, key) ? toggled(selection, "head", key) : keep();
}

/** @param {{ rowId?: string } | null} cell @param {Chosen | null} selection */
export function clickRow(cell, selection) {
  return cell && cell.rowId ? { ...selection, head: keyOfName(cell.rowId) } : keep();
}

/**
 * @param {Payload | null} payload @param {number | null} width @param {string} _taxonomy
 * @param {Chosen | null} selection @param {string[] | null} only
 */
export function showSegment(payload, width, _taxonomy, selection, only) {
  const listed = payload && width &&
    listedHeads(payload, width, selection?.segment, only ?? []);
  if (!listed) return ["", true, keep()];
  const title = listTitle(listed, payload);
  byId("segment-slot").style.setProperty("--rows", String(listed.members.length));
  if (!listed.members.length) return [title, false, noHeads(listed, payload)];
  if (isShown(listed, payload)) return [title, false, keep()]; // a head was chosen in it
  return segmentGrid(listed, payload).then(
    (grid) => [title, false, grid],
    (error) => [title, false, unfetched(error)],
  );
}

/** @type {{ payload?: Payload, heads?: string }} what the table lists */
const last = {};

// Whether the table lists these heads already; a choice of the same list asks again where it failed.
/** @param {import("./listed.js").Listed} listed @param {Payload} payload */
function isShown({ segments, bin, members }, payload) {
  const heads = [...segments.map(({ name }) => name), bin.label, ...members].join();
  const same = last.payload === payload && last.heads === heads &&
    document.getElementById("segment-table");
  Object.assign(last, { payload, heads });
  return same;
}

// Strips for thin segments, once the chart that was drawn is there and rests.
export function reachThin() {
  clearThin();
  debounce("thin", placeThin);
}

// The panel is open (a sheet, on a phone) while anything is chosen.
/** @param {Chosen | null} selection @param {boolean} segmentHidden */
export function showPanel(selection, segmentHidden) {
  const open = Boolean(selection && (selection.head || !segmentHidden));
  const listed = !(selection && (selection.head || selection.segment));
  placeChosenCell(selection && selection.head);
  bringCard(selection ?? {}, segmentHidden);
  markRow(selection && selection.head);
  markOthers(selection && selection.head);
  document.documentElement.dataset.selection = open ? "open" : "";
  const names = ["panel", open && "open", open && listed && "listed"];
  return [names.filter(Boolean).join(" "), !(selection && selection.head)];
}

// For a screen reader: one line for each chosen head, not its whole card.
/** @param {Payload | null} payload @param {Chosen | null} selection */
export const tellHead = (payload, selection) =>
  payload && hasHead(payload, selection?.head) ? headSaid(payload, selection?.head) : "";

// The chosen head may be the last table's, until what is chosen has been let go.
/** @param {Payload | null} payload @param {Chosen | null} selection @param {unknown} wanted */
export function wantHead(payload, selection, wanted) {
  const { head } = selection || {};
  if (!payload || !hasHead(payload, head)) return keep();
  const { name, stamp, t } = payload;
  const next = { model: name, stamp, t, head };
  if (same(next, wanted)) return keep();
  byId("pattern").classList.add("stale"); // until its own is there
  return next;
}

/** @param {LinkState} url */
export const restorePrompt = (url) => url.prompt;

/** @param {Patterns | null} packed @param {string | null} wanted */
export function drawPattern(packed, wanted) {
  if (!packed) return [keep(), keep()];
  return [drawCard(packed, wanted), headLabel(packed.head)];
}

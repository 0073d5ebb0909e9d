// The callbacks of what is chosen: thin adapters.
import { bringCard } from "./card.js";
import { segmentGrid } from "./grid.js";
import { patternFigure, patternNote } from "./pattern.js";
import { noHeads, segmentTitle, unfetched } from "./segment.js";
import { toggled } from "./selection.js";
import { drawIn } from "../chart/draw.js";
import { binOf } from "../chart/geometry.js";
import { placeChosenCell } from "../chart/overlays.js";
import { byId } from "../dash/dom.js";
import { keep } from "../dash/props.js";
import { same } from "../dash/questions.js";
import { viewOf } from "../views/catalogue.js";
import { binned } from "../views/drawn.js";
import { hasHead, headLabel, keyOf, keyOfName } from "../views/grid.js";
import { inOrder } from "../views/scores.js";
import { findSegment } from "../views/segment.js";

/** @param {GraphEvent | null} click */
const pointOf = (click) => click && click.points && click.points[0];

/** @param {GraphEvent | null} click @param {Chosen | null} selection */
export function clickChart(click, selection) {
  const point = pointOf(click);
  if (!point) return keep();
  return toggled(selection, "segment", `${binOf(point).start}:${point.customdata[4]}`);
}

/** @param {GraphEvent | null} click @param {Chosen | null} selection */
export function clickMap(click, selection) {
  const point = pointOf(click);
  return point ? toggled(selection, "head", keyOf(point.x, point.y)) : keep();
}

/** @param {{ rowId?: string } | null} cell @param {Chosen | null} selection */
export function clickRow(cell, selection) {
  return cell && cell.rowId ? { ...selection, head: keyOfName(cell.rowId) } : keep();
}

/**
 * @param {Payload | null} payload @param {number | null} width @param {string} _taxonomy
 * @param {Chosen | null} selection
 */
export function showSegment(payload, width, _taxonomy, selection) {
  const nothing = ["", true, keep()];
  if (!payload || !width || !selection) return nothing;
  const { segments, bins } = binned(payload, width);
  const chosen = findSegment(selection.segment, bins, segments);
  if (!chosen) return nothing;
  const bin = bins[chosen.bin];
  const segment = segments[chosen.place];
  const members = inOrder(payload, viewOf(payload).listed(bin, chosen.place));
  const title = segmentTitle(segment, bin, chosen.place, payload);
  byId("segment-slot").style.setProperty("--rows", String(members.length));
  if (!members.length) return [title, false, noHeads(segment, bin, payload)];
  return segmentGrid(members, payload, segment).then(
    (grid) => [title, false, grid],
    (error) => [title, false, unfetched(error)],
  );
}

// The panel is open (a sheet, on a phone) while anything is chosen.
/** @param {Chosen | null} selection @param {boolean} segmentHidden */
export function showPanel(selection, segmentHidden) {
  const open = Boolean(selection && (selection.head || !segmentHidden));
  placeChosenCell(selection && selection.head);
  bringCard(selection ?? {}, segmentHidden);
  return [`panel${open ? " open" : ""}`, open, !(selection && selection.head)];
}

// The chosen head may be the last table's, until what is chosen has been let go.
/** @param {Payload | null} payload @param {Chosen | null} selection @param {unknown} wanted */
export function wantHead(payload, selection, wanted) {
  const { head } = selection || {};
  if (!payload || !hasHead(payload, head)) return keep();
  const { name, stamp, t } = payload;
  const next = { model: name, stamp, t, head };
  return same(next, wanted) ? keep() : next;
}

/** @param {Patterns | null} packed @param {string} probe */
export function drawPattern(packed, probe) {
  if (!packed) return [keep(), keep()];
  const known = Boolean(packed.probes[probe]);
  byId("pattern").classList.toggle("none", !known);
  const frame = byId("pattern-chart");
  if (known) drawIn("pattern-chart", patternFigure(packed, probe, frame));
  return [patternNote(packed, probe), headLabel(packed.head)];
}

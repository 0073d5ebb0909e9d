// The callbacks of the page as a whole: its link, its headings, its theme.
import * as chart from "../chart/callbacks.js";
import * as compare from "../compare/callbacks.js";
import { linkedTable } from "../compare/question.js";
import * as effects from "../effects/callbacks.js";
import * as patterns from "../patterns/callbacks.js";
import * as scatter from "../scatter/callbacks.js";
import * as selection from "../selection/callbacks.js";
import * as sensitivity from "../sensitivity/callbacks.js";
import * as thresholds from "../thresholds/callbacks.js";
import { stopReturning, writeAddress } from "./address.js";
import { isMoved, movedNote, noteList, readUrl } from "./link.js";
import { applyTheme } from "./theme.js";
import { colouredBy, lacksColour } from "../chart/coloured.js";
import { measure } from "../chart/viewport.js";
import { element, framed } from "../dash/element.js";
import { keep, setData } from "../dash/props.js";
import { debounce } from "../dash/timing.js";
import { pinsOf } from "../patterns/pins.js";
import { downloadLinks } from "../table/downloads.js";
import { defaultWidth } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { setDefinitions } from "../views/definitions.js";
import { attentionText, headsText } from "../views/grid.js";
import { takeLetGo } from "../views/let-go.js";
import { plural, quoted } from "../views/phrases.js";
import { hasSegment } from "../views/segment.js";

/** @type {{ name?: string, stamp?: string, shape: string, url?: LinkState | null }} */
const last = { shape: "" }; // of the table shown before

/** @type {LinkState | null} */
let linked = null; // what the address said last

// The link's state into the controls, once; the first callback of all that runs.
/**
 * @param {string | null} fallback @param {Model[]} models @param {Definitions} definitions
 * @param {Problem[]} problems
 */
export function restore(fallback, models, definitions, problems) {
  setDefinitions(definitions);
  const url = readUrl(window.location.search, models, fallback, problems);
  linked = url;
  const selection = { segment: url.segment, head: url.head };
  return [url.model, url.taxonomy, url.show, selection, url.theme, url, noteList(url.notes)];
}

// A table arrived: the slider's range, headings, and what of the selection still holds.
/**
 * @param {Payload | null} payload @param {LinkState | null} url @param {number} width
 * @param {Chosen | null} selection
 */
export function adopt(payload, url, width, selection) {
  if (!payload) return Array(5).fill(keep());
  const { name, stamp } = payload;
  const shape = `${payload.layers} x ${payload.heads_by_layer || payload.heads}`;
  const before = { ...last };
  const same = before.name === name;
  if (!same) stopReturning();
  Object.assign(last, { name, stamp, shape });
  if (same && before.stamp === stamp) return Array(5).fill(keep());
  // What the link says holds for the table that it names, once.
  const fromLink = url && url !== before.url && url.model === name;
  last.url = url;
  const alike = before.shape === shape; // one model, perhaps, under two settings
  const usual = defaultWidth(payload.layers);
  const chosen = fromLink ? url.bins || usual : alike ? width : usual;
  // "About this table" asks for its texts: the chart comes first.
  debounce("shown", () => setData("shown", { name, stamp }));
  document.title = `${payload.title} · Headstrata`;
  return [
    payload.layers,
    chosen,
    mapNote(payload),
    ...(fromLink
      ? withoutDeadSegment(payload, chosen, selection, linkNotes(payload, url))
      : heldSelection(Boolean(before.name) && !same, alike, selection)),
  ];
}

/** @param {Payload} payload */
function headings(payload) {
  const gaps = attentionText(payload);
  const [source] = viewOf(payload).source(payload);
  const moved = isMoved(payload, linked);
  return [
    payload.findings[payload.as],
    framed(
      element("Span", { className: "source-model" }, `${payload.title} · `),
      element("Span", { className: `source ${payload.source}` }, source),
      moved && element("Span", { className: "moved" }, "not the table that the link was made for"),
      gaps && element("Span", { className: "gaps" }, `${gaps}; the others have no heads.`),
    ),
  ];
}

/** @param {Payload} payload */
function mapNote(payload) {
  const layers = plural(payload.layers, "layer");
  const heads = `${headsText(payload)} ${payload.heads === 1 ? "head" : "heads"}`;
  return `${layers} × ${heads}, one cell each, under their bars`;
}

// What the features keep of a link, in the order of the callback in app/page/callbacks.py.
/** @param {LinkState} url */
export const restoreFeatures = (url) => [
  chart.restoreOnly(url),
  chart.restoreUnmeasured(url),
  chart.restoreColour(url),
  selection.restorePrompt(url),
  patterns.restorePins(url),
  thresholds.restoreThresholds(url),
  compare.restoreCompare(url),
  sensitivity.restoreSensitivity(url),
  scatter.restoreScatter(url),
  effects.restoreEffects(url),
];

// The heading says what the view, its thresholds and the table show.
/** @param {Payload | null} payload */
export const tellFinding = (payload) => payload ? headings(payload) : [keep(), keep()];

// [selection, status] after another table came: of one alike the chosen head holds.
/** @param {boolean} another @param {boolean} alike @param {Chosen | null} selection */
function heldSelection(another, alike, selection) {
  if (!another) return [keep(), keep()];
  return [alike ? { head: (selection || {}).head || null } : {}, noteList(takeLetGo())];
}

/** @param {Payload} payload @param {LinkState} url */
function linkNotes(payload, url) {
  return [...url.notes, ...takeLetGo(), movedNote(payload, url), lacksColour(payload, url.colour)]
    .filter(Boolean);
}

// What the link chose and what is said of the link: a segment that the view does not have is left
// out and noted. [selection, notes], or nothing to change.
/**
 * @param {Payload} payload @param {number} width @param {Chosen | null} selection
 * @param {string[]} notes
 */
function withoutDeadSegment(payload, width, selection, notes) {
  const { segment } = selection || {};
  if (!segment || hasSegment(payload, width, segment)) {
    return [keep(), notes.length ? noteList(notes) : keep()];
  }
  const note = `There is no segment ${quoted(segment)} in bins of ${plural(width, "layer")} ` +
    `by ${viewOf(payload).said.by}.`;
  return [{ ...selection, segment: null }, noteList([...notes, note])];
}

/**
 * @param {Payload | null} payload @param {number | null} width @param {string} taxonomy
 * @param {Show} show @param {Chosen | null} selection @param {Theme | null} theme
 * @param {string | null} compare @param {string[] | null} only
 * @param {string | null} colourOf @param {string | null} prompt @param {HeadKey[] | null} pins
 */
export function writeUrl(
  payload,
  width,
  taxonomy,
  show,
  selection,
  theme,
  compare,
  only,
  colourOf,
  prompt,
  pins,
) {
  if (!payload || !width) return Array(4).fill(keep());
  const { segment: chosen, head } = selection || {};
  const segment = hasSegment(payload, width, chosen) ? chosen : null;
  writeAddress({
    model: payload.name,
    pin: linked && linked.model === payload.name ? linked.pin : null,
    hash: payload.hash,
    bins: width,
    taxonomy,
    show,
    segment,
    head,
    only: only?.join(",") || null,
    unmeasured: payload.unmeasured ? 1 : null,
    colour: colouredBy(payload, colourOf),
    theme,
    t: payload.t || null,
    compare: linkedTable(compare),
    compared: compare,
    prompt,
    pins: pinsOf(pins, payload).join(",") || null,
  });
  return downloadLinks(payload, width);
}

/** @param {number | null} clicks */
export function toggleTheme(clicks) {
  if (!clicks) return keep();
  return document.documentElement.dataset.theme === "dark" ? "light" : "dark";
}

/** @param {Theme | null} theme */
export function useTheme(theme) {
  applyTheme(theme);
  return measure();
}

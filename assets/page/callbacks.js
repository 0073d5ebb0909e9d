// The callbacks of the page as a whole: its link, its headings, its theme.
import { stopReturning, writeAddress } from "./address.js";
import { noteList, readUrl } from "./link.js";
import { applyTheme } from "./theme.js";
import { measure } from "../chart/viewport.js";
import { element } from "../dash/element.js";
import { keep, setData } from "../dash/props.js";
import { debounce } from "../dash/timing.js";
import { downloadLinks } from "../table/downloads.js";
import { defaultWidth } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { setDefinitions } from "../views/definitions.js";
import { headCount } from "../views/grid.js";
import { plural, quoted } from "../views/phrases.js";
import { hasSegment } from "../views/segment.js";

/** @type {{ name?: string, stamp?: string, shape: string, url?: LinkState | null }} */
const last = { shape: "" }; // of the table shown before

// The link's state into the controls, once; the first callback of all that runs.
/** @param {string | null} fallback @param {Model[]} models @param {Definitions} definitions */
export function restore(fallback, models, definitions) {
  setDefinitions(definitions);
  const url = readUrl(window.location.search, models, fallback);
  const selection = { segment: url.segment, head: url.head };
  return [url.model, url.taxonomy, url.show, selection, url.theme, url, noteList(url.notes)];
}

// A table arrived: the slider's range, headings, and what of the selection still holds.
/**
 * @param {Payload | null} payload @param {LinkState | null} url @param {number} width
 * @param {Chosen | null} selection
 */
export function adopt(payload, url, width, selection) {
  if (!payload) return Array(8).fill(keep());
  const { name, stamp } = payload;
  const shape = `${payload.layers} x ${payload.heads}`;
  const before = { ...last };
  const same = before.name === name;
  if (!same) stopReturning();
  Object.assign(last, { name, stamp, shape });
  if (same && before.stamp === stamp) return Array(8).fill(keep());
  // What the link says holds for the table that it names, once.
  const linked = url && url !== before.url && url.model === name;
  last.url = url;
  const alike = before.shape === shape; // one model, perhaps, under two settings
  const usual = defaultWidth(payload.layers);
  const chosen = linked ? url.bins || usual : alike ? width : usual;
  // "About this table" asks for its texts: the chart comes first.
  debounce("shown", () => setData("shown", { name, stamp }));
  document.title = `${payload.title} · Headstrata`;
  return [
    payload.layers,
    chosen,
    sliderMarks(payload.layers),
    ...headings(payload),
    ...(linked
      ? withoutDeadSegment(payload, chosen, selection, url.notes)
      : heldSelection(Boolean(before.name) && !same, alike, selection)),
  ];
}

/** @param {number} layers */
const sliderMarks = (layers) =>
  [...new Set([1, defaultWidth(layers), layers])].map((value) => ({
    value,
    label: String(value),
  }));

/** @param {Payload} payload */
function headings(payload) {
  const count = headCount(payload).toLocaleString("en-US");
  return [
    `What the ${count} attention heads of ${payload.title} attend to`,
    element("Span", { className: `source ${payload.source}` }, payload.note),
    `${payload.layers} layers × ${payload.heads} heads, one cell each, under their bars`,
  ];
}

// [selection, status] after another table came: of one alike the chosen head holds.
/** @param {boolean} another @param {boolean} alike @param {Chosen | null} selection */
function heldSelection(another, alike, selection) {
  if (!another) return [keep(), keep()];
  return [alike ? { head: (selection || {}).head || null } : {}, ""];
}

// What the link chose and what is said of the link: a segment that the view does not have is left
// out and noted. [selection, notes], or nothing to change.
/**
 * @param {Payload} payload @param {number} width @param {Chosen | null} selection
 * @param {string[]} notes
 */
function withoutDeadSegment(payload, width, selection, notes) {
  const { segment } = selection || {};
  if (!segment || hasSegment(payload, width, segment)) return [keep(), keep()];
  const note = `There is no segment ${quoted(segment)} in bins of ${plural(width, "layer")} ` +
    `by ${viewOf(payload).said.by}.`;
  return [{ ...selection, segment: null }, noteList([...notes, note])];
}

/**
 * @param {Payload | null} payload @param {number | null} width @param {string} taxonomy
 * @param {Show} show @param {Chosen | null} selection @param {Theme | null} theme
 * @param {string | null} compare
 */
export function writeUrl(payload, width, taxonomy, show, selection, theme, compare) {
  if (!payload || !width) return Array(4).fill(keep());
  const { segment: chosen, head } = selection || {};
  const segment = hasSegment(payload, width, chosen) ? chosen : null;
  writeAddress({
    model: payload.name,
    bins: width,
    taxonomy,
    show,
    segment,
    head,
    theme,
    t: payload.t || null,
    compare,
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
  const shown = applyTheme(theme);
  return [shown, measure()];
}

// What a link says of the page's state, read against what there is. Nonsense falls back, and is
// noted.
import { readCompare } from "../compare/question.js";
import { element } from "../dash/element.js";
import { readPins } from "../patterns/pins.js";
import { shownView, shows, taxonomies, USUAL } from "../views/choice.js";
import { definitions } from "../views/definitions.js";
import { columnNames, effectNames } from "../views/measures.js";
import { hasHead, keyOf, parseHead } from "../views/grid.js";
import { plural, quoted } from "../views/phrases.js";
import { isPinned, readPin } from "../views/pin.js";
import { readThresholds } from "../views/thresholds.js";

const THEMES = ["light", "dark"];

// {model, pin, bins, taxonomy, show, segment, head, only, unmeasured, colour, theme, thresholds, prompt, pins, compare,
// comparePin, notes}; null where not given.
/**
 * @param {string} search @param {Model[]} models @param {string | null} fallback
 * @param {Problem[]} [problems] - files that cannot be shown
 */
export function readUrl(search, models, fallback, problems = []) {
  const query = new URLSearchParams(search);
  const notes = /** @type {string[]} */ ([]);
  /** @template {string | null} T @param {string} key @param {string[]} allowed @param {T} otherwise */
  const choice = (key, allowed, otherwise) => {
    const value = query.get(key);
    if (value === null) return otherwise;
    if (allowed.includes(value)) return value;
    notes.push(`${key}=${quoted(value)} is not one of ${allowed.join(", ")}.`);
    return otherwise;
  };
  const [name, pin] = readPin("model", query.get("model"), notes);
  const model = findModel(name, models, fallback, problems, notes);
  const bins = readBins(query.get("bins"), model, notes);
  const taxonomy = choice("taxonomy", taxonomies(), USUAL);
  const show = /** @type {Show} */ (choice("show", shows(), "count"));
  return {
    model: model ? model.name : null,
    pin,
    bins,
    taxonomy,
    show,
    only: readOnly(query.get("only"), shownView(show)?.name ?? taxonomy, notes),
    unmeasured: choice("unmeasured", ["0", "1"], "0") === "1",
    colour: choice("colour", Object.keys(definitions.measures), null),
    theme: /** @type {Theme | null} */ (choice("theme", THEMES, null)),
    segment: readSegment(query.get("segment"), notes),
    head: readHead(query.get("head"), model, notes),
    thresholds: readThresholds(query.get("t"), definitions.thresholds, notes),
    prompt: choice("prompt", Object.keys(definitions.prompts), null),
    pins: readPins(query.get("pins"), model, notes),
    ...readCompare(query.get("compare"), models, model, notes),
    sensitivity: choice("sensitivity", Object.keys(definitions.thresholds), null),
    effects: choice("effects", effectNames(), null),
    scatter: readScatter(query.get("scatter"), notes),
    notes,
  };
}

/** @param {string | null} text @param {string[]} notes */
function readScatter(text, notes) {
  if (text === null) return null;
  const [x, y, more] = text.split(":");
  const known = [x, y].every((name) => columnNames().includes(name));
  if (known && more === undefined) return text;
  notes.push(
    `scatter=${quoted(text)} is not SCORE:SCORE with two of ` +
      `${columnNames().join(", ")}.`,
  );
  return null;
}

// What must be said where the table of the link's name is another one by now; "" where it is not.
/** @param {Payload} payload @param {LinkState | null} url */
export const movedNote = (payload, url) =>
  isMoved(payload, url)
    ? `The link was made for another table of this name (hash ${url?.pin?.slice(0, 8)}…), which ` +
      `is not here any more: this one was computed again, ${payload.when}, and its figures may ` +
      "differ."
    : "";

/** @param {Payload} payload @param {LinkState | null} url */
export const isMoved = (payload, url) =>
  Boolean(url?.pin && url.model === payload.name && !isPinned(payload.hash, url.pin));

/**
 * @param {string | null} name @param {Model[]} models @param {string | null} fallback
 * @param {Problem[]} problems @param {string[]} notes
 */
function findModel(name, models, fallback, problems, notes) {
  /** @param {string | null} wanted */
  const find = (wanted) => models.find((model) => model.name === wanted);
  const otherwise = find(fallback) || models[0] || null;
  if (name === null) return otherwise;
  const found = find(name) || find(`${name}-published`);
  if (found) return found;
  const shown = otherwise ? `${otherwise.title} is shown` : "there are none yet";
  const damaged = problems.find((problem) => problem.name === name);
  notes.push(
    damaged
      ? `The table ${quoted(name)} cannot be shown: ${damaged.reason}. ${
        otherwise ? `${shown}.` : ""
      }`
      : `There is no table named ${quoted(name)} here; ${shown}.`,
  );
  return otherwise;
}

/** @param {string | null} text @param {Model | null} model @param {string[]} notes */
function readBins(text, model, notes) {
  if (text === null || !model) return null;
  const width = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (width >= 1 && width <= model.layers) return width;
  notes.push(`bins=${quoted(text)} is not a whole number from 1 to ${model.layers} layers.`);
  return null;
}

/** @param {string | null} text @param {string[]} notes */
function readSegment(text, notes) {
  if (text === null) return null;
  const [, start, name] = /^(\d{1,6}):([a-z_]+)$/.exec(text) || [];
  const known = Object.values(definitions.views).some((taxonomy) =>
    taxonomy.segments.some((segment) => segment.name === name)
  );
  if (start !== undefined && known) return `${Number(start)}:${name}`;
  notes.push(`segment=${quoted(text)} is not START:CATEGORY, such as 12:induction.`);
  return null;
}

// Segments of the view that is asked for; empty parts mean nothing, as in "t".
/** @param {string | null} text @param {string} view @param {string[]} notes */
function readOnly(text, view, notes) {
  const { segments, label } = definitions.views[view];
  const known = segments.map(({ name }) => name);
  const wanted = (text ?? "").split(",").map((name) => name.trim()).filter(Boolean);
  for (const name of wanted.filter((one) => !known.includes(one))) {
    notes.push(`only=${quoted(name)} is not one of “${label}”: ${known.join(", ")}.`);
  }
  return [...new Set(wanted)].filter((name) => known.includes(name));
}

/** @param {string | null} text @param {Model | null} model @param {string[]} notes */
function readHead(text, model, notes) {
  if (text === null || !model) return null;
  if (/^\d{1,6}\.\d{1,6}$/.test(text) && hasHead(model, text)) return keyOf(...parseHead(text));
  notes.push(
    `head=${quoted(text)} is not LAYER.HEAD with a layer below ${model.layers} ` +
      `and a head below ${model.heads}${unevenly(text, model)}.`,
  );
  return null;
}

// Why a head that others have is not there: "; layer 3 has 4 heads".
/** @param {string} text @param {Model} model */
function unevenly(text, model) {
  const heads = model.heads_by_layer?.[parseHead(text)[0]];
  if (heads === undefined) return "";
  return `; layer ${parseHead(text)[0]} has ${heads ? plural(heads, "head") : "no attention"}`;
}

// One note is a sentence, several are a list.
/** @param {string[]} notes */
export const noteList = (notes) =>
  notes.length < 2
    ? notes.join("")
    : element("Ul", {}, ...notes.map((note) => element("Li", {}, note)));

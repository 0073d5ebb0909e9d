// What a link says of the page's state, read against what there is. Nonsense falls back, and is
// noted.
import { readCompare } from "../compare/question.js";
import { element } from "../dash/element.js";
import { shows, taxonomies, USUAL } from "../views/choice.js";
import { definitions } from "../views/definitions.js";
import { hasHead, keyOf, parseHead } from "../views/grid.js";
import { quoted } from "../views/phrases.js";
import { readThresholds } from "../views/thresholds.js";

const THEMES = ["light", "dark"];

// {model, bins, taxonomy, show, segment, head, theme, thresholds, compare, notes}; null where not given.
/** @param {string} search @param {Model[]} models @param {string | null} fallback */
export function readUrl(search, models, fallback) {
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
  const model = findModel(query.get("model"), models, fallback, notes);
  return {
    model: model ? model.name : null,
    bins: readBins(query.get("bins"), model, notes),
    taxonomy: choice("taxonomy", taxonomies(), USUAL),
    show: choice("show", shows(), "count"),
    theme: choice("theme", THEMES, null),
    segment: readSegment(query.get("segment"), notes),
    head: readHead(query.get("head"), model, notes),
    thresholds: readThresholds(query.get("t"), definitions.thresholds, notes),
    compare: readCompare(query.get("compare"), models, model, notes),
    notes,
  };
}

/**
 * @param {string | null} name @param {Model[]} models @param {string | null} fallback
 * @param {string[]} notes
 */
function findModel(name, models, fallback, notes) {
  /** @param {string | null} wanted */
  const find = (wanted) => models.find((model) => model.name === wanted);
  const otherwise = find(fallback) || models[0] || null;
  if (name === null) return otherwise;
  const found = find(name) || find(`${name}-published`);
  if (found) return found;
  const shown = otherwise ? `${otherwise.title} is shown` : "there are none yet";
  notes.push(`There is no table named ${quoted(name)} here; ${shown}.`);
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

/** @param {string | null} text @param {Model | null} model @param {string[]} notes */
function readHead(text, model, notes) {
  if (text === null || !model) return null;
  if (/^\d{1,6}\.\d{1,6}$/.test(text) && hasHead(model, text)) return keyOf(...parseHead(text));
  notes.push(
    `head=${quoted(text)} is not LAYER.HEAD with a layer below ${model.layers} ` +
      `and a head below ${model.heads}.`,
  );
  return null;
}

// One note is a sentence, several are a list.
/** @param {string[]} notes */
export const noteList = (notes) =>
  notes.length < 2
    ? notes.join("")
    : element("Ul", {}, ...notes.map((note) => element("Li", {}, note)));

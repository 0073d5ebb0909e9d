// What the find box offers for what was typed: heads, tables, categories, views, parts of the page.
import { folded, matches } from "./words.js";
import { viewOf } from "../views/catalogue.js";
import { segmentation } from "../views/drawn.js";
import { hasHead, headLabel, keyOf, layerHeads } from "../views/grid.js";
import { plural } from "../views/phrases.js";

/** @import { Payload } from "../views/heads.js" */

/**
 * Something that can be gone to.
 * @typedef {object} Found
 * @property {"head" | "table" | "category" | "view" | "part"} kind
 * @property {string} value - what is chosen: a head, a name, an element's id
 * @property {string} label
 * @property {string} detail - beside it
 * @property {string} [words] - further words that it is found by
 */

const MOST = 12; // of each kind
const KINDS = {
  head: "Heads",
  category: "Categories",
  table: "Tables",
  view: "Views",
  part: "Page",
};

/** @param {Found} found */
export const kindText = ({ kind }) => KINDS[kind];

// "18.6", "L18H6", "L18.H6", "18 6", "18,6", "18:6", "18/6": layer and head; "L18", "18": a layer.
/** @param {string} typed @returns {number[]} - layer and head, a layer, or nothing */
export function readHeadText(typed) {
  const text = typed.trim().toLowerCase();
  const whole =
    /^(?:l(?:ayer)?\s*)?(\d{1,6})(?:\s*[.,:/\s]\s*|\s*(?=h))(?:h(?:ead)?\s*)?(\d{1,6})$/;
  const [, layer, head] = whole.exec(text) ??
    /^(?:l(?:ayer)?\s*)?(\d{1,6})[.,:/\s]?h?$/.exec(text) ?? [];
  return [layer, head].filter((number) => number !== undefined).map(Number);
}

/**
 * @param {string} typed
 * @param {Payload | null} payload - the shown table
 * @param {(key: string) => string} told - a head in words
 * @returns {Found[]}
 */
function heads(typed, payload, told) {
  const [layer, head] = readHeadText(typed);
  if (!payload || layer === undefined || layer >= payload.layers) return [];
  const all = head === undefined
    ? [...Array(layerHeads(payload, layer)).keys()].map((one) => keyOf(layer, one))
    : [keyOf(layer, head)];
  return all.filter((key) => hasHead(payload, key)).slice(0, MOST).map((key) => ({
    kind: "head",
    value: key,
    label: headLabel(key),
    detail: told(key),
  }));
}

/** @param {Payload} payload @returns {Found[]} */
const categories = (payload) =>
  segmentation(payload).segments.map(({ name, label, sentence }) => ({
    kind: "category",
    value: name,
    label,
    detail: `${viewOf(payload).said.countsHeads ? "list its heads. " : ""}${sentence}`,
    words: name,
  }));

/**
 * @param {string} typed
 * @param {{ payload: Payload | null, models: Model[], views: Found[], parts: Found[], told: (key: string) => string }} known
 * @returns {Found[]}
 */
export function suggest(typed, { payload, models, views, parts, told }) {
  if (!folded(typed)) return [...parts, ...views];
  /** @type {Found[]} */
  const tables = models.map(({ name, title, label }) => ({
    kind: "table",
    value: name,
    label: title,
    detail: label.replace(`${title} · `, ""),
    words: `${name} ${label}`,
  }));
  /** @param {Found[]} all */
  const some = (all) =>
    all.filter(({ label, words = "" }) => matches(`${label} ${words}`, typed)).slice(0, MOST);
  return [
    ...heads(typed, payload, told),
    ...some(payload ? categories(payload) : []),
    ...some(tables),
    ...some(views),
    ...some(parts),
  ];
}

// What is said where there is nothing: of a head that the table does not have, what it has.
/** @param {string} typed @param {Payload | null} payload */
export function nothingText(typed, payload) {
  const [layer, head] = readHeadText(typed);
  if (!payload || layer === undefined) {
    return `Nothing found for “${typed.trim()}”. Try a head such as 18.6, a model or a category.`;
  }
  const has = `${payload.title} has layers 0 to ${payload.layers - 1}`;
  if (layer >= payload.layers) return `There is no layer ${layer}: ${has}.`;
  const count = layerHeads(payload, layer);
  const there = count ? plural(count, "head") : "no attention";
  return head === undefined
    ? `Layer ${layer} has no attention.`
    : `There is no head ${headLabel(keyOf(layer, head))}: layer ${layer} has ${there}.`;
}

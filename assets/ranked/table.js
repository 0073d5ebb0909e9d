// The ranked heads' rows, and what is said of them.
import { made } from "../dash/made.js";
import { categoryNamed } from "../views/definitions.js";
import { headLabel, keyOf } from "../views/grid.js";
import { numberText } from "../views/measures.js";

const MORE = 4; // times as many rows

/**
 * @typedef {object} Ranked
 * @property {string} [why] - instead of all else: what was wrong with the question
 * @property {number} found - heads that fit
 * @property {number} total
 * @property {string} sort - the ranked column; "-…": rising
 * @property {Choice[]} columns - the ranked one first
 * @property {[number, number, string, ...(number | null)[]][]} rows - layer, head, category, values
 * @property {number} most - rows that can be shown
 * @property {Record<string, string>} query - of the file
 */

/** @param {Pick<Ranked, "found" | "total" | "rows">} ranked */
export function foundText({ found, total, rows }) {
  if (!found) return "No head fits. Lower the least score or take more layers.";
  const all = total.toLocaleString("en-US");
  const some = found < total
    ? `${found.toLocaleString("en-US")} of ${all} heads`
    : `All ${all} heads`;
  return rows.length < found ? `${some}; the first ${rows.length.toLocaleString("en-US")}` : some;
}

/** @param {Pick<Ranked, "query">} ranked @param {string} format */
export const fileAddress = ({ query }, format) =>
  `api/heads?${new URLSearchParams({ ...query, format })}`;

/** @param {Ranked} ranked @param {HTMLElement} place */
export function drawRows(ranked, place) {
  if (ranked.why) return place.replaceChildren(made("p", { role: "alert" }, ranked.why));
  const { rows, found, most } = ranked;
  const more = rows.length < Math.min(found, most);
  place.replaceChildren(
    said(ranked),
    ...(rows.length ? [table(ranked)] : []),
    ...(more
      ? [button("More rows", { class: "button", "data-rows": String(rows.length * MORE) })]
      : []),
  );
}

/** @param {string} text @param {Record<string, string>} attributes */
const button = (text, attributes) => made("button", { type: "button", ...attributes }, text);

/** @param {Ranked} ranked */
function said(ranked) {
  /** @param {string} format @param {string} title */
  const file = (format, title) => {
    const text = format === "csv" ? "CSV" : "Parquet";
    return made(
      "a",
      { class: "button", href: fileAddress(ranked, format), download: "", title },
      text,
    );
  };
  return made(
    "div",
    { class: "ranked-said" },
    made("p", { role: "status" }, foundText(ranked)),
    made(
      "span",
      { class: "button-row" },
      file("csv", "These heads with all scores, as CSV"),
      file("parquet", "These heads with all scores and the provenance"),
    ),
  );
}

/** @param {Ranked} ranked */
function table({ columns, rows, sort }) {
  const names = ["Head", "Category"].map((name) => made("th", { scope: "col" }, name));
  const headings = columns.map((column, place) => heading(column, place === 0 ? sort : ""));
  return made(
    "div",
    { class: "ranked-frame", tabindex: "0", role: "group", "aria-label": "Ranked heads" },
    made(
      "table",
      {},
      made("thead", {}, made("tr", {}, ...names, ...headings)),
      made("tbody", {}, ...rows.map((one) => row(one, columns))),
    ),
  );
}

// Pressed once: the highest first; again: the lowest.
/** @param {Choice} column @param {string} sort - "" of one that is not ranked by */
function heading({ value, label }, sort) {
  const rising = sort.startsWith("-");
  /** @type {Record<string, string>} */
  const order = sort ? { "aria-sort": rising ? "ascending" : "descending" } : {};
  const next = sort && !rising ? `-${value}` : value;
  return made(
    "th",
    { scope: "col", ...order },
    button(label, { class: "sort", "data-sort": next }),
  );
}

/** @param {Ranked["rows"][number]} row @param {Choice[]} columns */
function row([layer, head, category, ...values], columns) {
  const key = keyOf(layer, head);
  const { label, colour, dark } = categoryNamed(category);
  const swatch = made("span", { class: "swatch pattern-plain", "aria-hidden": "true" });
  swatch.style.setProperty("--swatch", colour);
  if (dark) swatch.style.setProperty("--swatch-dark", dark);
  return made(
    "tr",
    {},
    made("th", { scope: "row" }, button(headLabel(key), { class: "head-link", "data-head": key })),
    made("td", {}, swatch, label),
    ...values.map((value, at) =>
      made("td", { class: "number" }, value === null ? "–" : numberText(columns[at].value, value))
    ),
  );
}

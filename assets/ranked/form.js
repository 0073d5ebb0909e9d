// The ranked heads' form: made when their drawer is first opened.
import { byId, closest } from "../dash/dom.js";
import { made } from "../dash/made.js";
import { getData, setData } from "../dash/props.js";
import { same } from "../dash/questions.js";
import { definitions } from "../views/definitions.js";
import { isOffered } from "../views/measures.js";

/** @param {string} label @param {HTMLElement} field */
const labelled = (label, field) =>
  made("label", {}, made("span", { class: "label" }, label), field);

/** @param {string} name @param {Choice[]} choices */
const select = (name, choices) =>
  made(
    "select",
    { name },
    ...choices.map(({ value, label }) => made("option", { value }, label)),
  );

const leastField =
  () => /** @type {HTMLInputElement} */ (byId("ranked-form").querySelector("[name=least]"));

/** @param {string} name @param {Record<string, string>} more */
const number = (name, more) =>
  made("input", { type: "number", name, min: "0", inputmode: "decimal", ...more });

export function buildForm() {
  const place = byId("ranked-form");
  if (place.childElementCount) return;
  const { categories } = definitions.ranked;
  const form = made(
    "form",
    { class: "ranked-form" },
    labelled("Rank by", select("column", [])),
    labelled("At least", number("least", { min: "", step: "0.05", placeholder: "any" })),
    labelled("Category", select("category", [{ value: "", label: "All" }, ...categories])),
    labelled("From layer", number("first", { step: "1", placeholder: "first" })),
    labelled("To layer", number("last", { step: "1", placeholder: "last" })),
  );
  // Another choice begins with the first rows, the highest on top.
  form.addEventListener("input", () => setData("ranked-choice", said(form)));
  form.addEventListener("submit", (event) => event.preventDefault());
  place.append(form);
  byId("ranked-rows").addEventListener("click", (event) => {
    const { sort, rows } = closest(event, "[data-sort], [data-rows]")?.dataset ?? {};
    if (rows) setData("ranked-choice", { ...getData("ranked-choice"), rows: Number(rows) });
    if (!sort) return;
    const column = /** @type {HTMLSelectElement} */ (form.elements.namedItem("column"));
    const other = sort.replace(/^-/, "");
    if (column.value !== other) leastField().value = ""; // it was of the other score
    column.value = other;
    setData("ranked-choice", { ...said(form), sort });
  });
}

// The columns that the shown table can be ranked by. Whether the chosen one, a measure that this
// table lacks, was let go.
/** @param {Payload} payload */
export function offerColumns(payload) {
  const column = /** @type {HTMLSelectElement} */ (byId("ranked-form").querySelector("select"));
  const columns = definitions.ranked.columns.filter(({ value }) => isOffered(payload, value));
  const values = columns.map(({ value }) => value);
  if (same(values, [...column.options].map(({ value }) => value))) return false;
  const chosen = column.value;
  column.replaceChildren(...columns.map(({ value, label }) => made("option", { value }, label)));
  const stays = !chosen || values.includes(chosen);
  if (chosen && stays) column.value = chosen;
  if (stays) return false;
  leastField().value = ""; // it was of the other column
  /** @type {HTMLFormElement} */ (column.form).dispatchEvent(new Event("input"));
  return true;
}

/** @param {HTMLFormElement} form */
const said = (form) => Object.fromEntries(new FormData(form));

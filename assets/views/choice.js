// Which view the page's two controls choose: most are a value of "taxonomy", some one of "show".
import { viewNamed, viewOf, VIEWS } from "./catalogue.js";

/** @import { Shown } from "./heads.js" */
/** @typedef {Pick<Shown, "has">} Table */

const HEIGHTS = ["count", "percent"]; // of bars, where heads are counted

const chosenBy = (/** @type {string} */ control) =>
  VIEWS.filter(({ said }) => said.control === control);

/** The view that is drawn where nothing was chosen, or where the table lacks what was. */
export const USUAL = VIEWS[0].name;

/** What a link may say of each control. */
export const taxonomies = () => chosenBy("taxonomy").map(({ name }) => name);
export const shows = () => [...HEIGHTS, ...chosenBy("show").map(({ name }) => name)];

/**
 * The view that "show" chooses, if it chooses one.
 * @param {string | null | undefined} show
 */
export const shownView = (show) => chosenBy("show").find(({ name }) => name === show);

/**
 * Whether a table can be looked at so.
 * @param {Table} table
 * @param {string} name
 */
export const isOffered = (table, name) => !needsFurther(name) || table.has.includes(name);

/**
 * Whether a view is drawn from more than the table itself.
 * @param {string} name
 */
export const needsFurther = (name) => viewNamed(name).said.packed;

/**
 * A control's choices: what the table lacks is disabled, and says why.
 * @param {Choice[]} choices
 * @param {Pick<Shown, "lacks">} table
 * @returns {Choice[]}
 */
export const offered = (choices, { lacks }) =>
  choices.map(({ value, label }) =>
    value in lacks ? { value, label, disabled: true, title: lacks[value] } : { value, label }
  );

/**
 * What can be drawn now of what was asked for.
 * @param {Table} table
 * @param {string | null | undefined} taxonomy
 * @param {string | null | undefined} show
 */
export const drawnAs = (table, taxonomy, show) =>
  [shownView(show)?.name, taxonomy].find((name) => name && isOffered(table, name)) || USUAL;

/**
 * "count" or "percent": what the bars' heights mean. What is no number of heads is a share.
 * @param {{as: string}} payload
 * @param {string} show
 * @returns {DrawnShow}
 */
export function drawnShow(payload, show) {
  if (!viewOf(payload).said.countsHeads) return "percent";
  return show === "percent" ? "percent" : "count";
}

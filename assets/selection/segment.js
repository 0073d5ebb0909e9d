// What is listed, the chosen segment or the pressed chips: its title, and what stands in place of
// its heads.
import { swatch } from "../chart/swatch.js";
import { element } from "../dash/element.js";
import { viewOf } from "../views/catalogue.js";
import { percentOf, percentText } from "../views/bins.js";
import { isUnknown } from "../views/drawn.js";
import { plural } from "../views/phrases.js";

/** @typedef {import("./listed.js").Listed} Listed */

/** @param {Listed} listed @param {Payload} payload */
export function listTitle({ segments, places, bin, whole }, payload) {
  const names = segments.map(({ label }) => label).join(" · ");
  return [
    ...segments.map(swatch),
    element("Span", {}, `${names}, ${whole ? "all layers" : `layers ${bin.label}`}`),
    element("Span", { className: "count" }, amount(bin, places, whole, payload)),
  ];
}

// "12 heads, 4.4% of the bin"; of several chips together.
/** @param {Bin} bin @param {number[]} places @param {boolean} whole @param {Payload} payload */
function amount(bin, places, whole, payload) {
  const view = viewOf(payload);
  if (!whole) return view.described(bin, places[0]);
  if (!view.said.countsHeads) return `${percentText(bin.tenths[places[0]])} of ${view.said.shared}`;
  const count = places.reduce((sum, place) => sum + bin.counts[place], 0);
  return `${plural(count, "head")}, ${percentOf(count, bin.total)} of all`;
}

// What stands in place of a table without rows.
/** @param {Listed} listed @param {Payload} payload */
export const noHeads = ({ segments, bin, whole }, payload) =>
  element(
    "P",
    { className: "quiet" },
    !bin.total
      ? `The layers ${bin.label} have no attention.`
      : segments.every((segment) => isUnknown(payload, segment, 0))
      ? "Not measured in this table."
      : `No head of this category in ${whole ? "this model" : bin.label}.`,
  );

// Instead of the table: why there is none, and a way to ask again.
/** @param {Error} error */
export const unfetched = (error) => [
  element("P", { className: "quiet" }, `The heads could not be fetched (${error.message}).`),
  element(
    "Button",
    { type: "button", className: "button", "data-action": "fetch-again" },
    "Try again",
  ),
];

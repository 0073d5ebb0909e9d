// The chosen segment: its title, and what stands in place of its heads.
import { swatch } from "../chart/swatch.js";
import { element } from "../dash/element.js";
import { viewOf } from "../views/catalogue.js";
import { isUnknown } from "../views/drawn.js";

/** @param {Segment} segment @param {Bin} bin @param {number} place @param {Payload} payload */
export const segmentTitle = (segment, bin, place, payload) => [
  swatch(segment),
  element("Span", {}, `${segment.label}, layers ${bin.label}`),
  element("Span", { className: "count" }, viewOf(payload).described(bin, place)),
];

// What stands in place of a table without rows.
/** @param {Segment} segment @param {Bin} bin @param {Payload} payload */
export const noHeads = (segment, bin, payload) =>
  element(
    "P",
    { className: "quiet" },
    isUnknown(payload, segment, 0)
      ? "Not measured in this table."
      : `No head of this category in ${bin.label}.`,
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

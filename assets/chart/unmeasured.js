// Of a partly measured table the heads with a name are drawn; that others were not measured is one
// line with a switch.
import { element } from "../dash/element.js";
import { closest } from "../dash/dom.js";
import { getData, setData } from "../dash/props.js";
import { leftOut, unmeasuredHeads } from "../views/drawn.js";
import { headCount } from "../views/grid.js";

const count = (/** @type {number} */ number) => number.toLocaleString("en-US");

/**
 * "1,102 of 1,200 heads are not measured and not drawn."; "" where all are measured.
 * @param {Payload} payload
 */
export function unmeasuredText(payload) {
  const missing = unmeasuredHeads(payload);
  if (!missing) return "";
  const [verb, rest] = leftOut(payload)
    ? [" and not drawn", " Percentages are of all heads of a bin."]
    : ["", ""];
  const are = missing === 1 ? "is" : "are";
  return `${count(missing)} of ${
    count(headCount(payload))
  } heads ${are} not measured${verb}.${rest}`;
}

/** @param {Payload} payload */
export function unmeasuredNote(payload) {
  const text = unmeasuredText(payload);
  if (!text) return [];
  const button = element(
    "Button",
    { type: "button", className: "head-link", "data-action": "unmeasured" },
    leftOut(payload) ? "Draw them" : "Leave them out",
  );
  const only = unmeasuredHeads(payload) === headCount(payload);
  return [
    element("P", { className: "view-note", id: "unmeasured-note" }, `${text} `, !only && button),
  ];
}

export function watchUnmeasured() {
  document.addEventListener("click", (event) => {
    if (closest(event, "[data-action='unmeasured']")) setData("unmeasured", !getData("unmeasured"));
  });
}

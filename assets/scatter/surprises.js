// The heads that a score and an effect tell apart, listed below the scatter.
import { element } from "../dash/element.js";
import { headLabel, keyOf } from "../views/grid.js";

/** @param {Surprise} surprise */
export function surprising({ title, rule, heads, found }) {
  const keys = heads.map(([layer, head]) => keyOf(layer, head));
  const all = found > heads.length ? `; the first ${heads.length}` : "";
  return element(
    "Div",
    { className: "surprise" },
    element("H3", {}, `${title}: ${found.toLocaleString("en-US")}${all}`),
    element("P", { className: "quiet" }, rule),
    keys.length > 0 && element("Div", { className: "surprise-heads" }, ...keys.map(headButton)),
  );
}

/** @param {HeadKey} key */
const headButton = (key) =>
  element(
    "Button",
    { type: "button", className: "head-link", "data-head": key },
    headLabel(key),
  );

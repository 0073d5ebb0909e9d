// Under the threshold sliders: which heads change their category.
import { swatch } from "../chart/swatch.js";
import { element } from "../dash/element.js";
import { changedHeads } from "../views/changes.js";
import { categories } from "../views/definitions.js";
import { headKey, headName } from "../views/grid.js";
import { plural } from "../views/phrases.js";

const CHANGES_SHOWN = 400;

// The list of changed heads: one line for each way they went, its heads as buttons.
/** @param {Payload} payload */
export function changeList(payload) {
  /** @type {Map<string, number[]>} */
  const ways = new Map();
  changedHeads(payload).forEach(({ head, from, to }) => {
    const key = `${from} ${to}`;
    ways.set(key, [...(ways.get(key) || []), head]);
  });
  let left = CHANGES_SHOWN;
  return [...ways]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([key, heads]) => {
      const [from, to] = key.split(" ").map((place) => categories()[Number(place)]);
      const shown = heads.slice(0, Math.max(0, left));
      left -= shown.length;
      const rest = heads.length - shown.length;
      return element(
        "Li",
        { className: "change" },
        element(
          "Span",
          { className: "change-way" },
          swatch(from),
          from.label,
          element("Span", { className: "arrow", "aria-hidden": "true" }, "→"),
          element("Span", { className: "visually-hidden" }, " becomes "),
          swatch(to),
          to.label,
          element("Span", { className: "count" }, plural(heads.length, "head")),
        ),
        element(
          "Span",
          { className: "change-heads" },
          ...shown.map((head) => headButton(payload, head)),
          ...(rest ? [element("Span", { className: "quiet" }, `and ${rest} more`)] : []),
        ),
      );
    });
}

/** @param {Payload} payload @param {number} head */
function headButton(payload, head) {
  const props = { type: "button", className: "head-link", "data-head": headKey(payload, head) };
  return element("Button", props, headName(payload, head));
}

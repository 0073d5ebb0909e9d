// The sums over all layers below the bars: legend and numbers in one.
import { swatch } from "../chart/swatch.js";
import { element } from "../dash/element.js";
import { categoryNamed } from "../views/definitions.js";
import { numberText } from "../views/measures.js";

/** @param {Effects} effects */
export function effectTable({ categories, total, effect }) {
  const names = ["Category", "Heads", "Differ from 0", "Sum above", "Sum below"];
  const rows = categories.map(({ name, total: own }) => {
    const segment = categoryNamed(name);
    return row([swatch(segment), segment.label], own, effect);
  });
  return element(
    "Div",
    { className: "table-frame", tabIndex: "0", role: "region", "aria-label": "Summed effects" },
    element(
      "Table",
      { className: "numbers" },
      element(
        "Thead",
        {},
        element("Tr", {}, ...names.map((name) => element("Th", { scope: "col" }, name))),
      ),
      element("Tbody", {}, ...rows, row(["All"], total, effect, "sum")),
    ),
  );
}

/**
 * @param {Child[]} name @param {Weight} weight @param {string} effect @param {string} [className]
 */
const row = (name, { heads, differing, above, below }, effect, className) =>
  element(
    "Tr",
    { className },
    element("Th", { scope: "row" }, ...name),
    ...[
      heads.toLocaleString("en-US"),
      differing.toLocaleString("en-US"),
      numberText(effect, above),
      numberText(effect, below),
    ].map((text) => element("Td", {}, text)),
  );

// What stands beside a segment's name or in place of its number, as Dash components.
import { element } from "../dash/element.js";
import { NOT_MEASURED } from "../views/drawn.js";

/** @param {Segment} segment */
export const swatch = (segment) =>
  element("Span", {
    className: `swatch pattern-${PATTERN_NAMES[segment.pattern] || "plain"}`,
    style: {
      "--swatch": segment.colour,
      "--swatch-ink": segment.ink,
      ...(segment.dark
        ? { "--swatch-dark": segment.dark, "--swatch-ink-dark": segment.dark_ink }
        : {}),
    },
    "aria-hidden": "true",
  });

// Plotly's pattern shapes, as class names of page.css.
/** @type {Record<string, string>} */
const PATTERN_NAMES = {
  "/": "slash",
  "\\": "backslash",
  "|": "bar",
  "-": "dash",
  "+": "plus",
  x: "cross",
  ".": "dot",
};

// The dash that stands where a number would be.
export const unmeasured = (why = NOT_MEASURED) =>
  element(
    "Span",
    { className: "nothing", title: why },
    "–",
    element("Span", { className: "visually-hidden" }, ` ${why}`),
  );

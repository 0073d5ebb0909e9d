// The legend's chips, as Dash components.
import { swatch } from "./swatch.js";
import { element } from "../dash/element.js";
import { percentText } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { stepText } from "../views/changes.js";
import {
  chipCount,
  isUnknown,
  leftOut,
  listedSegments,
  NOT_MEASURED,
  UNMEASURED,
  wholeBin,
} from "../views/drawn.js";

// One chip a segment; one that nobody could have (not measured, in a computed table) is left out. What was
// not measured is one text behind them.
/** @param {Payload} payload @param {string[]} only */
export function chipList(payload, only) {
  const whole = wholeBin(payload);
  const steps = changesOf(payload, whole);
  const listed = listedSegments(payload);
  /** @param {{ segment: Segment, place: number }} of */
  const isDashed = ({ segment, place }) => isUnknown(payload, segment, whole.counts[place]);
  const dashed = listed.filter(isDashed).map(({ segment }) => segment.label);
  // Heads that are left out are told in a line beside the chart.
  const isDrawn = (/** @type {Segment} */ { name }) =>
    name !== UNMEASURED || only.includes(name) || !leftOut(payload);
  const chips = listed.filter((one) => !isDashed(one) && isDrawn(one.segment)).map(
    ({ segment, place }) => {
      const pressed = only.includes(segment.name);
      const kinds = {
        chip: true,
        none: !whole.parts[place],
        dimmed: only.length > 0 && !pressed,
      };
      return element(
        "Button",
        {
          id: `chip-${segment.name}`,
          type: "button",
          className: Object.entries(kinds).filter(([, is]) => is).map(([kind]) => kind).join(" "),
          "data-chip": segment.name,
          "aria-pressed": String(pressed),
          "aria-describedby": "chip-sentence",
        },
        swatch(segment),
        element("Span", { className: "chip-label" }, segment.short || segment.label),
        element(
          "Span",
          {
            className: "chip-count",
            title: percentText(whole.tenths[place]),
          },
          chipCount(payload, whole, place),
          steps[place] && element("Span", { className: "chip-step" }, ` (${steps[place]})`),
        ),
      );
    },
  );
  return [...chips, dashed.length > 0 && notMeasured(dashed)].filter(Boolean);
}

// Categories that no head of the table could have had: how many, and which.
/** @param {string[]} labels */
const notMeasured = (labels) =>
  element(
    "Span",
    { id: "chips-unmeasured", className: "chips-rest", title: labels.join(", ") },
    `${labels.length} ${NOT_MEASURED}`,
    element("Span", { className: "visually-hidden" }, `: ${labels.join(", ")}`),
  );

// By how much each segment's heads differ from the stored table's, where thresholds are changed:
// "+43"; "" where they don't.
/** @param {Payload} payload @param {Bin} whole - all layers */
function changesOf(payload, whole) {
  if (!payload.stored || !viewOf(payload).said.countsHeads) return [];
  const before = wholeBin({ ...payload, detailed: payload.stored, stored: undefined });
  return whole.counts.map((count, place) => stepText(count - before.counts[place]));
}

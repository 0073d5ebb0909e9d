// The map coloured by a measure of evidence: the choice, the scale, what a cell says.
import { colour } from "./theme.js";
import { element } from "../dash/element.js";
import { isAbout } from "../dash/questions.js";
import { definitions } from "../views/definitions.js";
import { columnLabel, isMeasured, valueText } from "../views/measures.js";

// The chosen measure; null: the category, also where the table lacks the measure.
/** @param {Payload} payload @param {string | null} by */
export const colouredBy = (payload, by) => by && isMeasured(payload, by) ? by : null;

// What the map can be coloured by now: the chosen measure, once it was fetched for this table.
/** @param {Payload} payload @param {string | null} by @param {MeasuredHeads | null} measured */
export const drawnColour = (payload, by, measured) =>
  measured && colouredBy(payload, by) === measured.measure && isAbout(measured, payload)
    ? measured
    : null;

// What must be said of a link to a measure that the table lacks; "" where it has it.
/** @param {Payload} payload @param {string | null} by */
export const lacksColour = (payload, by) =>
  by && !isMeasured(payload, by)
    ? `This table has no ${columnLabel(by)} (colour=${by}): its map shows the categories.`
    : "";

// A few heads have most of an effect: as the root of the value, the others are seen, too.
/** @param {number | null | undefined} value - undefined: there is no such head */
export const shadeOf = (value) =>
  value === null || value === undefined ? null : Math.sign(value) * Math.sqrt(Math.abs(value));

/** The largest size; the scale ends there either way. @param {MeasuredHeads} measured */
const largest = ({ values }) => Math.max(...values.map((value) => Math.abs(value ?? 0)));

const SIDES = ["map-below", "map-zero", "map-above"]; // variables of css/theme.css

// Plotly's colours of the cells: 0 is in the middle.
/** @param {MeasuredHeads} measured */
export function scaleOf(measured) {
  const end = shadeOf(largest(measured)) || 1;
  return {
    zmin: -end,
    zmax: end,
    colorscale: SIDES.map((side, at) => [at / 2, colour(side)]),
  };
}

// The measure's line of a cell's hover.
/** @param {MeasuredHeads} measured @param {number} head */
export function measuredText({ measure, values, errors }, head) {
  const value = values[head];
  if (value === null) return `${columnLabel(measure)}: – (not measured)`;
  const { unit } = definitions.measures[measure];
  return `${columnLabel(measure)}: ${valueText(measure, value, errors[head] ?? NaN)} ${unit}`;
}

// Nothing to choose where a table has no measure.
/** @param {Payload} payload @param {string | null} by */
export function colourChoice(payload, by) {
  if (!payload.measures.length) return null;
  const options = [
    element("Option", { value: "" }, "category"),
    ...payload.measures.map((name) => {
      const label = columnLabel(name);
      return element("Option", { value: name }, label[0].toLowerCase() + label.slice(1));
    }),
  ];
  const select = { id: "colour-by", value: colouredBy(payload, by) ?? "" };
  return element("Label", {}, "Colour by", element("Select", select, ...options));
}

// The colours from end to end, with the values at the ends, the middle and halfway.
/** @param {MeasuredHeads} measured */
export function scaleBar(measured) {
  const { measure, values } = measured;
  const { unit, sense } = definitions.measures[measure];
  const end = largest(measured);
  const ticks = [-end, -end / 4, 0, end / 4, end].map((value) => tickText(value, end));
  const missing = values.includes(null) ? " A dash: not measured." : "";
  return element(
    "Div",
    { className: "map-scale" },
    element(
      "Span",
      { className: "map-scale-colours" },
      element("Span", { className: "map-scale-bar", "aria-hidden": "true" }),
      element(
        "Span",
        { className: "map-scale-ticks" },
        ...ticks.map((text) => element("Span", {}, text)),
      ),
    ),
    element(
      "Span",
      { className: "map-scale-unit" },
      `${unit}; ${sense}. Colours go by the square root.${missing}`,
    ),
  );
}

// "+1.7"; with more decimals where the scale is short.
/** @param {number} value @param {number} end */
function tickText(value, end) {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(end >= 1 ? 1 : 3)}`;
}

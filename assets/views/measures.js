// Scores and measures of evidence by name: how each is called and written, and which a table has.
import { definitions } from "./definitions.js";
import { SCORE_UNIT, unpack } from "./packing.js";
import { scoreText } from "./phrases.js";

/** @import { Payload } from "./heads.js" */

/**
 * What is measured beside scores (app/views/measures.py): it may be negative.
 * @typedef {object} Measure
 * @property {string} label
 * @property {string} sentence
 * @property {string} unit
 * @property {string} sense - what its sign means
 * @property {boolean} effect
 */

export const HOW_TO_MEASURE = "The command headstrata classify MODEL --evidence measures them.";

const DIGITS = 3; // decimals of a measure

// All scores, then all measures.
export const columnNames = () => [
  ...Object.keys(definitions.scoreLabels),
  ...Object.keys(definitions.measures),
];

export const effectNames = () =>
  Object.keys(definitions.measures).filter((name) => definitions.measures[name].effect);

/** @param {string} name */
export const isMeasure = (name) => Object.hasOwn(definitions.measures, name);

// Every table is offered all that is no measure.
/** @param {Pick<Payload, "measures">} payload @param {string} name */
export const isOffered = ({ measures }, name) => !isMeasure(name) || measures.includes(name);

/** @param {Pick<Payload, "scores" | "measures">} payload @param {string} name */
export const isMeasured = ({ scores, measures }, name) =>
  scores.includes(name) || measures.includes(name);

/** @param {string} name */
export const columnLabel = (name) =>
  isMeasure(name) ? definitions.measures[name].label : definitions.scoreLabels[name];

// With its unit: scores are shares.
/** @param {string} name */
export const axisTitle = (name) =>
  isMeasure(name) ? `${columnLabel(name)} (${definitions.measures[name].unit})` : columnLabel(name);

/** "−0.260", "0.78". @param {string} name @param {number} value */
export const numberText = (name, value) =>
  isMeasure(name) ? signed(value.toFixed(DIGITS)) : value.toFixed(2);

/** "6.781 ± 0.210"; without an error when none is known. @param {string} name @param {number} value @param {number} error */
export function valueText(name, value, error) {
  if (!isMeasure(name)) return scoreText(value, error);
  const known = Number.isFinite(error) ? ` ± ${error.toFixed(DIGITS)}` : "";
  return `${numberText(name, value)}${known}`;
}

// A typographic minus sign, none before a zero.
/** @param {string} text */
const signed = (text) => Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");

/** One number a head; NaN where nobody measured. @param {Numbers} numbers */
export const numbersOf = (numbers) =>
  typeof numbers === "string"
    ? unpack(numbers, 2, SCORE_UNIT)
    : numbers.map((number) => number ?? NaN);

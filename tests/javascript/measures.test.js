// Measures of evidence beside scores: how they are written, which a table offers, their axes.
import assert from "node:assert/strict";
import test from "node:test";
import "./twins.js";
import { rangeOf } from "../../assets/scatter/figure.js";
import { axisTitle, isOffered, numbersOf, valueText } from "../../assets/views/measures.js";

test("an effect has a sign, three decimals and its unit", () => {
  assert.equal(valueText("effect_repeated", 6.7813, 0.21), "6.781 ± 0.210");
  assert.equal(valueText("effect_natural", -0.0026, NaN), "−0.003");
  assert.equal(valueText("copying", -0.0001, 0.02), "0.000 ± 0.020");
  assert.equal(valueText("induction", 0.784, 0.001), "0.78 ± <0.01");
  assert.equal(axisTitle("effect_natural"), "Effect on natural text (nats per token)");
  assert.equal(axisTitle("entropy"), "Entropy");
});

test("a table that lacks a measure does not offer it", () => {
  const payload = { measures: ["copying"] };
  assert.deepEqual(
    ["induction", "margin", "copying", "effect_repeated"].map((name) => isOffered(payload, name)),
    [true, true, true, false],
  );
});

test("a measure's axis holds all of it and 0, a score's its threshold", () => {
  assert.deepEqual(rangeOf("effect_repeated", [-1, 3], []), [-1.2, 3.2]);
  assert.deepEqual(rangeOf("copying", [2, 4], []), [-0.2, 4.2]);
  const ends = rangeOf("induction", [0.1, 0.3], [0.4]).map((end) => end.toFixed(4));
  assert.deepEqual(ends, ["-0.0084", "0.4284"]);
});

test("a score comes packed, a measure as it is", () => {
  assert.deepEqual(numbersOf([6.5, -1, null]), [6.5, -1, NaN]);
  assert.deepEqual(numbersOf("~~11"), [NaN, 0.037]);
});

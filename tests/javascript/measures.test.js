// Measures of evidence beside scores: how they are written, which a table offers, their axes.
import assert from "node:assert/strict";
import test from "node:test";
import "./twins.js";
import { colouredBy, measuredText, shadeOf } from "../../assets/chart/coloured.js";
import { rangeOf } from "../../assets/scatter/figure.js";
import { endsOf, placeOf, rootTicks } from "../../assets/scatter/scale.js";
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

test("a map's cell is coloured by the root of its value, on the value's side of 0", () => {
  assert.deepEqual([6.25, -0.25, 0, null, undefined].map(shadeOf), [2.5, -0.5, 0, null, null]);
});

test("a table that lacks the chosen measure has its map by category", () => {
  const payload = /** @type {Payload} */ (/** @type {unknown} */ (
    { scores: ["induction"], measures: ["copying"] }
  ));
  assert.equal(colouredBy(payload, "copying"), "copying");
  assert.equal(colouredBy(payload, "effect_repeated"), null);
  assert.equal(colouredBy(payload, null), null);
});

test("a cell tells its value with the error and the unit, or that nobody measured it", () => {
  const measured = {
    model: "m",
    stamp: "1",
    measure: "effect_repeated",
    values: [6.75, -0.5, null],
    errors: [0.21, null, null],
  };
  assert.deepEqual([0, 1, 2].map((head) => measuredText(measured, head)), [
    "Effect on repeated text: 6.750 ± 0.210 nats per token",
    "Effect on repeated text: −0.500 nats per token",
    "Effect on repeated text: – (not measured)",
  ]);
});

test("an effect stands at its signed root, all else where it is", () => {
  assert.deepEqual([6.25, -0.25, 0].map((value) => placeOf("effect_repeated", value)), [
    2.5,
    -0.5,
    0,
  ]);
  assert.deepEqual(["copying", "induction"].map((name) => placeOf(name, -4)), [-4, -4]);
  assert.deepEqual(endsOf("effect_natural", 0.5, 0.75), [-0.5, Math.sqrt(1.25)]);
  assert.equal(endsOf("effect_natural", 0.5, NaN), null);
});

test("an axis of roots is marked at round values that have room between them", () => {
  // A tenth of 3.2 apart. The roots of 5, 2, 1 are 2.24, 1.41, 1; that of .5, .71, is too near, that
  // of .2 is .45, and that of .1, .316, is too near to 0.
  assert.deepEqual(rootTicks([-0.5, 2.7]), [-0.2, 0, 0.2, 1, 2, 5]);
  // .004 apart: .0316, .0224, .0141, .01, then .0071 is too near, and .0045 is not
  assert.deepEqual(rootTicks([0, 0.04]), [0, 0.00002, 0.0001, 0.0002, 0.0005, 0.001]);
});

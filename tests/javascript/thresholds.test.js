// What-if thresholds in links, and numbers as sentences write them.
import assert from "node:assert/strict";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";
import { definitions, twins } from "./twins.js";
import { scoreText } from "../../assets/views/phrases.js";
import { readThresholds, thresholdDigits, thresholdText } from "../../assets/views/thresholds.js";

// What the two languages read differently; an entry that they read alike must go.
const APART = [
  ...["+0.3", "3e-1", "0.3_3", "1.", "٠.٣", "0.3,induction:0.5", "0.3,induction:0.3"]
    .map((value) => `induction:${value}`),
  "constructor:0.2",
];

for (const { text, read } of twins.thresholds) {
  test(`t=${text}`, () => {
    const notes = /** @type {string[]} */ ([]);
    const found = readThresholds(text, definitions.thresholds, notes);
    // Python refuses the whole text, the page drops the part and says so.
    const alike = read === null ? notes.length > 0 : isDeepStrictEqual([found, notes], [read, []]);
    assert.equal(alike, !APART.includes(text), JSON.stringify({ found, notes, read }));
  });
}

test("what makes no sense is dropped and noted, the rest holds", () => {
  const notes = /** @type {string[]} */ ([]);
  const text = "induction:0.3,nobody:0.2,broad:7,<b>";
  assert.deepEqual(readThresholds(text, definitions.thresholds, notes), { induction: 0.3 });
  assert.deepEqual(notes.map((note) => /^t=“(.*)”/.exec(note)?.[1]), [
    "nobody:0.2",
    "broad:7",
    "<b>",
  ]);
});

for (const { thresholds, text } of twins.written) {
  test(`${JSON.stringify(thresholds)} in a link`, () => {
    const given = /** @type {Thresholds} */ (thresholds);
    assert.equal(thresholdText(given, definitions.thresholds), text);
  });
}

test("a threshold has two digits, or three", () => {
  for (const { value, text } of twins.digits) assert.equal(thresholdDigits(value), text);
});

test("a score with its standard error", () => {
  for (const { score, error, text } of twins.scores) {
    assert.equal(scoreText(score, error ?? NaN), text);
  }
});

test("a score that nobody measured has no text", () => assert.equal(scoreText(NaN, 0.1), ""));

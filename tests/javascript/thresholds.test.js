// What-if thresholds in links, and numbers as sentences write them.
import assert from "node:assert/strict";
import test from "node:test";
import { definitions, twins } from "./twins.js";
import { scoreText } from "../../assets/views/phrases.js";
import { readThresholds, thresholdDigits, thresholdText } from "../../assets/views/thresholds.js";

for (const { text, read } of twins.thresholds) {
  test(`t=${text}`, () => {
    const notes = /** @type {string[]} */ ([]);
    const found = readThresholds(text, definitions.thresholds, notes);
    // Python refuses the whole text, the page drops the part and says so.
    if (read === null) assert.ok(notes.length > 0, `accepted as ${JSON.stringify(found)}`);
    else assert.deepEqual([found, notes], [read, []]);
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

test("of a threshold that is given twice the first holds", () => {
  const notes = /** @type {string[]} */ ([]);
  const text = "induction:0.4,induction:0.5,broad:0.7";
  assert.deepEqual(readThresholds(text, definitions.thresholds, notes), { broad: 0.7 });
  assert.deepEqual(notes, ["t=“induction:0.5”: induction is given twice."]);
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

// What is said of the sensitivity curve, and how the bars are to be read.
import assert from "node:assert/strict";
import test from "node:test";
import { payloadOf } from "./twins.js";
import { readingText } from "../../assets/chart/reading.js";
import { curveWords } from "../../assets/sensitivity/words.js";

const counts = Array.from({ length: 100 }, (_, place) => Math.max(0, 50 - place)); // 50 at .01
const curve = { model: "one", stamp: "1", t: "", category: "induction", counts };

test("the curve in a sentence: at the default, a tenth to either side, and now", () => {
  // place 39 is .40: 50 - 39 = 11; .30 is 21, .50 is 1
  assert.equal(
    curveWords(curve, 0.4),
    "Induction pattern: 11 heads at the default 0.40; 21 at 0.30, 1 at 0.50.",
  );
  assert.ok(curveWords(curve, 0.35).endsWith(" Now at 0.35: 16 heads."));
  const flat = { ...curve, counts: Array(100).fill(1) };
  assert.ok(
    curveWords(flat, 0.4).endsWith(
      "1 head at the default 0.40; from 0.30 to 0.50 the number does not change.",
    ),
  );
});

test("below the bars: what their numbers are, and why the last is narrower", () => {
  const state = { payload: payloadOf("one"), width: 4, selection: { only: [] } };
  const box = { width: 100, height: 100 };
  const text = readingText({ ...state, show: "count", box });
  assert.match(text, /^Height: heads; in the bars: share of the bin\./);
  assert.match(text, /The last bar is narrower: \[8, 11\) has 3 layers\.$/);
  const even = readingText({ ...state, width: 11, show: "percent", box });
  assert.doesNotMatch(even, /narrower|Height/);
});

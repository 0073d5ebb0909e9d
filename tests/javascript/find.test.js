// What the find box offers for what is typed.
import assert from "node:assert/strict";
import test from "node:test";
import { payloadOf } from "./twins.js";
import { kindText, nothingText, readHeadText, suggest } from "../../assets/find/suggest.js";
import { folded, matches } from "../../assets/find/words.js";

const payload = payloadOf("uneven"); // layers of 4, 8 and 4 heads
const models = [["smollm2-135m", "SmolLM2-135M"], ["accents", "Ünï mödel"]].map((
  [name, title],
) => ({ name, title, label: `${title} · computed 2026-11-01`, stamp: "1", layers: 3, heads: 8 }));
/** @type {import("../../assets/find/suggest.js").Found[]} */
const views = [{ kind: "view", value: "show-select percent", label: "Share", detail: "Bars show" }];
/** @type {import("../../assets/find/suggest.js").Found[]} */
const parts = [{
  kind: "part",
  value: "what-if-panel",
  label: "What-if thresholds",
  detail: "",
  words: "sensitivity",
}];
/** @type {(typed: string) => string[]} */
const found = (typed) =>
  suggest(typed, { payload, models, views, parts, told: (key) => `told of ${key}` })
    .map(({ kind, value }) => `${kind} ${value}`);

test("a head is written in many ways", () => {
  for (
    const typed of ["18.6", "L18H6", "l18.h6", "18 6", " 18, 6 ", "18:6", "18/6", "layer 18 head 6"]
  ) {
    assert.deepEqual(readHeadText(typed), [18, 6], typed);
  }
  for (const typed of ["18", "L18", "layer 18", "18.", "L18H"]) {
    assert.deepEqual(readHeadText(typed), [18], typed);
  }
  for (const typed of ["", "186x", "18.6.1", "gpt2", "H6", "1234567.1"]) {
    assert.deepEqual(readHeadText(typed), [], typed);
  }
});

test("heads that the shown table has", () => {
  assert.deepEqual(found("1.7"), ["head 1.7"]);
  assert.deepEqual(found("0.7"), []);
  assert.deepEqual(found("L2"), ["head 2.0", "head 2.1", "head 2.2", "head 2.3"]);
});

test("tables, accents folded, words in any order; categories; views; parts of the page", () => {
  assert.deepEqual(found("MODEL uni"), ["table accents"]);
  assert.deepEqual(found("135m smol"), ["table smollm2-135m"]);
  assert.deepEqual(found("induction"), ["category induction"]);
  assert.deepEqual(found("share"), ["view show-select percent"]);
  assert.deepEqual(found("what if"), ["part what-if-panel"]);
  assert.deepEqual(found("sensitiv"), ["part what-if-panel"]);
  assert.deepEqual(found(" "), ["part what-if-panel", "view show-select percent"]);
  assert.equal(
    kindText(suggest("1.7", { payload, models, views, parts, told: String })[0]),
    "Heads",
  );
});

test("a word is found from its beginning, a longer part anywhere", () => {
  assert.equal(folded("  Ünï—Mödel_2 "), "uni model 2");
  assert.ok(matches("First token (sink)", "tok"));
  assert.ok(matches("SmolLM2", "llm2"));
  assert.ok(!matches("Local window", "al"));
});

test("nothing found is said, with what there is", () => {
  assert.deepEqual(found("zzz"), []);
  assert.match(nothingText("zzz", payload), /^Nothing found for “zzz”\. Try a head such as 18\.6/);
  assert.equal(nothingText("3.0", payload), "There is no layer 3: Made uneven has layers 0 to 2.");
  assert.equal(nothingText("0.7", payload), "There is no head L0.H7: layer 0 has 4 heads.");
});

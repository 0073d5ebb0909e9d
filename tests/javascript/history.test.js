// Which changes of the address are steps that Back undoes.
import assert from "node:assert/strict";
import test from "node:test";
import { historyStep, isOurs } from "../../assets/page/history.js";

const HERE = "headstrata";
const AFTER_CHOICE = "headstrata chosen";

/** @type {[string, unknown, string, string, boolean, string][]} */
const CASES = [
  ["a link that is opened", null, "?head=1.2", "model=a&head=1.2", false, HERE],
  ["the page that is opened without a query", HERE, "", "model=a", false, HERE],
  ["a choice before the first address", HERE, "", "model=a&head=1.2", true, AFTER_CHOICE],
  ["the first segment", HERE, "?model=a", "model=a&segment=0:broad", true, AFTER_CHOICE],
  ["the first chip", HERE, "?model=a", "model=a&only=broad", true, AFTER_CHOICE],
  [
    "a head after it",
    AFTER_CHOICE,
    "?model=a&only=x",
    "model=a&only=x&head=1.2",
    false,
    AFTER_CHOICE,
  ],
  ["another head of a link's", HERE, "?model=a&head=1.2", "model=a&head=1.3", false, HERE],
  ["letting go", AFTER_CHOICE, "?model=a&head=1.2", "model=a", false, AFTER_CHOICE],
  ["a choice after that", AFTER_CHOICE, "?model=a", "model=a&head=1.2", false, AFTER_CHOICE],
  ["another width", HERE, "?model=a&bins=1", "model=a&bins=2", false, HERE],
  ["another table", AFTER_CHOICE, "?model=a&head=1.2", "model=b&head=1.2", true, HERE],
];

for (const [name, mark, before, after, push, then] of CASES) {
  test(name, () => assert.deepEqual(historyStep(mark, before, after), { push, mark: then }));
}

test("an entry of a place in the page is none of ours", () => {
  assert.deepEqual([HERE, AFTER_CHOICE, null, "#about"].map(isOurs), [true, true, false, false]);
});

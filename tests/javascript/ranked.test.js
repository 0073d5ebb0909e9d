// What the ranked heads are asked for in, and what is said of them.
import assert from "node:assert/strict";
import test from "node:test";
import { rankedQuestion } from "../../assets/ranked/question.js";
import { fileAddress, foundText } from "../../assets/ranked/table.js";

const about = { name: "m", stamp: "1", t: "", layers: 30 };
/** @type {(choice: Parameters<typeof rankedQuestion>[1]) => object} */
const asked = (choice) => {
  const { model: _m, stamp: _s, t: _t, ...rest } = rankedQuestion(about, choice, 100);
  return rest;
};

test("an empty form asks for the first heads by induction", () =>
  assert.deepEqual(asked({}), {
    category: null,
    layers: null,
    least: null,
    sort: "induction",
    rows: 100,
  }));

test("the form's choices; a heading turns the order", () => {
  const form = { category: "broad", first: "8", last: "", column: "entropy", least: "0,8" };
  assert.deepEqual(asked({ ...form, sort: "-entropy", rows: 400 }), {
    category: "broad",
    layers: "8-29",
    least: "entropy:0.8",
    sort: "-entropy",
    rows: 400,
  });
  assert.deepEqual(asked({ last: "3" }), { ...asked({}), layers: "0-3" });
});

test("how many there are is said", () => {
  const rows = /** @type {never[]} */ (Array(100));
  assert.equal(foundText({ found: 16128, total: 16128, rows }), "All 16,128 heads; the first 100");
  assert.equal(foundText({ found: 100, total: 1200, rows }), "100 of 1,200 heads");
  assert.match(foundText({ found: 0, total: 1200, rows: [] }), /^No head fits/);
});

test("the file is of the heads that are listed, under the same thresholds", () =>
  assert.equal(
    fileAddress({ query: { model: "m", category: "broad", t: "broad:0.7" } }, "csv"),
    "api/heads?model=m&category=broad&t=broad%3A0.7&format=csv",
  ));

// The overview's small pictures, search and order.
import assert from "node:assert/strict";
import test from "node:test";
import { twins } from "./twins.js";
import { depthBins, paths, reach } from "../../assets/overview/depth.js";
import { folded, isFound, ordered } from "../../assets/overview/finding.js";

const order = twins.definitions.views.detailed.segments.map((segment) => segment.name);

for (const { layers, bins, counts, reach: reached, paths: drawn } of twins.small) {
  test(`${layers} layers in ${bins} bins of depth`, () => {
    const given = /** @type {Record<string, number[]>} */ (/** @type {unknown} */ (counts));
    assert.deepEqual(paths(given, order, layers, bins), drawn);
    assert.deepEqual(reach(given, layers, bins), reached);
  });
}

test("bins are as equal as whole layers can be", () => {
  assert.deepEqual(depthBins(30, 4), [[0, 7], [7, 15], [15, 22], [22, 30]]);
  assert.deepEqual(depthBins(1, 6), [[0, 1]]);
});

for (const { text, folded: expected } of twins.folded) {
  test(`${text} is found without accents`, () => assert.equal(folded(text), expected));
}

const table = (
  /** @type {string} */ title,
  /** @type {number} */ rank,
  /** @type {Record<string, number[]>} */ counts,
  /** @type {string[]} */ unmeasured = [],
) => ({ title, find: `${title} computed 2026`, rank, layers: 1, counts, unmeasured });

test("every word of a search must be there", () => {
  const one = table("uni model", 0, {});
  assert.equal(isFound(one, " Mödel  2026 "), true);
  assert.equal(isFound(one, ""), true);
  assert.equal(isFound(one, "model 2025"), false);
});

test("by share: who has none before those of whom nobody knows; equal ones the newest first", () => {
  const tables = [
    table("unknown", 0, { mixed: [4] }, ["induction"]),
    table("none", 1, { mixed: [4] }),
    table("half", 2, { mixed: [1], induction: [1] }),
    table("half too", 3, { mixed: [2], induction: [2] }),
  ];
  const titles = (/** @type {string} */ by) => ordered(tables, by).map((one) => one.title);
  assert.deepEqual(titles("induction"), ["half", "half too", "none", "unknown"]);
  assert.deepEqual(titles("name"), ["half", "half too", "none", "unknown"]);
  assert.deepEqual(titles("date"), ["unknown", "none", "half", "half too"]);
});

// Where thin segments are pointed at.
import assert from "node:assert/strict";
import test from "node:test";
import { thinBands } from "../../assets/chart/thin-bands.js";

/** @type {[string, number[], [number, number, number][]][]} place, from, to */
const CASES = [
  ["none is thin", [100, 6, 40], []],
  ["one between two: five px either way", [100, 1, 100], [[1, 95, 106]]],
  ["a head of 1,200 on the axis: upwards only", [0.26, 100], [[0, 0, 5.26]]],
  ["at the top of the bar: into the free space above", [0, 100, 0, 2], [[3, 95, 107]]],
  ["a neighbour keeps half of its own", [8, 1, 6], [[1, 4, 12]]],
  ["three side by side share evenly", [20, 1, 1, 1, 20], [
    [1, 15, 15 + 13 / 3],
    [2, 15 + 13 / 3, 15 + 26 / 3],
    [3, 15 + 26 / 3, 28],
  ]],
  ["two apart each have their own", [2, 50, 2, 50], [[0, 0, 7], [2, 47, 59]]],
  ["nothing stands there", [0, 0], []],
];

for (const [name, heights, wanted] of CASES) {
  test(name, () => {
    const found = thinBands(heights);
    assert.deepEqual(found.map(({ place }) => place), wanted.map(([place]) => place));
    found.forEach(({ bottom, top }, at) => {
      assert.ok(Math.abs(bottom - wanted[at][1]) < 1e-9 && Math.abs(top - wanted[at][2]) < 1e-9);
    });
  });
}

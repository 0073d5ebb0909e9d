// The axis of the summed effects.
import assert from "node:assert/strict";
import test from "node:test";
import { heightsOf } from "../../assets/effects/bars.js";

/** @type {(above: number, below: number) => Weight} */
const weight = (above, below) => ({ heads: 1, above, below, differing: 0, strongest: [] });

test("the axis holds the tallest stack of either side, and some room", () => {
  const categories = [
    { name: "induction", total: weight(0, 0), bins: [weight(5, 0), weight(2, -1)] },
    { name: "mixed", total: weight(0, 0), bins: [weight(3, -0.5), weight(4, -1)] },
  ];
  // 5 + 3 and 2 + 4 above, .5 and 1 + 1 below: from -2 to 8, and 4 % of these ten either way
  assert.deepEqual(heightsOf({ bins: [[0, 1], [1, 2]], categories }), [-2.4, 8.4]);
});

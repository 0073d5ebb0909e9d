// The pinned heads: four at most, in a link, and only those that the shown table has.
import assert from "node:assert/strict";
import test from "node:test";
import { pinsOf, readPins, togglePin } from "../../assets/patterns/pins.js";

const MODEL = { name: "m", title: "M", label: "M", stamp: "", layers: 3, heads: 2 };

test("a head is pinned and unpinned, and a fifth is refused", () => {
  assert.deepEqual(togglePin(["0.1"], "2.0"), ["0.1", "2.0"]);
  assert.deepEqual(togglePin(["0.1", "2.0"], "0.1"), ["2.0"]);
  assert.equal(togglePin(["0.0", "0.1", "1.0", "1.1"], "2.0"), null);
  assert.deepEqual(togglePin(["0.0", "0.1", "1.0", "1.1"], "1.1"), ["0.0", "0.1", "1.0"]);
});

test("a link's pins: what is no head is named, and more than four are cut", () => {
  /** @type {string[]} */
  const notes = [];
  assert.deepEqual(readPins("2.1,0.0,2.1", MODEL, notes), ["2.1", "0.0"]);
  assert.deepEqual(notes, []);
  assert.deepEqual(readPins("3.0,1.1,x", MODEL, notes), ["1.1"]);
  assert.deepEqual(readPins("0.0,0.1,1.0,1.1,2.0", MODEL, notes), ["0.0", "0.1", "1.0", "1.1"]);
  assert.deepEqual(notes, [
    "pins=“3.0,1.1,x”: “3.0” is no head of this table.",
    "pins=“0.0,0.1,1.0,1.1,2.0” names 5 heads; the first four are pinned.",
  ]);
});

test("another table keeps the pins that it has", () => {
  const payload = /** @type {Payload} */ (/** @type {unknown} */ (MODEL));
  assert.deepEqual(pinsOf(["2.1", "17.3"], payload), ["2.1"]);
  assert.deepEqual(pinsOf(null, payload), []);
});

// Rows and places of heads, where layers are alike and where they are not.
import assert from "node:assert/strict";
import test from "node:test";
import { payloadOf, twins } from "./twins.js";
import { stepped } from "../../assets/selection/selection.js";
import { markdown } from "../../assets/table/share.js";
import { caption } from "../../assets/views/caption.js";
import * as grids from "../../assets/views/grid.js";

/** @type {{ grid: Grid, names: string[], said: { heads: string, attention: string } }[]} */
const cases = twins.grids;

for (const { grid, names, said } of cases) {
  test(`${grid.layers} layers of ${said.heads} heads`, () => {
    assert.equal(grids.headCount(grid), names.length);
    names.forEach((name, row) => {
      assert.equal(grids.headName(grid, row), name);
      const [layer, head] = grids.parseHead(grids.keyOfName(name));
      assert.equal(grids.rowOf(grid, layer, head), row);
      assert.ok(grids.hasHead(grid, grids.keyOf(layer, head)));
    });
    const all = [...Array(grid.layers).keys()].flatMap((layer) =>
      [...Array(grid.heads).keys()].map((head) => grids.keyOf(layer, head))
    );
    const there = all.filter((key) => grids.hasHead(grid, key));
    assert.deepEqual(there.map(grids.headLabel), names);
    assert.deepEqual([grids.headsText(grid), grids.attentionText(grid)], [
      said.heads,
      said.attention,
    ]);
  });
}

const hybrid = { layers: 12, heads: 4, heads_by_layer: [0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4] };
const uneven = { layers: 3, heads: 8, heads_by_layer: [4, 8, 4] };

test("arrow keys walk over layers without attention, and never out of the map", () => {
  const walk = (
    /** @type {Grid} */ table,
    /** @type {[number, number]} */ from,
    /** @type {[number, number]} */ step,
  ) => grids.keyOf(...grids.neighbour(table, from, step));
  assert.equal(walk(hybrid, [3, 2], [1, 0]), "7.2");
  assert.equal(walk(hybrid, [7, 2], [-1, 0]), "3.2");
  assert.equal(walk(hybrid, [3, 2], [-1, 0]), "3.2");
  assert.equal(walk(hybrid, [11, 2], [1, 0]), "11.2");
  assert.equal(walk(hybrid, [3, 3], [0, 1]), "3.3");
  assert.equal(walk(hybrid, [3, 0], [0, -1]), "3.0");
  assert.equal(walk(uneven, [1, 7], [1, 0]), "2.3"); // the last that it has
  assert.equal(walk({ layers: 2, heads: 3 }, [0, 1], [1, 0]), "1.1");
});

test("the steps of a head's card go from layer to layer that has heads", () => {
  const payload = payloadOf("hybrid");
  assert.equal(stepped({ head: "3.3" }, 1, payload).head, "7.0");
  assert.equal(stepped({ head: "3.0" }, -1, payload).head, "11.3");
});

test("what leaves the page says which layers have attention", () => {
  const told = "3 of 12 layers have attention";
  assert.ok(caption(payloadOf("hybrid"), 3).includes(told));
  const lines = markdown(payloadOf("hybrid"), 3, "http://localhost/", "").split("\n");
  assert.equal(lines[0], "| Made hybrid | [0, 3) | [3, 6) | [6, 9) | [9, 12) |");
  assert.match(lines[2], /^\| [^|]+ \| – \| \d \(/);
  assert.ok(lines.includes("–: no layer with attention."));
  assert.ok(lines.at(-1)?.includes(told));
});

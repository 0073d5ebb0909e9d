// Names of heads, rows of tables, and packed numbers.
import assert from "node:assert/strict";
import test from "node:test";
import { twins } from "./twins.js";
import { readUrl } from "../../assets/page/link.js";
import { headKey, headLabel, keyOfName, parseHead, rowOf } from "../../assets/views/grid.js";
import { unpack } from "../../assets/views/packing.js";

const model = { name: "wide", title: "Wide", label: "Wide", stamp: "1", layers: 48, heads: 25 };

for (const { key, row, label } of twins.heads) {
  test(`head=${key}`, () => {
    const read = readUrl(`?${new URLSearchParams({ head: key })}`, [model], null);
    if (label === null) {
      assert.equal(read.head, null);
      assert.match(read.notes[0], /^head=“.*” is not LAYER\.HEAD with a layer below 48 and a head/);
      return;
    }
    assert.ok(read.head);
    const [layer, head] = parseHead(read.head);
    assert.equal(rowOf(model, layer, head), row);
    assert.equal(headLabel(read.head), label);
    assert.equal(headKey(model, row), read.head);
    assert.equal(keyOfName(label), read.head);
  });
}

for (const { numbers, width, unit, text } of twins.packed) {
  test(`${text}, ${width} digits a number`, () => {
    const found = unpack(text, width, unit);
    assert.equal(found.length, numbers.length);
    found.forEach((number, place) => {
      const sent = numbers[place];
      if (sent === null) assert.ok(Number.isNaN(number));
      else assert.ok(Math.abs(number - sent) <= unit / 2 + 1e-9, `${number}, not ${sent}`);
    });
  });
}

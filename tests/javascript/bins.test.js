// Bins, shares and their printed percentages.
import assert from "node:assert/strict";
import test from "node:test";
import { payloadOf, twins } from "./twins.js";
import { binHeads, defaultWidth, percentHeight, percentText } from "../../assets/views/bins.js";
import { grouped as groups } from "../../assets/views/categories.js";
import { viewOf } from "../../assets/views/catalogue.js";
import { countInterval } from "../../assets/views/intervals.js";
import { binned } from "../../assets/views/drawn.js";

for (const { table, view, width, segments, bins } of twins.bins) {
  test(`table ${table}, ${view}, in bins of ${width} layers`, () => {
    const drawnTable = payloadOf(table, view);
    const drawn = binned(drawnTable, width);
    const places = segments.map((name) => drawn.segments.findIndex((one) => one.name === name));
    assert.equal(places.includes(-1), false);
    const found = drawn.bins.map((bin) => ({
      label: bin.label,
      ...(view === "budget" ? {} : { heads: places.map((place) => bin.counts[place]) }),
      percents: places.map((place) => percentText(bin.tenths[place])),
      ...(view === "budget" ? {} : {
        intervals: places.map((place) => viewOf(drawnTable).interval(drawnTable, bin, place)),
      }),
    }));
    assert.deepEqual(found, bins);
    // What Python does not list has no heads.
    const unlisted = [...drawn.segments.keys()].filter((place) => !places.includes(place));
    assert.ok(drawn.bins.every((bin) => unlisted.every((place) => !bin.counts[place])));
  });
}

for (const { chances, certain, drawn, ends } of twins.intervals) {
  test(`${drawn} heads, ${certain} certain, chances ${chances.join(", ")}`, () => {
    assert.deepEqual(countInterval(chances, certain, drawn), ends);
  });
}

for (const { counts, texts } of twins.percents) {
  test(`percentages of ${counts.join(", ")} heads`, () => {
    const index = counts.flatMap((count, place) => Array(count).fill(place));
    const [bin] = binHeads(index, { layers: 1, heads: index.length }, 1, counts.length);
    assert.deepEqual(bin.counts, counts);
    assert.deepEqual(bin.tenths.map(percentText), texts);
  });
}

test("each head is a member of one segment of one bin", () => {
  const { bins, index } = binned(payloadOf("one"), 4);
  const members = bins.flatMap((bin) => bin.members.flat());
  assert.deepEqual(members.sort((one, other) => one - other), [...index.keys()]);
  assert.deepEqual(bins.map((bin) => bin.total), [28, 28, 21]); // 4, 4 and 3 layers of 7 heads
  bins.forEach((bin) =>
    bin.members.forEach((heads, place) =>
      assert.ok(heads.every((head) => index[head] === place && bin.start <= head / 7))
    )
  );
});

test("a bin of layers without attention has no heads and no shares", () => {
  const { bins } = binned(payloadOf("hybrid"), 3); // heads in layers 3, 7 and 11
  assert.deepEqual(bins.map((bin) => bin.total), [0, 4, 4, 4]);
  assert.deepEqual(new Set(bins[0].tenths.map(percentText)), new Set(["–"]));
  assert.ok(bins[0].parts.every((_, place) => percentHeight(bins[0], place) === 0));
  const layers = binned(payloadOf("hybrid"), 1).bins.map((bin) => bin.total);
  assert.deepEqual(layers, [0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4]);
});

test("a category's group is its segment in the grouped view", () => {
  const detailed = binned(payloadOf("one"), 11).index;
  const grouped = binned(payloadOf("one", "grouped"), 11).index;
  assert.deepEqual(grouped, detailed.map((place) => groups.said.of[place]));
});

test("a quarter of the layers, at least one, is the usual width", () => {
  assert.deepEqual([1, 2, 6, 12, 30, 48, 10].map(defaultWidth), [1, 1, 2, 3, 8, 12, 2]);
});

// What a link says, read against what there is.
import assert from "node:assert/strict";
import test from "node:test";
import "./twins.js";
import { noteList, readUrl } from "../../assets/page/link.js";

const models = ["gpt2-xl-published", "smollm2-135m"].map((name, at) => ({
  name,
  title: name,
  label: name,
  stamp: "1",
  layers: [48, 30][at],
  heads: [25, 9][at],
}));
const read = (/** @type {Record<string, string>} */ query) =>
  readUrl(`?${new URLSearchParams(query)}`, models, "gpt2-xl-published");

const NOTHING = {
  model: "gpt2-xl-published",
  bins: null,
  taxonomy: "detailed",
  show: "count",
  theme: null,
  segment: null,
  head: null,
  thresholds: {},
  compare: null,
  notes: [],
};

test("an empty link is the first table as it is", () => assert.deepEqual(read({}), NOTHING));

test("a link restores everything", () => {
  const state = {
    model: "smollm2-135m",
    bins: "5",
    taxonomy: "grouped",
    show: "percent",
    segment: "15:content",
    head: "18.6",
    theme: "dark",
    t: "induction:0.3",
    compare: "gpt2-xl",
  };
  const { t: _, ...rest } = state;
  assert.deepEqual(read(state), {
    ...rest,
    bins: 5,
    thresholds: { induction: 0.3 },
    compare: "gpt2-xl-published",
    notes: [],
  });
});

const NONSENSE = {
  model: ["../../etc/passwd", "smollm2", "<img src=x onerror=alert(1)>"],
  bins: ["1e9", "0", "49", "-1", "1.5", "", "0x10"],
  taxonomy: ["<b>", "budget", ""],
  show: ["-1", "COUNT"],
  segment: ["x", "12", "12:", "12:nobody", ":induction", "-1:induction", "12:Induction"],
  head: ["99.99", "48.0", "0.25", "1.2.3", "1e1.0"],
  theme: ["pink"],
  t: ["nobody:0.2", "broad:7"],
  compare: ["nobody", "gpt2-xl"],
};

for (const [key, values] of Object.entries(NONSENSE)) {
  for (const value of values) {
    test(`${key}=${value} falls back with a note`, () => {
      const { notes, ...state } = read({ [key]: value });
      assert.deepEqual({ ...state, notes: [] }, NOTHING);
      assert.equal(notes.length, 1);
      assert.ok(notes[0].includes(`“${value}”`), notes[0]);
    });
  }
}

test("a long value is cut in its note", () => {
  const [note] = read({ theme: "x".repeat(1000) }).notes;
  assert.equal(note, `theme=“${"x".repeat(40)}…” is not one of light, dark.`);
});

test("leading zeros are left out", () => {
  const { segment, head, bins } = read({ segment: "012:induction", head: "018.06", bins: "05" });
  assert.deepEqual([segment, head, bins], ["12:induction", "18.6", 5]);
});

test("one note is a sentence, several are a list", () => {
  assert.equal(noteList([]), "");
  assert.equal(noteList(["One."]), "One.");
  const list = /** @type {Component} */ (noteList(["One.", "Two."]));
  assert.equal(list.type, "Ul");
});

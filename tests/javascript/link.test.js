// What a link says, read against what there is.
import assert from "node:assert/strict";
import test from "node:test";
import "./twins.js";
import { movedNote, noteList, readUrl } from "../../assets/page/link.js";

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
  pin: null,
  bins: null,
  taxonomy: "detailed",
  show: "count",
  theme: null,
  segment: null,
  head: null,
  only: [],
  unmeasured: false,
  colour: null,
  thresholds: {},
  prompt: null,
  pins: [],
  compare: null,
  comparePin: null,
  sensitivity: null,
  effects: null,
  scatter: null,
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
    only: "content,sink",
    unmeasured: "1",
    colour: "copying",
    theme: "dark",
    t: "induction:0.3",
    prompt: "ioi",
    pins: "5.1,18.6",
    compare: "gpt2-xl",
  };
  const { t: _, ...rest } = state;
  assert.deepEqual(read(state), {
    ...rest,
    pin: null,
    bins: 5,
    only: ["content", "sink"],
    unmeasured: true,
    thresholds: { induction: 0.3 },
    pins: ["5.1", "18.6"],
    compare: "gpt2-xl-published",
    comparePin: null,
    sensitivity: null,
    effects: null,
    scatter: null,
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
  only: ["nobody", "Induction", "content", "<b>"],
  prompt: ["poem", "IOI", ""],
  unmeasured: ["yes", "2", ""],
  colour: ["category", "induction", ""],
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

test("a link may pin the table by the first digits of its hash", () => {
  const { model, pin, notes } = read({ model: "smollm2-135m@714530974636E49F" });
  assert.deepEqual([model, pin, notes], ["smollm2-135m", "714530974636e49f", []]);
  const short = read({ model: "gpt2-xl@71453097" });
  assert.deepEqual([short.model, short.pin], ["gpt2-xl-published", "71453097"]);
});

test("a link may pin the second table too", () => {
  const wanted = { model: "smollm2-135m", compare: "gpt2-xl@0123456789ABCDEF" };
  const { compare, comparePin, notes } = read(wanted);
  assert.deepEqual([compare, comparePin, notes], ["gpt2-xl-published", "0123456789abcdef", []]);
  const odd = read({ ...wanted, compare: "gpt2-xl@nohash" });
  assert.deepEqual([odd.compare, odd.comparePin], ["gpt2-xl-published", null]);
  assert.deepEqual(odd.notes, [
    "compare=“gpt2-xl@nohash”: what follows the @ is not a hash of 8 to 64 hexadecimal digits.",
  ]);
});

for (const pin of ["7145309", "", "xyz", "0".repeat(65), "71453097 "]) {
  test(`@${pin} is named as no hash, and the table is shown`, () => {
    const { model, pin: read_, notes } = read({ model: `smollm2-135m@${pin}` });
    assert.deepEqual([model, read_, notes.length], ["smollm2-135m", null, 1]);
    assert.match(notes[0], /what follows the @ is not a hash of 8 to 64 hexadecimal digits/);
  });
}

test("a table that was computed again is told to whoever has the old link", () => {
  const payload = (/** @type {string} */ hash) => /** @type {Payload} */ (/** @type {unknown} */ (
    { name: "smollm2-135m", hash, when: "2026-11-26" }
  ));
  const url = read({ model: "smollm2-135m@71453097" });
  assert.equal(movedNote(payload("714530974636e49f"), url), "");
  assert.match(movedNote(payload("0123456789abcdef"), url), /computed again, 2026-11-26/);
  const whole = read({ model: `smollm2-135m@714530974636e49f${"0".repeat(48)}` });
  assert.equal(movedNote(payload("714530974636e49f"), whole), "");
  assert.equal(movedNote(payload("0123456789abcdef"), read({ model: "smollm2-135m" })), "");
});

test("a damaged table is said to be damaged", () => {
  const reason = "table 'broken' is damaged: its rows are not those written";
  const problems = [{ name: "broken", reason }];
  const { model, notes } = readUrl("?model=broken", models, "gpt2-xl-published", problems);
  assert.equal(model, "gpt2-xl-published");
  assert.deepEqual(notes, [
    `The table “broken” cannot be shown: ${reason}. gpt2-xl-published is shown.`,
  ]);
});

test("a head that other layers have, or none: the note says so", () => {
  const hybrid = {
    ...models[0],
    name: "hybrid",
    layers: 4,
    heads: 8,
    heads_by_layer: [4, 0, 0, 8],
  };
  const noted = (/** @type {string} */ head) =>
    readUrl(`?${new URLSearchParams({ head })}`, [hybrid], null).notes[0];
  assert.equal(noted("3.7"), undefined);
  assert.match(noted("0.4"), /; layer 0 has 4 heads\.$/);
  assert.match(noted("1.0"), /; layer 1 has no attention\.$/);
  assert.match(noted("4.0"), /and a head below 8\.$/);
});

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

test("the drawers of uncertainty are in the link, and nonsense in it is named", () => {
  const { sensitivity, scatter, notes } = read({ sensitivity: "broad", scatter: "entropy:broad" });
  assert.deepEqual([sensitivity, scatter], ["broad", null]);
  assert.equal(notes.length, 1);
  assert.match(
    String(notes[0]),
    /^scatter=“entropy:broad” is not SCORE:SCORE with two of induction/,
  );
  assert.equal(read({ scatter: "entropy:induction" }).scatter, "entropy:induction");
  const weighed = "induction:effect_repeated";
  assert.equal(read({ scatter: weighed }).scatter, weighed);
  assert.match(
    String(read({ sensitivity: "mixed" }).notes[0]),
    /^sensitivity=“mixed” is not one of/,
  );
});

// The labels of an attention pattern's tokens, and what is said of it.
import assert from "node:assert/strict";
import test from "node:test";
import { patternNote, tokenLabel } from "../../assets/selection/pattern.js";

test("a token is cut as text, not as markup", () => {
  assert.equal(tokenLabel("<|im_start|>"), "&lt;|im_start…"); // 10 of 12 characters
  assert.equal(tokenLabel("&"), "&amp;");
});

test("spaces and breaks are tokens too, and only a first space is a sign", () => {
  assert.equal(tokenLabel(" a\n"), "␣a⏎");
  assert.equal(tokenLabel("a b"), "a b");
  assert.equal(tokenLabel("\t"), "⇥");
});

test("an emoji is not cut in half", () =>
  assert.equal(tokenLabel("👩".repeat(12)), `${"👩".repeat(10)}…`));

test("the note tells of the second copy where there is one", () => {
  const probes = {
    repeated: { tokens: [..."^abcdabcd"], sentence: "random tokens, twice", weights: "" },
    natural: { tokens: [..."^abcdefgh"], sentence: "natural text", weights: "" },
  };
  const packed = { head: "18.6", probes, why: "" };
  const note = patternNote(packed, "repeated");
  assert.ok(note.startsWith("L18.H6 on one prompt of random tokens, twice: 9 tokens. The dotted"));
  assert.ok(!patternNote(packed, "natural").includes("dotted"));
  assert.equal(patternNote({ ...packed, why: "None is stored." }, "natural"), "None is stored.");
});

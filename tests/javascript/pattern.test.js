// The labels of an attention pattern's tokens, and what is said of it.
import assert from "node:assert/strict";
import test from "node:test";
import { around, scaleTop, shade, strongest } from "../../assets/selection/attention.js";
import { patternNote, scaleTexts } from "../../assets/selection/pattern.js";
import { tokenWords } from "../../assets/selection/strip.js";
import { directionOf, queryToKey, tokenLabel } from "../../assets/selection/tokens.js";

// A prompt whose every weight is 1/255 but the first column's, which are 1.
/** @param {string[]} tokens */
function made(tokens) {
  const bytes = tokens.map((_, query) => "\u00ff" + "\u0001".repeat(query)).join("");
  return { label: "A text", tokens, sentence: "a text", weights: btoa(bytes) };
}

// Four tokens: the last looks half at the first, 0.3 at token 1, 0.2 at itself.
const ROWS = [[1], [0.9, 0.1], [0.6, 0.4, 0], [0.5, 0.3, 0, 0.2]];

test("the scale ends at the largest weight outside the first column", () => {
  assert.equal(scaleTop(ROWS), 0.4);
  assert.equal(scaleTop([[1], [1, 0], [0.99, 0, 0.01]]), 0.05); // all rests on the first token
  assert.equal(shade(0.1, 0.4), 0.5); // a quarter of the weight, half of the colour
  assert.equal(shade(0.9, 0.4), 1);
  const packed = { head: "1.1", probes: { code: made([..."^abc"]) }, skipped: {}, why: "" };
  const [marks, told] = scaleTexts(packed, "code");
  assert.deepEqual(marks, ["0", "0", "0.01", "0.03", "0.05"]);
  assert.equal(
    told,
    "Darkest from 0.05 on: the largest weight outside the first column, which reaches 1.00.",
  );
});

test("a token's row is where it looks, its column who looks at it", () => {
  assert.deepEqual(around(ROWS, 1), { looks: [0.9, 0.1, 0, 0], looked: [0, 0.1, 0.4, 0.3] });
  assert.deepEqual(strongest([0.1, 0.04, 0.5, 0.2, 0.3]), [2, 4, 3]); // three, none below 0.05
  const words = tokenWords(["<s>", " Mary", "\n", " to"], ROWS, 1).replace(/[\u2068\u2069]/g, "");
  assert.equal(
    words,
    "Mary (token 1) looks at <s> 0.90, Mary 0.10. Looked at by ⏎ 0.40, to 0.30.",
  );
});

test("a prompt is read in the direction of most of its tokens, whatever the first one is", () => {
  assert.equal(directionOf(["<|endoftext|>", "ق", "ر", "أ·1/2", "."]), "rtl");
  assert.equal(directionOf(["<s>", "When", " שלום", " Mary"]), "ltr");
});

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

test("the arrow points from query to key between words of either direction", () => {
  // Each word is isolated (U+2068 … U+2069), so that the arrow keeps the line's direction.
  assert.equal(queryToKey("שלום", "עולם"), "\u2068שלום\u2069 → \u2068עולם\u2069");
});

test("the second copy is found behind two first tokens too", () => {
  const probes = {
    repeated: made([..."^<abcdabcd"]),
  };
  assert.ok(
    patternNote({ head: "1.1", probes, skipped: {}, why: "" }, "repeated").includes("dotted"),
  );
});

test("the note tells of the second copy where there is one", () => {
  const probes = {
    repeated: made([..."^abcdabcd"]),
    natural: made([..."^abcdefgh"]),
  };
  const packed = { head: "18.6", probes, skipped: {}, why: "" };
  const note = patternNote(packed, "repeated");
  assert.ok(note.startsWith("L18.H6 on one prompt: a text; 9 tokens. The dotted"));
  assert.ok(!patternNote(packed, "natural").includes("dotted"));
  assert.equal(patternNote({ ...packed, why: "None is stored." }, "natural"), "None is stored.");
});

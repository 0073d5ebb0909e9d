// What the controls find, say and leave out.
import { deepEqual as same } from "node:assert/strict";
import test from "node:test";
import { mapHeight, tickStep } from "../../assets/chart/headmap.js";
import { linesHelp } from "../../assets/chart/overlays.js";
import { matching } from "../../assets/fields/matching.js";
import { binsText, unitText } from "../../assets/fields/widths.js";

const choices = [
  { value: "deep-1", label: "Ünï mödel · computed 2026-11-01" },
  { value: "gpt2-xl-published", label: "GPT-2 XL · published 2024-08-18" },
  { value: "gpt2", label: "GPT-2 small · computed 2026-11-01" },
];
/** @param {string} typed */
const found = (typed) => matching(choices, typed).map(({ value }) => value);

test("typing finds words in any order, without accents or case, and by the stored name", () => {
  same(found("model"), ["deep-1"]);
  same(found("MÖDEL uni"), ["deep-1"]);
  same(found("deep"), ["deep-1"]);
  same(found("xl gpt"), ["gpt2-xl-published"]);
  same(found("  "), ["deep-1", "gpt2-xl-published", "gpt2"]);
  same(found("llama"), []);
});

test("a width is told with the number of bins", () => {
  same(binsText(8, 30), "8 layers, 4 bins");
  same(binsText(1, 1), "1 layer, 1 bin");
  same(unitText(12, 48), "layers, 4 bins");
});

test("lines of bins do not cover the cells", () => {
  same(linesHelp(30, 1, 660), false); // the cells' own gaps
  same(linesHelp(200, 2, 500), false); // 5 px a bin
  same(linesHelp(200, 3, 500), true);
});

test("every row of a small map has its number; those of a large one do not touch", () => {
  same(tickStep(26, 17), 1);
  same(tickStep(7.5, 17), 4);
  same(tickStep(1.5, 17), 16); // 128 heads
});

test("a map fits beside bars and controls, and its cells can be hit however many there are", () => {
  const screen = /** @type {any} */ (globalThis);
  screen.window = { innerHeight: 720 };
  /** @param {number} layers @param {number} heads */
  const height = (layers, heads) => mapHeight(/** @type {any} */ ({ layers, heads }), 1200);
  same(height(48, 25), 190); // GPT-2 XL
  same(height(2, 2), 102); // two heads in two layers
  same(height(126, 128), 128 * 6 + 46); // Llama 3.1 405B
  delete screen.window;
});

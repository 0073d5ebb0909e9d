// Two tables by depth.
import assert from "node:assert/strict";
import test from "node:test";
import { payloadOf, twins } from "./twins.js";
import { binsOfBoth, bothByDepth, depthText } from "../../assets/compare/depth.js";
import { pointsText } from "../../assets/compare/differences.js";
import { definitions } from "../../assets/views/definitions.js";

const sizes = (
  /** @type {number} */ layers,
) => /** @type {Compared & Payload} */ (/** @type {unknown} */ ({ layers, heads: 1 }));

for (const { layers, width, others, labels } of twins.depths) {
  test(`bins of ${width} of ${layers} layers beside ${others} layers`, () => {
    const bins = binsOfBoth(sizes(layers), sizes(others), width);
    const edges = [...Array(bins).keys()];
    const found = edges.map((at) => depthText({ from: at / bins, to: (at + 1) / bins }));
    assert.deepEqual(found, labels);
  });
}

for (const { compared: sent, segments, widths } of twins.compared) {
  const compared = /** @type {Compared} */ (/** @type {unknown} */ (sent));
  test(`shares of ${compared.model} and ${compared.other} by depth: ${compared.as}`, () => {
    assert.deepEqual(definitions.views[compared.as].segments.map((one) => one.name), segments);
    for (const { width, labels, one, other } of widths) {
      const payload = payloadOf(compared.model, compared.as);
      const bins = binsOfBoth(payload, compared, width);
      const found = bothByDepth(payload, compared, bins);
      assert.deepEqual(found[0].map(depthText), labels);
      [one, other].forEach((shares, side) =>
        shares.flat().forEach((share, at) => {
          const drawn = found[side].flatMap((bin) => bin.shares)[at];
          if (share === null) assert.ok(Number.isNaN(drawn)); // a bin without heads
          else assert.ok(Math.abs(drawn - share) < 2e-6, `width ${width}: ${drawn}, not ${share}`);
        })
      );
    }
  });
}

test("differences in percentage points", () => {
  for (const { step, text } of twins.points) {
    assert.equal(pointsText(step), text.replace(" pp", ""));
  }
});

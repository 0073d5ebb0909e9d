// The shown table's heads, unpacked once: one number a head, layer-major.
import { MARGIN_UNIT, MARGIN_WIDTH, SCORE_UNIT, unpack } from "./packing.js";

const unpacked = new WeakMap();

// {score, error, margin, borderline, runnerUp, detailed}: one number a head, layer-major.
export function headsOf(payload) {
  if (!unpacked.has(payload)) {
    unpacked.set(payload, {
      detailed: unpack(payload.detailed, 1),
      runnerUp: unpack(payload.runner_up, 1),
      borderline: unpack(payload.borderline, 1),
      score: unpack(payload.score, 2, SCORE_UNIT),
      error: unpack(payload.error, 2, SCORE_UNIT),
      margin: unpack(payload.margin, MARGIN_WIDTH, MARGIN_UNIT),
    });
  }
  return unpacked.get(payload);
}

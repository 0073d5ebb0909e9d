"use strict";
// The shown table, unpacked once (app/page/payload.py packs it).
window.headstrata = window.headstrata || {};

headstrata.SCORE_UNIT = 1e-3;
headstrata.MARGIN_UNIT = 1e-2;
headstrata.MARGIN_WIDTH = 4;

// Fixed-width base-36 numbers; "~" is a missing one.
headstrata.unpack = function (text, width, unit = 1) {
  return Array.from({ length: text.length / width }, (_, place) => {
    const digits = text.substr(place * width, width);
    return digits[0] === "~" ? NaN : parseInt(digits, 36) * unit;
  });
};

const unpacked = new WeakMap();

// {score, error, margin, borderline, runnerUp, detailed}: one number a head, layer-major.
headstrata.heads = function (payload) {
  if (!unpacked.has(payload)) {
    const { unpack, SCORE_UNIT, MARGIN_UNIT, MARGIN_WIDTH } = headstrata;
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
};

headstrata.headName = (payload, head) =>
  `L${Math.floor(head / payload.heads)}.H${head % payload.heads}`;

// "0.78 ± 0.01"; without an error when none is known.
headstrata.scoreText = function (score, error) {
  if (!Number.isFinite(score)) return "";
  const value = score.toFixed(2);
  if (!Number.isFinite(error)) return value;
  return error < 0.005 ? `${value} ± <0.01` : `${value} ± ${error.toFixed(2)}`;
};

headstrata.plural = (count, noun) =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

// Plotly reads a few HTML tags in texts: a model's title is data, not markup.
headstrata.plain = (text) =>
  String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

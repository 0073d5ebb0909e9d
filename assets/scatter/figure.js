// One point a head, by two of its scores or measures, in its category's colour.
import { endsOf, isRooted, placeOf, rootTicks } from "./scale.js";
import { colour, paint, tinted } from "../chart/theme.js";
import { categories, definitions } from "../views/definitions.js";
import { headKey, headName } from "../views/grid.js";
import { headsOf } from "../views/heads.js";
import { axisTitle, columnLabel, isMeasure, numbersOf, valueText } from "../views/measures.js";
import { readThresholds } from "../views/thresholds.js";

/** The thresholds that rest on a score. @param {Payload} payload @param {string} score */
export function thresholdsOf(payload, score) {
  const changed = readThresholds(payload.t, definitions.thresholds, []);
  return Object.entries(definitions.scoreOf)
    .filter(([, of]) => of === score)
    .map(([name]) => changed[name] ?? definitions.thresholds[name]);
}

/**
 * The heads that have both.
 * @param {TwoScores} scores @param {Payload} payload
 */
export function pointsOf(scores, payload) {
  const [x, y, ex, ey] = [scores.x, scores.y, scores.x_se, scores.y_se].map(numbersOf);
  const { detailed } = headsOf(payload);
  const rows = [...x.keys()].filter((row) => Number.isFinite(x[row]) && Number.isFinite(y[row]));
  return { x, y, ex, ey, detailed, rows };
}

/** @param {TwoScores} scores @param {Payload} payload @param {HeadKey | null} chosen */
export function scoresFigure(scores, payload, chosen) {
  const { x, y, ex, ey, detailed, rows } = pointsOf(scores, payload);
  const sides = scores.of.split(":");
  /** @param {number[]} heads @param {Plotly} more */
  const points = (heads, more) => ({
    type: "scatter",
    mode: "markers",
    x: heads.map((row) => placeOf(sides[0], x[row])),
    y: heads.map((row) => placeOf(sides[1], y[row])),
    customdata: heads.map((row) => [
      headKey(payload, row),
      endsOf(sides[0], x[row], ex[row]),
      endsOf(sides[1], y[row], ey[row]),
    ]),
    text: heads.map((row) =>
      `<b>${headName(payload, row)}</b>  ${categories()[detailed[row]].label}<br>` +
      `${columnLabel(sides[0])}: ${valueText(sides[0], x[row], ex[row])}<br>` +
      `${columnLabel(sides[1])}: ${valueText(sides[1], y[row], ey[row])}`
    ),
    hovertemplate: "%{text}<extra></extra>",
    ...more,
  });
  const one = rows.filter((row) => headKey(payload, row) === chosen);
  /** @param {string} name @param {number[]} values @param {number[]} errors */
  const bars = (name, values, errors) => ({
    type: "data",
    symmetric: false,
    array: one.map((row) => barOf(name, values[row], errors[row])[1]),
    arrayminus: one.map((row) => barOf(name, values[row], errors[row])[0]),
    color: colour("ink"),
    thickness: 1.5,
    width: 4,
  });
  return {
    data: [
      ...categories().flatMap((segment, place) => {
        const own = rows.filter((row) => detailed[row] === place);
        const marker = {
          size: 8,
          color: paint(segment).colour,
          line: { width: 0.7, color: colour("surface") },
        };
        return own.length ? [points(own, { name: segment.label, marker })] : [];
      }),
      points(one, {
        error_x: bars(sides[0], x, ex),
        error_y: bars(sides[1], y, ey),
        marker: { size: 14, symbol: "circle-open", color: colour("ink"), line: { width: 2 } },
      }),
    ],
    layout: scoresLayout(
      scores,
      payload,
      rows.map((row) => placeOf(sides[0], x[row])),
      rows.map((row) => placeOf(sides[1], y[row])),
    ),
  };
}

/** Lengths below and above, as drawn. @param {string} name @param {number} value @param {number} error */
function barOf(name, value, error) {
  const at = placeOf(name, value);
  const [low, high] = endsOf(name, value, error) ?? [at, at];
  return [at - low, high - at];
}

/**
 * From below the smallest to above the largest; 0 is there. A score's axis is as long as its
 * threshold needs and ends at 1.
 * @param {string} name @param {number[]} values - as drawn @param {number[]} thresholds
 * @returns {[number, number]}
 */
export function rangeOf(name, values, thresholds) {
  if (isMeasure(name)) {
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const room = 0.05 * (high - low || 1);
    return [low - room, high + room];
  }
  const last = Math.min(1, 1.05 * Math.max(0.1, ...values, ...thresholds));
  return [-0.02 * last, 1.02 * last];
}

/**
 * @param {TwoScores} scores @param {Payload} payload @param {number[]} x @param {number[]} y
 */
function scoresLayout(scores, payload, x, y) {
  const sides = scores.of.split(":");
  const line = { color: colour("ink-2"), width: 1.5, dash: "dot" };
  /** @param {string} name @param {number[]} values */
  const axis = (name, values) => {
    const range = rangeOf(name, values, thresholdsOf(payload, name));
    const ticks = isRooted(name) ? rootTicks(range) : null;
    return {
      title: { text: axisTitle(name), standoff: 8, font: { size: 12 } },
      range,
      fixedrange: true,
      ...(isMeasure(name) && { zeroline: true, zerolinecolor: colour("ink-2"), zerolinewidth: 1 }),
      ...(ticks && {
        tickvals: ticks.map((value) => placeOf(name, value)),
        ticktext: ticks.map((value) => `${value}`.replace("-", "−")),
      }),
    };
  };
  return {
    template: tinted(definitions.figures.detailed.chart.layout.template),
    autosize: true,
    showlegend: false,
    hovermode: "closest",
    clickmode: "event",
    dragmode: false,
    margin: { l: 58, r: 12, t: 12, b: 46 },
    shapes: [
      ...thresholdsOf(payload, sides[0]).map((at) => (
        { type: "line", x0: at, x1: at, yref: "paper", y0: 0, y1: 1, layer: "below", line }
      )),
      ...thresholdsOf(payload, sides[1]).map((at) => (
        { type: "line", y0: at, y1: at, xref: "paper", x0: 0, x1: 1, layer: "below", line }
      )),
    ],
    xaxis: axis(sides[0], x),
    yaxis: axis(sides[1], y),
  };
}

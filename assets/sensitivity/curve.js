// The curve: heads in a category over its threshold, a step every hundredth.
import { colour, paint, tinted } from "../chart/theme.js";
import { categoryNamed, definitions } from "../views/definitions.js";
import { plural } from "../views/phrases.js";
import { thresholdDigits } from "../views/thresholds.js";

/** @param {number} place */
export const thresholdAt = (place) => (place + 1) / 100;

/** @param {Sensitivity} curve @param {number} now - the threshold in force */
export function curveFigure(curve, now) {
  const segment = categoryNamed(curve.category);
  const usual = definitions.thresholds[curve.category];
  /** @param {number} x @param {string} shown @param {string} [dash] */
  const mark = (x, shown, dash) => ({
    type: "line",
    x0: x,
    x1: x,
    yref: "paper",
    y0: 0,
    y1: 1,
    line: { color: colour(shown), width: dash ? 1.5 : 2, dash },
  });
  /** @param {number} x @param {string} text @param {string} shown @param {number} y */
  const label = (x, text, shown, y) => ({
    x,
    y,
    yref: "paper",
    yanchor: "bottom",
    text,
    showarrow: false,
    xanchor: x > 0.8 ? "right" : "left",
    font: { size: 12, color: colour(shown) },
  });
  const changed = now !== usual;
  const x = curve.counts.map((_, place) => thresholdAt(place));
  return {
    data: [{
      type: "scatter",
      mode: "lines",
      x,
      y: curve.counts,
      line: { color: paint(segment).colour, width: 2.5, shape: "hv" },
      fill: "tozeroy",
      fillcolor: `${paint(segment).colour}33`,
      text: x.map((one, place) =>
        `${thresholdDigits(one)}: ${plural(curve.counts[place], "head")}`
      ),
      hovertemplate: "threshold %{text}<extra></extra>",
    }],
    layout: {
      template: tinted(definitions.figures.detailed.chart.layout.template),
      autosize: true,
      showlegend: false,
      hovermode: "x",
      clickmode: "event",
      dragmode: false,
      margin: { l: 58, r: 12, t: 36, b: 46 },
      shapes: [
        mark(usual, "ink-2", "dot"),
        ...(changed ? [mark(now, "accent")] : []),
      ],
      annotations: [
        label(usual, `default ${thresholdDigits(usual)}`, "ink-2", 1),
        ...(changed ? [label(now, `now ${thresholdDigits(now)}`, "accent", 1.07)] : []),
      ],
      xaxis: {
        title: { text: `Threshold of ${segment.label}`, standoff: 8 },
        range: [0, 1],
        dtick: 0.1,
        fixedrange: true,
      },
      yaxis: {
        title: { text: "# heads" },
        rangemode: "tozero",
        fixedrange: true,
        ...(Math.max(...curve.counts) < 6 && { dtick: 1, range: [0, 6] }),
      },
    },
  };
}

// Two tables of one model, head by head.
import { colour, tinted } from "../chart/theme.js";
import { categories, definitions } from "../views/definitions.js";
import { headKey, headLabel } from "../views/grid.js";
import { SCORE_UNIT, unpack } from "../views/packing.js";
import { escapeHtml } from "../views/phrases.js";

// One point a head: its score here against there. Heads whose category differs stand out.
/** @param {Pairs} pairs */
export function scatterFigure(pairs) {
  const places = unpack(pairs.places, 3);
  const read = {
    key: places.map((row) => headKey(pairs, row)),
    one: unpack(pairs.one, 2, SCORE_UNIT),
    other: unpack(pairs.other, 2, SCORE_UNIT),
    categories: pairs.categories.map((text) => unpack(text, 1)),
    differs: unpack(pairs.differs, 1),
  };
  const [before, after] = read.categories;
  /** @param {number} place */
  const label = (place) => categories()[place].label;
  /** @param {number} at */
  const differs = (at) => read.differs[at] === 1;
  const all = [...read.one.keys()];
  /** @param {string} name @param {number[]} heads @param {Plotly} marker */
  const trace = (name, heads, marker) => ({
    type: "scatter",
    mode: "markers",
    name,
    x: heads.map((at) => read.one[at]),
    y: heads.map((at) => read.other[at]),
    customdata: heads.map((at) => read.key[at]),
    text: heads.map(
      (at) =>
        `<b>${headLabel(read.key[at])}</b>  ${read.one[at].toFixed(2)} → ` +
        `${read.other[at].toFixed(2)}<br>${label(before[at])} → ${label(after[at])}`,
    ),
    hovertemplate: "%{text}<extra></extra>",
    marker,
  });
  const same = all.filter((at) => !differs(at));
  return {
    data: [
      trace("Agree", same, { size: 6, color: colour("line-strong"), opacity: 0.55 }),
      trace("Disagree", all.filter(differs), {
        size: 8,
        symbol: "diamond",
        color: colour("accent"),
        line: { width: 1, color: colour("surface") },
      }),
    ],
    layout: scatterLayout(pairs, [...read.one, ...read.other]),
  };
}

// Both axes end where the largest score does: low scores too are told apart.
/** @param {Pairs} pairs @param {number[]} scores */
function scatterLayout(pairs, scores) {
  /**
   * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
   * @param {string} [dash]
   */
  const line = (x0, y0, x1, y1, dash) => ({
    type: "line",
    x0,
    y0,
    x1,
    y1,
    layer: "below",
    line: { color: colour("line-strong"), width: 1, dash },
  });
  const end = Math.min(1, 1.06 * Math.max(0.1, ...scores.filter(Number.isFinite)));
  const guides = (pairs.thresholds || []).flatMap((threshold, side) => {
    if (threshold >= end) return [];
    return side
      ? line(0, threshold, end, threshold, "dot")
      : line(threshold, 0, threshold, end, "dot");
  });
  /** @param {string} name */
  const axis = (name) => ({
    title: { text: escapeHtml(name), standoff: 8, font: { size: 12 } },
    range: [-0.02 * end, 1.02 * end],
    dtick: end > 0.5 ? 0.2 : end > 0.25 ? 0.1 : 0.05,
    fixedrange: true,
  });
  return {
    template: tinted(definitions.figures.detailed.chart.layout.template),
    autosize: true,
    showlegend: true,
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { size: 12 } },
    hovermode: "closest",
    clickmode: "event",
    dragmode: false,
    margin: { l: 54, r: 10, t: 34, b: 50 },
    shapes: [line(0, 0, end, end), ...guides],
    xaxis: axis(pairs.names[0]),
    yaxis: axis(pairs.names[1]),
  };
}

// What scripts and tests outside ask of a running page: all that is on window.headstrata.
import { MARGINS, plotBox, plotted } from "../chart/geometry.js";
import { byId } from "../dash/dom.js";

export function isDrawn() {
  return Boolean(plotted(document)?.data?.length);
}

// What is drawn, for scripts and tests: title, bins, and by category heights and texts.
export function chart() {
  const { data, layout } = plotted(byId("head-chart"));
  return {
    title: layout.meta ? layout.meta.title : "",
    x: layout.xaxis.title ? layout.xaxis.title.text : "",
    y: layout.yaxis.title ? layout.yaxis.title.text : "",
    data: data.filter(isBar).map((trace) => ({
      name: trace.meta,
      heights: trace.y,
      texts: trace.text,
      bins: customColumn(trace, 0),
      percents: customColumn(trace, 2),
    })),
  };
}

/** @param {Plotly} trace */
const isBar = (trace) => trace.customdata; // not the lines drawn over them

/** @param {Plotly} trace @param {number} place @returns {string[]} */
const customColumn = (trace, place) =>
  trace.customdata.map((/** @type {string[]} */ bin) => bin[place]);

// The middle of a segment or a cell, in px of the window.
/** @param {number} start @param {string} name */
export function segmentCentre(start, name) {
  const graph = byId("head-chart");
  const { data, layout } = plotted(graph);
  const frame = graph.getBoundingClientRect();
  const box = plotBox(graph);
  const bin = customColumn(data[0], 0).findIndex((label) => label.startsWith(`[${start},`));
  const place = data.findIndex((trace) => trace.meta === name);
  const below = data.slice(0, place).reduce((sum, trace) => sum + trace.y[bin], 0);
  const [, top] = layout.yaxis.range;
  const [low, high] = layout.xaxis.range;
  return [
    frame.left + MARGINS.left + ((data[0].x[bin] - low) / (high - low)) * box.width,
    frame.top + MARGINS.top + box.height * (1 - (below + data[place].y[bin] / 2) / top),
  ];
}

/** @param {number} layer @param {number} head */
export function cellCentre(layer, head) {
  const frame = /** @type {Element} */ (document.querySelector(".map-overlay"))
    .getBoundingClientRect();
  const cells = plotted(byId("head-map")).data[0];
  return [
    frame.left + (frame.width * (layer + 0.5)) / cells.x.length,
    frame.top + (frame.height * (head + 0.5)) / cells.y.length,
  ];
}

export { plotted };

// Without the page: for tests that have no other way to them.
export { legendNames, pictureFigure } from "../chart/picture.js";
export { inkScale } from "../selection/pattern.js";
export { headName } from "../views/grid.js";
export { nearness } from "../views/nearness.js";
export { byScore } from "../views/scores.js";
export { binned, segmentation } from "../views/drawn.js";

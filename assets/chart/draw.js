// The chart is drawn by Dash's callback, past it while the bin width is dragged, and for paper:
// each by draw().
import { chartFigure } from "./bars.js";
import { plotBox, plotted } from "./geometry.js";
import { canSketch, sketch, unsketch } from "./sketch.js";
import { placeBinLines } from "./overlays.js";
import { readingText } from "./reading.js";
import { plot } from "./plot.js";
import { drawAgain } from "./viewport.js";
import { byId } from "../dash/dom.js";
import { debounce, forget } from "../dash/timing.js";

const chart = () => byId("head-chart");

/** @type {Plotted | null} */
let watched = null;
/** @type {ChartState | null} the state of the chart that is drawn now */
let drawn = null;

export const drawnChart = () => drawn;

// {data, layout} of a state: {payload, show, width, selection: {segment, only}, box}.
/** @param {ChartState} state */
export function draw(state) {
  if (!drawn) watchFrame();
  drawn = state;
  whenPlotted();
  placeBinLines(state.payload, state.width);
  byId("chart-reading").textContent = readingText(state);
  return chartFigure(state);
}

// The drawn chart with changes, at once and past Dash.
/** @param {Partial<ChartState>} changes */
export function redraw(changes) {
  if (!drawn || !plotted(chart())) return;
  const { data, layout } = draw({ ...drawn, ...changes });
  window.Plotly.react(plotted(chart()), data, layout);
}

// The drawn chart in another width, as often as a thumb moves. Plotly draws it once the thumb is
// let go, or a key has rested: the time that it takes would hold up a drag.
/** @param {number} width */
export function follow(width) {
  if (!drawn || !plotted(chart())) return;
  const state = { ...drawn, width };
  if (!canSketch(state)) return redraw({ width });
  drawn = state;
  placeBinLines(state.payload, width);
  byId("chart-reading").textContent = readingText(state);
  sketch(chart(), state);
  debounce("chart", () => redraw({}));
}

// Plotly is about to draw what is drawn now, for Dash or for redraw: then no sketch is needed.
function whenPlotted() {
  forget("chart");
  const graph = plotted(chart());
  if (!graph || graph === watched) return;
  watched = graph;
  graph.on("plotly_afterplot", () => unsketch(chart()));
}

export const chartBox = () => plotBox(chart());

// Which texts fit was reckoned for another size: the chart's frame changed after it was drawn.
function watchFrame() {
  new ResizeObserver(() => {
    const now = chartBox();
    if (drawn?.box.width === now.width && drawn?.box.height === now.height) return;
    debounce("viewport", () => drawAgain(now));
  }).observe(chart());
}

// Into the canvas (app/page/graphs.py) of this name: where nobody clicks.
/** @param {string} name @param {Figure} figure */
export function drawIn(name, figure) {
  const [place] = byId(name).children;
  plot(place, figure);
}

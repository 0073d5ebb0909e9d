// The chart is drawn by Dash's callback, past it while the bin width is dragged, and for paper:
// each by draw().
import { chartFigure } from "./bars.js";
import { plotBox, plotted } from "./geometry.js";
import { placeBinLines } from "./overlays.js";
import { drawAgain } from "./viewport.js";
import { byId } from "../dash/dom.js";
import { debounce } from "../dash/timing.js";
import { definitions } from "../views/definitions.js";

const chart = () => byId("head-chart");

/** @type {ChartState | null} the state of the chart that is drawn now */
let drawn = null;

export const drawnChart = () => drawn;

// {data, layout} of a state: {payload, show, width, selection: {segment, only}, box}.
/** @param {ChartState} state */
export function draw(state) {
  if (!drawn) watchFrame();
  drawn = state;
  placeBinLines(state.payload, state.width);
  return chartFigure(state);
}

// The drawn chart with changes, at once: a round of Dash's callbacks would cost a slider's step
// some 30 ms, as much as plotly needs to draw.
/** @param {Partial<ChartState>} changes */
export function redraw(changes) {
  if (!drawn) return;
  const { data, layout } = draw({ ...drawn, ...changes });
  window.Plotly.react(plotted(chart()), data, layout);
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

/** @type {ResizeObserver | null} */
let resized = null;

// Into the canvas (app/page/graphs.py) of this name: where nobody clicks, without dcc.Graph.
/** @param {string} name @param {Figure} figure */
export function drawIn(name, { data, layout }) {
  resized = resized || new ResizeObserver(fit);
  const [place] = byId(name).children;
  window.Plotly.react(place, data, layout, definitions.config);
  resized.observe(place);
}

/** @param {ResizeObserverEntry[]} entries */
function fit(entries) {
  entries.forEach(({ target }) => {
    const graph = /** @type {Plotted} */ (target);
    if (graph.data && graph.clientWidth) window.Plotly.Plots.resize(graph);
  });
}

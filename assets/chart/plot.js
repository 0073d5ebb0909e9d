// Figures in a place of the page: drawn, and as large as it.
import { definitions } from "../views/definitions.js";

/** @type {ResizeObserver | null} */
let resized = null;

/** @type {WeakMap<Element, string>} */
const drawnSize = new WeakMap();

// Once plotly is there: its script waits for none and holds none up (app/page/first/scripts.py).
/** @param {() => void} run */
export function whenPlotly(run) {
  if (window.Plotly) run();
  else document.getElementById("plotly")?.addEventListener("load", run, { once: true });
}

/** @param {Element} place */
const sizeOf = (place) => `${place.clientWidth} x ${place.clientHeight}`;

// A figure as large as its place, now and when that changes. Plotly writes into a layout.
/** @param {Element} place @param {Figure} figure */
export function plot(place, { data, layout }) {
  whenPlotly(() => plotNow(place, { data, layout }));
}

/** @param {Element} place @param {Figure} figure */
function plotNow(place, { data, layout }) {
  resized = resized || new ResizeObserver(fit);
  drawnSize.set(place, sizeOf(place));
  const own = { ...structuredClone(layout), autosize: true };
  window.Plotly.react(place, data, own, definitions.config);
  resized.observe(place);
}

// The first call, when a place begins to be observed, tells of no change.
/** @param {ResizeObserverEntry[]} entries */
function fit(entries) {
  entries.forEach(({ target }) => {
    const graph = /** @type {Plotted} */ (target);
    if (!graph.data || !graph.clientWidth || drawnSize.get(graph) === sizeOf(graph)) return;
    drawnSize.set(graph, sizeOf(graph));
    window.Plotly.Plots.resize(graph);
  });
}

// One standard error either way of the head that is pointed at, drawn over the figure: a redraw
// would take its hover away.
import { byId } from "../dash/dom.js";

const THICK = 2; // px

/** @param {Plotted} graph @param {GraphPoint} point */
export function showErrors(graph, point) {
  const { margin, xaxis, yaxis } = graph.layout;
  const [, errorX, errorY] = point.customdata;
  const wide = graph.clientWidth - margin.l - margin.r;
  const high = graph.clientHeight - margin.t - margin.b;
  const perX = wide / (xaxis.range[1] - xaxis.range[0]);
  const perY = high / (yaxis.range[1] - yaxis.range[0]);
  const left = margin.l + (point.x - xaxis.range[0]) * perX;
  const top = margin.t + (yaxis.range[1] - point.y) * perY;
  place("scatter-error-x", errorX, left - errorX * perX, top - 1, 2 * errorX * perX, THICK);
  place("scatter-error-y", errorY, left - 1, top - errorY * perY, THICK, 2 * errorY * perY);
}

export function hideErrors() {
  for (const id of ["scatter-error-x", "scatter-error-y"]) byId(id).classList.remove("on");
}

/**
 * @param {string} id @param {number | null} error @param {number} left @param {number} top
 * @param {number} width @param {number} height
 */
function place(id, error, left, top, width, height) {
  const bar = byId(id);
  bar.classList.toggle("on", error !== null);
  const px = { left, top, width, height };
  Object.entries(px).forEach(([side, value]) => bar.style.setProperty(side, `${value}px`));
}

// One standard error either way of the head that is pointed at, drawn over the figure: a redraw
// would take its hover away.
import { byId } from "../dash/dom.js";

const THICK = 2; // px

/** @param {Plotted} graph @param {GraphPoint} point */
export function showErrors(graph, point) {
  const { margin, xaxis, yaxis } = graph.layout;
  const [, endsX, endsY] = point.customdata;
  const wide = graph.clientWidth - margin.l - margin.r;
  const high = graph.clientHeight - margin.t - margin.b;
  /** @param {number} value */
  const across = (value) =>
    margin.l + (value - xaxis.range[0]) * wide / (xaxis.range[1] - xaxis.range[0]);
  /** @param {number} value */
  const down = (value) =>
    margin.t + (yaxis.range[1] - value) * high / (yaxis.range[1] - yaxis.range[0]);
  place(
    "scatter-error-x",
    endsX && {
      left: across(endsX[0]),
      top: down(point.y) - 1,
      width: across(endsX[1]) - across(endsX[0]),
      height: THICK,
    },
  );
  place(
    "scatter-error-y",
    endsY && {
      left: across(point.x) - 1,
      top: down(endsY[1]),
      width: THICK,
      height: down(endsY[0]) - down(endsY[1]),
    },
  );
}

export function hideErrors() {
  for (const id of ["scatter-error-x", "scatter-error-y"]) byId(id).classList.remove("on");
}

/** @param {string} id @param {Record<string, number> | null} px - null: no error is known */
function place(id, px) {
  const bar = byId(id);
  bar.classList.toggle("on", px !== null);
  Object.entries(px ?? {}).forEach(([side, value]) => bar.style.setProperty(side, `${value}px`));
}

// A figure that tells where it was pressed and pointed at, in place of dcc.Graph: that one draws an
// empty figure first, lays each one out twice, and hands plotly's own changes of the layout back
// to Dash, where all components on the page look at them.
import { plot, whenPlotly } from "./plot.js";

/**
 * @typedef {object} GraphProps
 * @property {string} id
 * @property {Figure | null} [figure] - none yet: nothing is drawn, not even axes
 * @property {(props: { clickData?: GraphEvent, hoverData?: GraphEvent | null }) => void} setProps
 */

/** @param {GraphProps} props */
export function Graph({ id, figure, setProps }) {
  const { createElement: h, useEffect, useRef } = window.React;
  const place = useRef(null);
  const tell = useRef(setProps);
  tell.current = setProps;

  useEffect(() => {
    if (!figure) return;
    const graph = /** @type {Plotted} */ (place.current);
    const isFirst = !graph.data;
    plot(graph, figure);
    if (isFirst) whenPlotly(() => listen(graph, tell));
  }, [figure]);
  useEffect(() => () => place.current?.data && window.Plotly.purge(place.current), []);

  return h("div", { id, className: "graph" }, h("div", { ref: place, className: "graph" }));
}

/** @param {Plotted} graph @param {{ current: GraphProps["setProps"] }} tell */
function listen(graph, tell) {
  // Pressed twice at one place is told twice: the time differs.
  graph.on("plotly_click", (event) => tell.current({ clickData: told(event, Date.now()) }));
  graph.on("plotly_hover", (event) => tell.current({ hoverData: told(event) }));
  graph.on("plotly_unhover", () => tell.current({ hoverData: null }));
}

// Plotly's points refer to the traces and the axes; Dash takes plain data.
/** @param {{ points: GraphPoint[] }} event @param {number} [timestamp] @returns {GraphEvent} */
const told = ({ points }, timestamp) => ({
  points: points.map(({ x, y, customdata }) => ({ x, y, customdata })),
  ...(timestamp ? { timestamp } : {}),
});

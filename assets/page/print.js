// Paper is white and of one width: before printing the page is laid out for it and every figure
// drawn anew, at once, since the browser does not wait.
import { pageLink } from "./address.js";
import { applyTheme } from "./theme.js";
import { drawnColour } from "../chart/coloured.js";
import { chartBox, drawnChart, redraw } from "../chart/draw.js";
import { plotted } from "../chart/geometry.js";
import { mapFigure } from "../chart/headmap.js";
import { tinted } from "../chart/theme.js";
import { drawAgain } from "../chart/viewport.js";
import { drawCompared } from "../compare/draw.js";
import { byId } from "../dash/dom.js";
import { getData } from "../dash/props.js";
import { binsText } from "../fields/widths.js";
import { drawCard } from "../selection/picture.js";
import { viewOf } from "../views/catalogue.js";
import { heightTitle } from "../views/drawn.js";

// What the controls show, which are not printed, and the address of it.
function tellShown() {
  const { payload, width, show } = /** @type {ChartState} */ (drawnChart());
  byId("printed").textContent = [
    payload.title,
    `bins of ${binsText(width, payload.layers)}`,
    `by ${viewOf(payload).said.by}`,
    heightTitle(payload, show),
    pageLink(),
  ].join(" · ");
}

function redrawAll() {
  tellShown();
  redraw({ box: chartBox() });
  const { payload, width } = /** @type {ChartState} */ (drawnChart());
  redrawMap(payload);
  drawCompared(width);
  redrawPattern();
}

/** @param {Payload} payload */
function redrawMap(payload) {
  const coloured = drawnColour(payload, getData("colour-of"), getData("colour"));
  const selection = { only: getData("isolated") ?? [] };
  const { data, layout } = mapFigure({ payload, selection, coloured });
  window.Plotly.react(plotted(byId("head-map")), data, layout);
}

function redrawPattern() {
  const packed = getData("pattern-data");
  if (packed && byId("pattern-frame").clientWidth) drawCard(packed, getData("prompt"));
}

// The size of its place, and the ink of the theme where the figure has our template.
/** @param {Plotted} graph */
function fit(graph) {
  const { template } = graph.layout;
  window.Plotly.relayout(graph, {
    width: graph.clientWidth,
    height: graph.clientHeight,
    ...(template?.layout?.hoverlabel ? { template: tinted(template) } : {}),
  });
}

const shownGraphs = () =>
  [.../** @type {NodeListOf<Plotted>} */ (document.querySelectorAll(".js-plotly-plot"))].filter(
    (graph) => graph.data && graph.clientWidth,
  );

export function drawForPaper() {
  const root = document.documentElement;
  window.addEventListener("beforeprint", () => {
    root.dataset.printing = "";
    applyTheme("light");
    if (!drawnChart() || !plotted(byId("head-map"))) return;
    redrawAll();
    shownGraphs().forEach(fit);
  });
  window.addEventListener("afterprint", () => {
    delete root.dataset.printing;
    applyTheme(getData("theme"));
    shownGraphs().forEach((graph) => window.Plotly.Plots.resize(graph));
    drawAgain({ printed: performance.now() });
  });
}

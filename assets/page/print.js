"use strict";
// Paper is white and of one width: before printing the page is laid out for it and every figure
// drawn anew, at once, since the browser does not wait.
(function () {
  const H = window.headstrata;
  const root = document.documentElement;
  const current = (id) => window.dash_component_api.getLayout(id).props;
  const shown = (graph) => graph.data && graph.clientWidth;

  const redraw = function () {
    const { payload, definitions, width } = H.drawn.chart;
    const chart = document.getElementById("head-chart");
    const draw = (graph, { data, layout }) => window.Plotly.react(H.plotted(graph), data, layout);
    draw(chart, H.chartFigure({ ...H.drawn.chart, box: H.plotBox(chart) }));
    const only = current("isolated").data;
    draw(document.getElementById("head-map"), H.mapFigure({ payload, definitions, selection: { only } }));
    H.drawCompared(width);
    const packed = current("pattern-data").data;
    const probe = current("pattern-probe").value;
    const frame = document.getElementById("pattern-frame");
    if (packed && packed.probes[probe] && frame.clientWidth) {
      H.drawIn("pattern-chart", H.patternFigure(packed, probe, definitions, frame), definitions);
    }
  };

  // The size of its place, and the ink of the theme where the figure has our template.
  const fit = function (graph) {
    const { template } = graph.layout;
    window.Plotly.relayout(graph, {
      width: graph.clientWidth,
      height: graph.clientHeight,
      ...(template?.layout?.hoverlabel ? { template: H.tinted(template) } : {}),
    });
  };

  window.addEventListener("beforeprint", () => {
    root.dataset.printing = "";
    H.applyTheme("light");
    if (!H.drawn.chart) return;
    redraw();
    [...document.querySelectorAll(".js-plotly-plot")].filter(shown).forEach(fit);
  });
  window.addEventListener("afterprint", () => {
    delete root.dataset.printing;
    H.applyTheme(current("theme").data);
    [...document.querySelectorAll(".js-plotly-plot")].filter(shown).forEach((graph) =>
      window.Plotly.Plots.resize(graph)
    );
    window.dash_clientside.set_props("viewport", { data: { ...H.measure(), printed: performance.now() } });
  });
})();

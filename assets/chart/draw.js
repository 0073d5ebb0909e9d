"use strict";
// Figures drawn without dcc.Graph: where nobody clicks, and while a slider is dragged.
window.headstrata = window.headstrata || {};

(function () {
  const H = window.headstrata;

  // What is drawn now: {chart: the chart's state, compared: both tables', or null}.
  H.drawn = { chart: null, compared: null };

  const resized = new ResizeObserver((entries) =>
    entries.forEach(({ target }) => {
      if (target.data && target.clientWidth) window.Plotly.Plots.resize(target);
    })
  );

  // Which texts fit was reckoned for another size: the chart's frame changed after it was drawn.
  H.watchChart = function (graph) {
    new ResizeObserver(() => {
      const { box } = H.drawn.chart || {};
      const now = H.plotBox(graph);
      if (!box || (box.width === now.width && box.height === now.height)) return;
      H.whenResting("viewport", () =>
        window.dash_clientside.set_props("viewport", { data: { ...H.measure(), ...now } })
      );
    }).observe(graph);
  };

  // Into the canvas (app/page/graphs.py) of this name.
  H.drawIn = function (name, { data, layout }, definitions) {
    const [place] = document.getElementById(name).children;
    window.Plotly.react(place, data, layout, definitions.config);
    resized.observe(place);
  };

  H.drawCompared = function (width) {
    const now = H.drawn.compared;
    if (!now) return;
    const { payload, compared, show, definitions } = now;
    const figures = H.comparedFigures(payload, compared, width, show, definitions);
    ["one", "other"].forEach((side, at) =>
      H.drawIn(`compare-chart-${side}`, figures[at], definitions)
    );
  };
})();

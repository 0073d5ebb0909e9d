"use strict";
// The bin width while its slider is dragged: Dash hears of it on release. A round of its
// callbacks would cost each step some 30 ms, as much as plotly needs to draw.
(function () {
  const H = window.headstrata;
  const COMPARED_LAG_MS = 40; // the two charts of a comparison wait until the first is painted
  let later;

  const follow = function (width) {
    const now = { ...H.drawn.chart, width };
    const { data, layout } = H.chartFigure(now);
    H.drawn.chart = now;
    window.Plotly.react(H.plotted(document.getElementById("head-chart")), data, layout);
    H.placeBinLines(now.payload, width);
    document.getElementById("bin-width-text").textContent = H.plural(width, "layer");
    clearTimeout(later);
    later = setTimeout(() => H.drawCompared(width), COMPARED_LAG_MS);
  };

  // The thumb says where it is, and whether a finger or the mouse holds it.
  new MutationObserver((changes) => {
    const moved = changes.find(({ target }) => target.closest("#bin-width"));
    if (!H.drawn.chart || !moved || !("dragging" in moved.target.dataset)) return;
    const width = Number(moved.target.getAttribute("aria-valuenow"));
    if (width !== H.drawn.chart.width) follow(width);
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-valuenow"] });
})();

"use strict";
// The head map: one cell a head, layers across, under the bars of the same layers.
window.headstrata = window.headstrata || {};

headstrata.mapFigure = function ({ payload, definitions, selection }) {
  const skeleton = headstrata.skeleton(payload, definitions).map;
  const { segments, index } = headstrata.view(payload, definitions);
  const [cells, dots] = skeleton.data;
  const lone = segments.findIndex((segment) => segment.name === selection.only);
  const at = (layer, head) => layer * payload.heads + head;
  const layers = [...Array(payload.layers).keys()];
  const rows = [...Array(payload.heads).keys()];
  const shown = (head) => lone < 0 || index[head] === lone;
  return {
    data: [
      {
        ...cells,
        x: layers,
        y: rows,
        z: rows.map((head) =>
          layers.map((layer) => (shown(at(layer, head)) ? index[at(layer, head)] : null))
        ),
        text: rows.map((head) =>
          layers.map((layer) => headstrata.headText(payload, definitions, at(layer, head)))
        ),
      },
      { ...dots, ...headstrata.borderlineDots(payload, segments, index, shown) },
    ],
    layout: headstrata.mapLayout(skeleton.layout, payload),
  };
};

headstrata.borderlineDots = function (payload, segments, index, shown) {
  const { borderline } = headstrata.heads(payload);
  // Borderline is said of categories: other views have no dots.
  const marked = headstrata.needsExtras(payload.as)
    ? []
    : [...borderline.keys()].filter((head) => borderline[head] && shown(head));
  return {
    x: marked.map((head) => Math.floor(head / payload.heads)),
    y: marked.map((head) => head % payload.heads),
    marker: { size: 3.5, color: marked.map((head) => segments[index[head]].ink) },
  };
};

headstrata.mapLayout = function (layout, payload) {
  const step = payload.layers > 60 ? 8 : payload.layers > 24 ? 4 : 2;
  return {
    ...layout,
    template: headstrata.tinted(layout.template),
    plot_bgcolor: headstrata.colour("cell-gap"),
    autosize: true,
    xaxis: { ...layout.xaxis, range: [-0.5, payload.layers - 0.5], tick0: 0, dtick: step },
    yaxis: {
      ...layout.yaxis,
      range: [payload.heads - 0.5, -0.5],
      tick0: 0,
      dtick: payload.heads > 16 ? 4 : 2,
    },
  };
};

// What a hover tells about one head.
headstrata.headText = function (payload, definitions, head) {
  const { detailed, score, error, runnerUp, margin, borderline } = headstrata.heads(payload);
  const categories = definitions.taxonomies.detailed.segments;
  const own = categories[detailed[head]];
  const value = headstrata.scoreText(score[head], error[head]);
  const rival = categories[runnerUp[head]];
  const lines = [`<b>${headstrata.headName(payload, head)}</b>  ${own.label}${value && `  ${value}`}`];
  if (rival) lines.push(`Runner-up: ${rival.label}, margin ${margin[head].toFixed(2)}`);
  if (borderline[head]) lines.push("Borderline: could flip within two standard errors");
  return [...lines, ...headstrata.viewLines(payload, definitions, head)].join("<br>");
};

// Height in px: cells as tall as they are wide, within reason.
headstrata.mapHeight = function (payload, width) {
  const cell = Math.min(26, Math.max(10, (width - 70) / payload.layers));
  return Math.round(Math.min(560, payload.heads * cell) + 52);
};

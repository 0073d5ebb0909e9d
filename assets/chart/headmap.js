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
        colorscale: headstrata.mapColours(cells.colorscale, segments),
        x: layers,
        y: rows,
        z: rows.map((head) =>
          layers.map((layer) => (shown(at(layer, head)) ? index[at(layer, head)] : null))
        ),
        text: rows.map((head) =>
          layers.map((layer) => headstrata.headText(payload, definitions, at(layer, head)))
        ),
      },
      { ...dots, ...headstrata.mapMarks(payload, definitions, shown) },
    ],
    layout: headstrata.mapLayout(skeleton.layout, payload),
  };
};

// Two stops a segment (app/page/figures.py), in the shown theme's colours.
headstrata.mapColours = (scale, segments) =>
  scale.map(([at], stop) => [at, headstrata.paint(segments[Math.floor(stop / 2)]).colour]);

// What stands in cells: dots on borderline heads; among operations the sign of copying on those
// with the induction pattern. A budget has neither.
headstrata.mapMarks = function (payload, definitions, shown) {
  if (payload.as === "budget") return { x: [], y: [] };
  const { segments, index } = headstrata.view(payload, definitions);
  const { borderline } = headstrata.heads(payload);
  const signs = payload.as === "operations" ? headstrata.inductionSigns(payload, definitions) : null;
  const marked = (signs ? [...signs.keys()] : [...borderline.keys()].filter((head) => borderline[head]))
    .filter(shown);
  const inks = marked.map((head) => headstrata.paint(segments[index[head]]).ink);
  return {
    x: marked.map((head) => Math.floor(head / payload.heads)),
    y: marked.map((head) => head % payload.heads),
    ...(signs
      ? { mode: "text", text: marked.map((head) => headstrata.SIGNS[signs.get(head)]), textfont: { size: headstrata.signSize(payload), color: inks } }
      : { marker: { size: 3.5, color: inks } }),
  };
};

// As large as a cell allows.
headstrata.signSize = function (payload) {
  const { clientWidth } = document.getElementById("map-inner");
  return Math.max(8, Math.min(15, ((clientWidth - 70) / payload.layers) * 0.85));
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
  const claimed = headstrata.isClaimed(payload, definitions, head);
  const value = claimed ? headstrata.scoreText(score[head], error[head]) : "";
  const nearest = claimed ? "" : headstrata.nearestText(payload, definitions, head);
  const rival = categories[runnerUp[head]];
  const lines = [`<b>${headstrata.headName(payload, head)}</b>  ${own.label}${value && `  ${value}`}`];
  if (nearest) lines.push(`Nearest: ${nearest}`);
  else if (rival) lines.push(`Runner-up: ${rival.label}, margin ${margin[head].toFixed(2)}`);
  if (borderline[head]) lines.push("Borderline: could flip within two standard errors");
  return [...lines, ...headstrata.viewLines(payload, definitions, head)].join("<br>");
};

// Height in px: cells as tall as they are wide, within reason.
headstrata.mapHeight = function (payload, width) {
  const cell = Math.min(26, Math.max(10, (width - 70) / payload.layers));
  return Math.round(Math.min(560, payload.heads * cell) + 52);
};

"use strict";
// Two tables side by side on relative depth. The bins must equal app/analysis/compare.py's:
// a layer belongs to the bin that holds its middle.
window.headstrata = window.headstrata || {};

headstrata.relativeBins = (layers, width, otherLayers) =>
  Math.min(Math.ceil(layers / width), layers, otherLayers);

// One record a bin: {from, to (0..1), start, stop (layers), counts, tenths}.
headstrata.binByDepth = function (index, layers, perLayer, bins, segments) {
  const found = Array.from({ length: bins }, (_, place) => ({
    from: place / bins,
    to: (place + 1) / bins,
    start: layers,
    stop: 0,
    counts: Array(segments).fill(0),
  }));
  for (let layer = 0; layer < layers; layer += 1) {
    const bin = found[Math.floor(((2 * layer + 1) * bins) / (2 * layers))];
    bin.start = Math.min(bin.start, layer);
    bin.stop = layer + 1;
    for (let head = 0; head < perLayer; head += 1) bin.counts[index[layer * perLayer + head]] += 1;
  }
  found.forEach((bin) => (bin.tenths = headstrata.tenthsOfPercent(bin.counts)));
  return found;
};

// Halves to even, as Python writes them in the table below the charts.
headstrata.wholePercent = function (share) {
  const floor = Math.floor(100 * share);
  return 100 * share - floor === 0.5 ? floor + (floor % 2) : Math.round(100 * share);
};

headstrata.depthText = ({ from, to }) =>
  `${headstrata.wholePercent(from)}–${headstrata.wholePercent(to)}%`;

// Both charts' figures: the drawn categories or groups, shares of each bin's heads.
headstrata.comparedFigures = function (payload, other, width, taxonomy, definitions) {
  const as = taxonomy === "grouped" ? "grouped" : headstrata.DETAILED;
  const bins = headstrata.relativeBins(payload.layers, width || payload.layers, other.layers);
  const tables = [
    { ...payload, as, title: other.names[0] },
    { ...other, as, title: other.names[1] },
  ];
  return tables.map((table) => headstrata.comparedFigure(table, bins, definitions));
};

headstrata.comparedFigure = function (table, bins, definitions) {
  const known = definitions.taxonomies[table.as];
  const detailed = headstrata.unpack(table.detailed, 1);
  const index = known.of ? detailed.map((category) => known.of[category]) : detailed;
  const found = headstrata.binByDepth(index, table.layers, table.heads, bins, known.segments.length);
  const frame = document.querySelector(".compare-chart");
  const wide = Math.max(120, (frame ? frame.clientWidth : 400) - 60) / bins;
  const skeleton = definitions.figures[table.as].chart;
  return {
    data: skeleton.data.map((trace, place) => headstrata.depthBar(trace, place, found, wide)),
    layout: headstrata.depthLayout(skeleton.layout, table, found, wide),
  };
};

const DEPTH_HEIGHT = 210; // px of a full bar, about

headstrata.depthBar = function (trace, place, found, wide) {
  const edge = headstrata.colour("segment-edge");
  return {
    ...trace,
    x: found.map((_, bin) => bin),
    y: found.map((bin) => bin.tenths[place] / 10),
    width: 0.84,
    text: found.map((bin) => {
      const text = headstrata.percentText(bin.tenths[place]);
      const fits = bin.tenths[place] * DEPTH_HEIGHT >= 16000 && wide * 0.84 >= text.length * 6.9 + 6;
      return fits ? text : "";
    }),
    customdata: found.map((bin) => [
      `[${bin.start}, ${bin.stop}), depth ${headstrata.depthText(bin)}`,
      bin.counts[place].toLocaleString("en-US"),
      headstrata.percentText(bin.tenths[place]),
      "",
    ]),
    marker: { ...trace.marker, line: { color: edge, width: wide < 16 ? 0.5 : 1 } },
  };
};

headstrata.depthLayout = function (layout, table, found, wide) {
  const widest = Math.max(...found.map((bin) => headstrata.depthText(bin).length)) * 6.9 + 8;
  const step = Math.ceil(widest / wide);
  const shown = found.map((_, bin) => bin).filter((bin) => bin % step === 0);
  return {
    ...layout,
    template: headstrata.tinted(layout.template),
    title: { text: headstrata.plain(table.title), font: { size: 14 } },
    autosize: true,
    margin: { l: 46, r: 8, t: 36, b: 44 },
    xaxis: {
      ...layout.xaxis,
      title: { text: "Depth" },
      range: [-0.5, found.length - 0.5],
      tickvals: shown,
      ticktext: shown.map((bin) => headstrata.depthText(found[bin])),
    },
    yaxis: { ...layout.yaxis, range: [0, 100], ticksuffix: "%", title: { text: "" } },
  };
};

headstrata.PLACES = 216; // app/panels/comparison.py

// One point a head: its score here against there. Heads whose category differs stand out.
headstrata.scatterFigure = function (pairs, definitions) {
  const { unpack, SCORE_UNIT, colour } = headstrata;
  const places = unpack(pairs.places, 3);
  const read = {
    layer: places.map((place) => Math.floor(place / headstrata.PLACES)),
    head: places.map((place) => place % headstrata.PLACES),
    one: unpack(pairs.one, 2, SCORE_UNIT),
    other: unpack(pairs.other, 2, SCORE_UNIT),
    categories: pairs.categories.map((text) => unpack(text, 1)),
  };
  const { segments } = definitions.taxonomies.detailed;
  const unjudged = segments.findIndex((segment) => segment.name === "not_measured");
  const [before, after] = read.categories;
  const differs = (at) =>
    before[at] !== after[at] && before[at] !== unjudged && after[at] !== unjudged;
  const all = [...read.one.keys()];
  const trace = (name, heads, marker) => ({
    type: "scatter",
    mode: "markers",
    name,
    x: heads.map((at) => read.one[at]),
    y: heads.map((at) => read.other[at]),
    customdata: heads.map((at) => `${read.layer[at]}.${read.head[at]}`),
    text: heads.map(
      (at) =>
        `<b>L${read.layer[at]}.H${read.head[at]}</b>  ${read.one[at].toFixed(2)} → ` +
        `${read.other[at].toFixed(2)}<br>${segments[before[at]].label} → ${segments[after[at]].label}`
    ),
    hovertemplate: "%{text}<extra></extra>",
    marker,
  });
  const same = all.filter((at) => !differs(at));
  return {
    data: [
      trace("Same category", same, { size: 6, color: colour("line-strong"), opacity: 0.55 }),
      trace("Another category", all.filter(differs), {
        size: 8,
        symbol: "diamond",
        color: colour("accent"),
        line: { width: 1, color: colour("surface") },
      }),
    ],
    layout: headstrata.scatterLayout(pairs, definitions),
  };
};

headstrata.scatterLayout = function (pairs, definitions) {
  const { colour } = headstrata;
  const line = (x0, y0, x1, y1, dash) => ({
    type: "line", x0, y0, x1, y1, layer: "below", line: { color: colour("line-strong"), width: 1, dash },
  });
  const limit = pairs.threshold;
  const guides = limit ? [line(limit, 0, limit, 1, "dot"), line(0, limit, 1, limit, "dot")] : [];
  const axis = (name) => ({
    title: { text: headstrata.plain(name), standoff: 8, font: { size: 12 } },
    range: [-0.02, 1.02], dtick: 0.2, fixedrange: true,
  });
  return {
    template: headstrata.tinted(definitions.figures.detailed.chart.layout.template),
    autosize: true,
    showlegend: true,
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { size: 12 } },
    hovermode: "closest",
    clickmode: "event",
    dragmode: false,
    margin: { l: 54, r: 10, t: 34, b: 50 },
    shapes: [line(0, 0, 1, 1), ...guides],
    xaxis: axis(pairs.names[0]),
    yaxis: axis(pairs.names[1]),
  };
};

headstrata.readCompare = function (name, models, notes) {
  if (name === null) return null;
  const wanted = [name, `${name}-published`];
  const found = models.find((model) => wanted.includes(model.name));
  if (found) return found.name;
  notes.push(`There is no table named ${headstrata.quoted(name)} here to compare with.`);
  return null;
};

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

// What of the page's view the second table is asked for in.
headstrata.comparedView = (taxonomy, show) => ({
  taxonomy: taxonomy || headstrata.DETAILED,
  show: show || "count",
});

// Whether the second table was packed for what the page shows now, and the first is ready for it.
headstrata.isAnswer = function (compared, payload, other, taxonomy, show) {
  const view = headstrata.comparedView(taxonomy, show);
  const budget = (one) => one === "budget";
  return (
    compared.model === payload.name &&
    compared.other === other &&
    compared.taxonomy === view.taxonomy &&
    budget(compared.show) === budget(view.show) &&
    (!headstrata.needsExtras(compared.as) || compared.as === payload.as)
  );
};

headstrata.depthText = ({ from, to }) =>
  `${headstrata.wholePercent(from)}–${headstrata.wholePercent(to)}%`;

// Both tables in so many bins of depth, in the view that both have: [one, other].
// compared: the other table, as app/panels/compare_data.py packs it.
headstrata.bothByDepth = function (payload, compared, bins, definitions) {
  const { as } = compared;
  const { segments } = definitions.taxonomies[as];
  return [
    headstrata.sidesByDepth(payload, headstrata.ownAmounts(payload, as, definitions), bins, segments),
    headstrata.sidesByDepth(compared, headstrata.otherAmounts(compared), bins, segments),
  ];
};

headstrata.binsOfBoth = (payload, compared, width) =>
  headstrata.relativeBins(payload.layers, width || payload.layers, compared.layers);

// {index} or {masses}: what a table's bars are made of.
headstrata.ownAmounts = (payload, as, definitions) =>
  as === "budget"
    ? { masses: headstrata.budget(payload).layers }
    : { index: headstrata.view({ ...payload, as }, definitions).index };

const unpackedOthers = new WeakMap();

headstrata.otherAmounts = function (compared) {
  if (!unpackedOthers.has(compared)) {
    const { unpack, layerMasses } = headstrata;
    unpackedOthers.set(
      compared,
      compared.masses
        ? { masses: layerMasses(compared.masses, compared.layers) }
        : { index: unpack(compared.index, 1) }
    );
  }
  return unpackedOthers.get(compared);
};

// Bins of one table, each with the shares (0..1) of its segments beside what is drawn.
headstrata.sidesByDepth = function (table, { index, masses }, bins, segments) {
  const all = index || Array(table.layers * table.heads).fill(0);
  const found = headstrata.binByDepth(all, table.layers, table.heads, bins, segments.length);
  return found.map((bin) => {
    const amounts = masses ? headstrata.sumOfMasses(masses.slice(bin.start, bin.stop)) : bin.counts;
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    return {
      ...bin,
      counts: masses ? null : bin.counts,
      shares: amounts.map((amount) => amount / sum),
      tenths: headstrata.tenthsOfPercent(amounts),
    };
  });
};

// Both charts' figures.
headstrata.comparedFigures = function (payload, compared, width, show, definitions) {
  const { as } = compared;
  const bins = headstrata.binsOfBoth(payload, compared, width);
  const found = headstrata.bothByDepth(payload, compared, bins, definitions);
  const shown = headstrata.drawnShow({ as }, show);
  return found.map((side, at) =>
    headstrata.comparedFigure({ as, title: compared.names[at] }, side, shown, definitions)
  );
};

headstrata.comparedFigure = function (table, found, show, definitions) {
  const frame = document.querySelector(".compare-chart");
  const wide = Math.max(120, (frame ? frame.clientWidth : 400) - 60) / found.length;
  const skeleton = definitions.figures[table.as].chart;
  const { segments } = definitions.taxonomies[table.as];
  const top = headstrata.depthTop(found, show);
  return {
    data: skeleton.data.map((trace, place) =>
      headstrata.depthBar(headstrata.painted(trace, segments[place]), place, found, { wide, show, top })
    ),
    layout: headstrata.depthLayout(skeleton.layout, table, found, { wide, show, top }),
  };
};

headstrata.depthTop = (found, show) =>
  show === "percent"
    ? 100
    : 1.04 * Math.max(...found.map((bin) => bin.counts.reduce((sum, count) => sum + count, 0)));

const DEPTH_HEIGHT = 210; // px of a full bar, about

headstrata.depthBar = function (trace, place, found, { wide, show, top }) {
  const edge = headstrata.colour("segment-edge");
  const height = (bin) => (show === "percent" ? bin.tenths[place] / 10 : bin.counts[place]);
  return {
    ...trace,
    visible: found.some((bin) => bin.tenths[place]), // an empty trace costs as much
    x: found.map((_, bin) => bin),
    y: found.map(height),
    width: 0.84,
    text: found.map((bin) => {
      const text = headstrata.percentText(bin.tenths[place]);
      const tall = (height(bin) * DEPTH_HEIGHT) / top >= 16;
      return tall && wide * 0.84 >= text.length * 6.9 + 6 ? text : "";
    }),
    customdata: found.map((bin) => [
      `[${bin.start}, ${bin.stop}), depth ${headstrata.depthText(bin)}`,
      bin.counts ? bin.counts[place].toLocaleString("en-US") : "",
      headstrata.percentText(bin.tenths[place]),
      "",
    ]),
    hovertemplate: found[0].counts ? trace.hovertemplate : headstrata.massHover(trace.name),
    marker: { ...trace.marker, line: { color: edge, width: wide < 16 ? 0.5 : 1 } },
  };
};

headstrata.massHover = (label) =>
  `<b>${label}</b><br>layers %{customdata[0]}<br><b>%{customdata[2]}</b> of the bin's attention` +
  "<extra></extra>";

headstrata.depthLayout = function (layout, table, found, { wide, show, top }) {
  const widest = Math.max(...found.map((bin) => headstrata.depthText(bin).length)) * 6.9 + 8;
  const step = Math.ceil(widest / wide);
  const shown = found.map((_, bin) => bin).filter((bin) => bin % step === 0);
  return {
    ...layout,
    template: headstrata.tinted(layout.template),
    title: { text: headstrata.plain(table.title), font: { size: 14 } },
    autosize: true,
    margin: { l: 60, r: 16, t: 36, b: 44 },
    xaxis: {
      ...layout.xaxis,
      title: { text: "Depth" },
      range: [-0.5, found.length - 0.5],
      tickvals: shown,
      ticktext: shown.map((bin) => headstrata.depthText(found[bin])),
    },
    yaxis: {
      ...layout.yaxis,
      range: [0, top],
      ticksuffix: show === "percent" ? "%" : "",
      title: { text: headstrata.heightTitle(table, show) },
    },
  };
};

headstrata.readCompare = function (name, models, shown, notes) {
  if (name === null) return null;
  const wanted = [name, `${name}-published`];
  const found = models.find((model) => wanted.includes(model.name));
  if (found && found !== shown) return found.name;
  notes.push(
    found
      ? `compare=${headstrata.quoted(name)} is the shown table itself.`
      : `There is no table named ${headstrata.quoted(name)} here to compare with.`
  );
  return null;
};

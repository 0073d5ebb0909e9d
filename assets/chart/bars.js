"use strict";
// The stacked bars: numbers, texts and marks put into the skeleton of app/page/figures.py.
window.headstrata = window.headstrata || {};

headstrata.STRONGEST = 4; // heads named in a hover
headstrata.GAP = 0.16; // of a bin's width
const TEXT_HEIGHT = 15, TEXT_PADDING = 6; // px, at 12 px type

// Width in px of a text as the figures' 12 px type draws it.
const ruler = document.createElement("canvas").getContext("2d");
const measured = new Map();
headstrata.textWidth = function (text) {
  if (!measured.has(text)) {
    ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    measured.set(text, ruler.measureText(text).width);
  }
  return measured.get(text);
};

// The chosen segment as {bin, place}, if this view has it.
headstrata.chosen = function (segment, bins, segments) {
  const wanted = headstrata.parseSegment(segment);
  if (!wanted) return null;
  const bin = bins.findIndex((one) => one.start === wanted.start);
  const place = segments.findIndex((one) => one.name === wanted.name);
  return bin < 0 || place < 0 ? null : { bin, place };
};

headstrata.chartFigure = function (state) {
  const { payload, definitions, show, selection, box } = state;
  const skeleton = headstrata.skeleton(payload, definitions).chart;
  const { segments, bins } = headstrata.binned(payload, state.width, definitions);
  const scale = headstrata.chartScale(bins, payload, show, selection.only, segments, box);
  const chosen = headstrata.chosen(selection.segment, bins, segments);
  return {
    data: skeleton.data.map((trace, place) =>
      headstrata.bar(headstrata.painted(trace, segments[place]), place, {
        bins, show, scale, chosen, payload, definitions, only: selection.only,
      })
    ),
    layout: headstrata.chartLayout(skeleton.layout, { bins, scale, show, payload, box }),
  };
};

// What a pixel is: the tallest bar, the plot's size in px, and so px per unit.
headstrata.chartScale = function (bins, payload, show, only, segments, box) {
  const lone = segments.findIndex((segment) => segment.name === only);
  const heights = bins.map((bin) => headstrata.height(bin, show, lone));
  const tallest = Math.max(...heights, 1e-9);
  const top = show === "percent" && lone < 0 ? 100 : tallest * 1.04;
  return { top, perUnit: box.height / top, perLayer: box.width / payload.layers };
};

headstrata.height = function (bin, show, lone) {
  if (show === "percent") return lone < 0 ? 100 : bin.tenths[lone] / 10;
  return lone < 0 ? bin.total : bin.counts[lone];
};

headstrata.bar = function (trace, place, state) {
  const { bins, show, scale, chosen, payload, definitions, only } = state;
  const hidden = only && only !== trace.meta;
  const unit = (bin) => (show === "percent" ? bin.tenths[place] / 10 : bin.counts[place]);
  const width = (bin) => (bin.stop - bin.start) * (1 - headstrata.GAP);
  const marked = (bin) => chosen && chosen.bin === bin && chosen.place === place;
  const edge = headstrata.colour("segment-edge");
  const thin = width(bins[0]) * scale.perLayer < 16 ? 0.5 : 1;
  // One value for all bars unless one of them is marked: plotly reads every colour of a list.
  const each = (marks, usual) => (chosen ? bins.map((_, bin) => marks(bin)) : usual);
  return {
    ...trace,
    visible: !hidden && bins.some((bin) => bin.tenths[place]), // an empty trace costs as much
    x: bins.map((bin) => (bin.start + bin.stop - 1) / 2),
    y: bins.map((bin) => (hidden ? 0 : unit(bin))),
    width: bins.map(width),
    text: bins.map((bin) => {
      const text = headstrata.percentText(bin.tenths[place]);
      const fits =
        unit(bin) * scale.perUnit >= TEXT_HEIGHT &&
        width(bin) * scale.perLayer >= headstrata.textWidth(text) + TEXT_PADDING;
      return fits && !hidden && bin.tenths[place] ? text : "";
    }),
    customdata: bins.map((bin) => [
      bin.label,
      bin.counts[place].toLocaleString("en-US"),
      headstrata.percentText(bin.tenths[place]),
      headstrata.strongestText(payload, bin.members[place], definitions),
      trace.meta, // dcc.Graph passes on a point's customdata, not its trace
    ]),
    textfont: {
      ...trace.textfont,
      color: each(
        (bin) => (marked(bin) ? trace.textfont.color : headstrata.colour("ink")),
        trace.textfont.color
      ),
    },
    marker: {
      ...trace.marker,
      opacity: each((bin) => (marked(bin) ? 1 : 0.38), 1),
      line: {
        color: each((bin) => (marked(bin) ? headstrata.colour("ink") : edge), edge),
        width: each((bin) => (marked(bin) ? 2.5 : thin), thin),
      },
    },
  };
};

// Heads by falling score, of several rules' by score/threshold; those without one are left out.
headstrata.byScore = function (payload, members, definitions) {
  const { order } = headstrata.viewScores(payload, definitions);
  return members
    .filter((head) => Number.isFinite(order[head]))
    .sort((one, other) => order[other] - order[one] || one - other);
};

headstrata.strongestText = function (payload, members, definitions) {
  const { told } = headstrata.viewScores(payload, definitions);
  const named = headstrata.byScore(payload, members, definitions).slice(0, headstrata.STRONGEST);
  if (!named.length) return "";
  const lines = named.map((head) => `${headstrata.headName(payload, head)}  ${told(head)}`);
  const counted = payload.as === headstrata.DETAILED || payload.as === "grouped";
  const without = counted && !named.some((head) => headstrata.isClaimed(payload, definitions, head));
  return `<br><br>${without ? "Nearest to a category" : "Strongest"}:<br>${lines.join("<br>")}`;
};

headstrata.chartLayout = function (layout, { bins, scale, show, payload, box }) {
  const shown = headstrata.everyNth(bins, scale.perLayer);
  return {
    ...layout,
    template: headstrata.tinted(layout.template),
    title: { text: headstrata.plain(payload.title) },
    autosize: true,
    xaxis: {
      ...layout.xaxis,
      range: [-0.5, payload.layers - 0.5],
      tickvals: shown.map((bin) => (bin.start + bin.stop - 1) / 2),
      ticktext: shown.map((bin) => bin.label),
    },
    yaxis: {
      ...layout.yaxis,
      range: [0, scale.top],
      ticksuffix: show === "percent" ? "%" : "",
      title: { text: headstrata.heightTitle(payload, show) },
    },
  };
};

// As many bin labels as fit side by side without touching.
headstrata.everyNth = function (bins, perLayer) {
  const widest = Math.max(...bins.map((bin) => headstrata.textWidth(bin.label))) + 10;
  const step = Math.ceil(widest / ((bins[0].stop - bins[0].start) * perLayer));
  return bins.filter((_, place) => place % step === 0);
};

// Where a segment stands in the chart's frame, as CSS; null if it has no heads.
headstrata.segmentBox = function (bins, bin, place, show, top, payload, box) {
  const one = bins[bin];
  if (!one.tenths[place]) return null;
  const values = show === "percent" ? one.tenths.map((tenth) => tenth / 10) : one.counts;
  const below = values.slice(0, place).reduce((sum, value) => sum + value, 0);
  const { left, top: above } = headstrata.MARGINS;
  const layer = box.width / payload.layers;
  const wide = one.stop - one.start;
  const y = (value) => above + box.height * (1 - value / top);
  return {
    left: `${left + (one.start + (wide * headstrata.GAP) / 2) * layer}px`,
    width: `${wide * (1 - headstrata.GAP) * layer}px`,
    top: `${y(below + values[place])}px`,
    height: `${(box.height * values[place]) / top}px`,
  };
};

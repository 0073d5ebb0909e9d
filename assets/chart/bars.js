// The stacked bars: numbers, texts and marks put into the skeleton of app/page/figures.py.
import { edgeTrace } from "./edges.js";
import { GAP, MARGINS } from "./geometry.js";
import { textWidth } from "./text.js";
import { colour, painted, tinted } from "./theme.js";
import { percentHeight, percentText } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { binned, heightTitle, skeletonOf } from "../views/drawn.js";
import { headName } from "../views/grid.js";
import { escapeHtml, plural } from "../views/phrases.js";
import { byScore } from "../views/scores.js";
import { findSegment } from "../views/segment.js";

/** @typedef {{ top: number, perUnit: number, perLayer: number }} Scale */
/** @typedef {{ bins: Bin[], scale: Scale, show: DrawnShow, payload: Payload }} LayoutState */
/** @typedef {LayoutState & { chosen: Place | null, only: string[] }} BarState */

const NO_INTERVAL = "<br>no interval: no standard errors are known";
const STRONGEST = 4; // heads named in a hover
const SLIM = 3; // px: lower segments are drawn without the page's edge
const TEXT_HEIGHT = 15, TEXT_PADDING = 6; // px, at 12 px type

/** @param {ChartState} state */
export function chartFigure(state) {
  const { payload, show, selection, box } = state;
  const skeleton = skeletonOf(payload).chart;
  const { segments, bins } = binned(payload, state.width);
  const scale = chartScale(bins, payload, show, selection.only, segments, box);
  const chosen = findSegment(selection.segment, bins, segments);
  const drawn = { bins, show, scale, chosen, payload, only: selection.only };
  return {
    data: [
      ...skeleton.data.map((trace, place) =>
        barTrace(painted(trace, segments[place]), place, drawn)
      ),
      edgeTrace(drawn, segments),
    ],
    layout: chartLayout(skeleton.layout, { bins, scale, show, payload }),
  };
}

// What a pixel is: the tallest bar, the plot's size in px, and so px per unit.
/**
 * @param {Bin[]} bins @param {Payload} payload @param {DrawnShow} show
 * @param {string[]} only @param {Segment[]} segments @param {Box} box
 */
export function chartScale(bins, payload, show, only, segments, box) {
  const alone = [...segments.keys()].filter((place) => only.includes(segments[place].name));
  const heights = bins.map((bin) => barHeight(bin, show, alone));
  const tallest = Math.max(...heights, 1e-9);
  const top = show === "percent" && !alone.length ? 100 : tallest * 1.04;
  return { top, perUnit: box.height / top, perLayer: box.width / payload.layers };
}

// How high a segment is in each bin, in the unit of the y axis.
/** @param {Bin[]} bins @param {number} place @param {DrawnShow} show */
export const barHeights = (bins, place, show) =>
  bins.map((bin) => (show === "percent" ? percentHeight(bin, place) : bin.counts[place]));

// Whether a text stands in a rectangle of some px.
/** @param {string} text @param {number} wide @param {number} high */
export const fitsText = (text, wide, high) =>
  high >= TEXT_HEIGHT && wide >= textWidth(text) + TEXT_PADDING;

/** @param {Bin} bin @param {DrawnShow} show @param {number[]} alone - places; none: all */
function barHeight(bin, show, alone) {
  if (!alone.length) return show === "percent" ? 100 : bin.total;
  /** @param {number} place */
  const height = (place) => (show === "percent" ? percentHeight(bin, place) : bin.counts[place]);
  return alone.reduce((sum, place) => sum + height(place), 0);
}

/** @param {Plotly} trace @param {number} place @param {BarState} state */
function barTrace(trace, place, state) {
  const { bins, show, scale, chosen, payload, only } = state;
  const hidden = only.length > 0 && !only.includes(trace.meta);
  /** @param {Bin} bin */
  const unit = (bin) => (show === "percent" ? percentHeight(bin, place) : bin.counts[place]);
  /** @param {Bin} bin */
  const width = (bin) => (bin.stop - bin.start) * (1 - GAP);
  /** @param {number} bin */
  const marked = (bin) => chosen && chosen.bin === bin && chosen.place === place;
  const edge = colour("segment-edge");
  const thin = width(bins[0]) * scale.perLayer < 16 ? 0.5 : 1;
  // An edge would cover a segment of a pixel: it gets one of its own colour, and stays in sight.
  /** @param {Bin} bin */
  const isSlim = (bin) => bin.parts[place] > 0 && unit(bin) * scale.perUnit < SLIM;
  const slim = bins.some(isSlim);
  // One value for all bars unless one of them is marked: plotly reads every colour of a list.
  /** @param {(bin: number) => unknown} marks @param {unknown} usual */
  const each = (marks, usual) => (chosen || slim ? bins.map((_, bin) => marks(bin)) : usual);
  return {
    ...trace,
    visible: !hidden && bins.some((bin) => bin.parts[place]), // an empty trace costs as much
    x: bins.map((bin) => (bin.start + bin.stop - 1) / 2),
    y: bins.map((bin) => (hidden ? 0 : unit(bin))),
    width: bins.map(width),
    text: bins.map((bin) => {
      const text = percentText(bin.tenths[place]);
      const fits = fitsText(text, width(bin) * scale.perLayer, unit(bin) * scale.perUnit);
      return fits && !hidden && bin.parts[place] ? text : "";
    }),
    customdata: bins.map((bin) => [
      bin.label,
      bin.counts[place].toLocaleString("en-US"),
      percentText(bin.tenths[place]),
      strongestText(payload, bin.members[place]),
      trace.meta, // a graph passes on a point's customdata, not its trace
      intervalText(payload, bin, place),
    ]),
    textfont: {
      ...trace.textfont,
      color: chosen
        ? bins.map((_, bin) => (marked(bin) ? trace.textfont.color : colour("ink")))
        : trace.textfont.color,
    },
    marker: {
      ...trace.marker,
      opacity: chosen ? bins.map((_, bin) => (marked(bin) ? 1 : 0.38)) : 1,
      line: {
        color: each(
          (bin) => marked(bin) ? colour("ink") : isSlim(bins[bin]) ? trace.marker.color : edge,
          edge,
        ),
        width: each((bin) => marked(bin) ? 2.5 : isSlim(bins[bin]) ? 1.5 : thin, thin),
      },
    },
  };
}

// What the scores' standard errors leave open, below a bar's numbers.
/** @param {Payload} payload @param {Bin} bin @param {number} place */
function intervalText(payload, bin, place) {
  if (!bin.counts[place]) return "";
  const view = viewOf(payload);
  const found = view.interval(payload, bin, place);
  if (!found) {
    return payload.chances === null && view.said.by.includes("category") ? NO_INTERVAL : "";
  }
  const [low, high] = found;
  if (low === high) return "<br>none near a threshold that could change the number";
  return `<br>95% interval ${low.toLocaleString("en-US")} to ${plural(high, "head")}, ` +
    "from the scores’ standard errors";
}

/** @param {Payload} payload @param {number[]} members */
function strongestText(payload, members) {
  const view = viewOf(payload);
  const { told } = view.scores(payload);
  const named = byScore(payload, members).slice(0, STRONGEST);
  if (!named.length) return "";
  const lines = named.map((head) => `${headName(payload, head)}  ${told(head)}`);
  return `<br><br>${view.strongest(payload, named)}:<br>${lines.join("<br>")}`;
}

/** @param {Plotly} layout @param {LayoutState} state */
function chartLayout(layout, { bins, scale, show, payload }) {
  const shown = everyNth(bins, scale.perLayer);
  return {
    ...layout,
    template: tinted(layout.template),
    title: { text: payload.t ? "What if" : "" }, // the heading has the rest
    meta: { title: escapeHtml(payload.title) + (payload.t ? " · what if" : "") },
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
      ...(show !== "percent" && scale.top < 6 && { dtick: 1 }), // there is no half a head
      title: { text: heightTitle(payload, show) },
    },
  };
}

// As many bin labels as fit side by side without touching, and within the frame.
/**
 * @template {Pick<Bin, "start" | "stop" | "label">} Some
 * @param {Some[]} bins @param {number} perLayer
 */
export function everyNth(bins, perLayer) {
  const end = bins[bins.length - 1].stop * perLayer + MARGINS.right;
  /** @param {Some} bin */
  const fits = ({ start, stop, label }) =>
    ((start + stop) / 2) * perLayer + textWidth(label) / 2 <= end;
  const widest = Math.max(...bins.map((bin) => textWidth(bin.label))) + 10;
  const step = Math.ceil(widest / ((bins[0].stop - bins[0].start) * perLayer));
  return bins.filter((bin, place) => place % step === 0 && (bins.length === 1 || fits(bin)));
}

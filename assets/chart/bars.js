// The stacked bars: numbers, texts and marks put into the skeleton of app/page/figures.py.
import { GAP } from "./geometry.js";
import { textWidth } from "./text.js";
import { colour, painted, tinted } from "./theme.js";
import { percentHeight, percentText } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { binned, heightTitle, skeletonOf } from "../views/drawn.js";
import { headName } from "../views/grid.js";
import { escapeHtml } from "../views/phrases.js";
import { byScore } from "../views/scores.js";
import { findSegment } from "../views/segment.js";

/** @typedef {{ top: number, perUnit: number, perLayer: number }} Scale */
/** @typedef {{ bins: Bin[], scale: Scale, show: DrawnShow, payload: Payload }} LayoutState */
/** @typedef {LayoutState & { chosen: Place | null, only: string | null }} BarState */

const STRONGEST = 4; // heads named in a hover
const TEXT_HEIGHT = 15, TEXT_PADDING = 6; // px, at 12 px type

/** @param {ChartState} state */
export function chartFigure(state) {
  const { payload, show, selection, box } = state;
  const skeleton = skeletonOf(payload).chart;
  const { segments, bins } = binned(payload, state.width);
  const scale = chartScale(bins, payload, show, selection.only, segments, box);
  const chosen = findSegment(selection.segment, bins, segments);
  return {
    data: skeleton.data.map((trace, place) =>
      barTrace(painted(trace, segments[place]), place, {
        bins,
        show,
        scale,
        chosen,
        payload,
        only: selection.only,
      })
    ),
    layout: chartLayout(skeleton.layout, { bins, scale, show, payload }),
  };
}

// What a pixel is: the tallest bar, the plot's size in px, and so px per unit.
/**
 * @param {Bin[]} bins @param {Payload} payload @param {DrawnShow} show
 * @param {string | null} only @param {Segment[]} segments @param {Box} box
 */
function chartScale(bins, payload, show, only, segments, box) {
  const lone = segments.findIndex((segment) => segment.name === only);
  const heights = bins.map((bin) => barHeight(bin, show, lone));
  const tallest = Math.max(...heights, 1e-9);
  const top = show === "percent" && lone < 0 ? 100 : tallest * 1.04;
  return { top, perUnit: box.height / top, perLayer: box.width / payload.layers };
}

/** @param {Bin} bin @param {DrawnShow} show @param {number} lone */
function barHeight(bin, show, lone) {
  if (show === "percent") return lone < 0 ? 100 : percentHeight(bin, lone);
  return lone < 0 ? bin.total : bin.counts[lone];
}

/** @param {Plotly} trace @param {number} place @param {BarState} state */
function barTrace(trace, place, state) {
  const { bins, show, scale, chosen, payload, only } = state;
  const hidden = only && only !== trace.meta;
  /** @param {Bin} bin */
  const unit = (bin) => (show === "percent" ? percentHeight(bin, place) : bin.counts[place]);
  /** @param {Bin} bin */
  const width = (bin) => (bin.stop - bin.start) * (1 - GAP);
  /** @param {number} bin */
  const marked = (bin) => chosen && chosen.bin === bin && chosen.place === place;
  const edge = colour("segment-edge");
  const thin = width(bins[0]) * scale.perLayer < 16 ? 0.5 : 1;
  // One value for all bars unless one of them is marked: plotly reads every colour of a list.
  /** @param {(bin: number) => unknown} marks @param {unknown} usual */
  const each = (marks, usual) => (chosen ? bins.map((_, bin) => marks(bin)) : usual);
  return {
    ...trace,
    visible: !hidden && bins.some((bin) => bin.parts[place]), // an empty trace costs as much
    x: bins.map((bin) => (bin.start + bin.stop - 1) / 2),
    y: bins.map((bin) => (hidden ? 0 : unit(bin))),
    width: bins.map(width),
    text: bins.map((bin) => {
      const text = percentText(bin.tenths[place]);
      const fits = unit(bin) * scale.perUnit >= TEXT_HEIGHT &&
        width(bin) * scale.perLayer >= textWidth(text) + TEXT_PADDING;
      return fits && !hidden && bin.parts[place] ? text : "";
    }),
    customdata: bins.map((bin) => [
      bin.label,
      bin.counts[place].toLocaleString("en-US"),
      percentText(bin.tenths[place]),
      strongestText(payload, bin.members[place]),
      trace.meta, // dcc.Graph passes on a point's customdata, not its trace
    ]),
    textfont: {
      ...trace.textfont,
      color: each(
        (bin) => (marked(bin) ? trace.textfont.color : colour("ink")),
        trace.textfont.color,
      ),
    },
    marker: {
      ...trace.marker,
      opacity: each((bin) => (marked(bin) ? 1 : 0.38), 1),
      line: {
        color: each((bin) => (marked(bin) ? colour("ink") : edge), edge),
        width: each((bin) => (marked(bin) ? 2.5 : thin), thin),
      },
    },
  };
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
    title: { text: escapeHtml(payload.title) },
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
      title: { text: heightTitle(payload, show) },
    },
  };
}

// As many bin labels as fit side by side without touching.
/** @param {Bin[]} bins @param {number} perLayer */
function everyNth(bins, perLayer) {
  const widest = Math.max(...bins.map((bin) => textWidth(bin.label))) + 10;
  const step = Math.ceil(widest / ((bins[0].stop - bins[0].start) * perLayer));
  return bins.filter((_, place) => place % step === 0);
}

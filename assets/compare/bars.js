// The two charts of a comparison.
import { binsOfBoth, bothByDepth, depthText } from "./depth.js";
import { colour, painted, tinted } from "../chart/theme.js";
import { percentHeight, percentText } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { drawnShow } from "../views/choice.js";
import { heightTitle, skeletonOf } from "../views/drawn.js";
import { escapeHtml } from "../views/phrases.js";

/** @typedef {{ as: string, title: string }} Shown a table by its view and title */
/** @typedef {{ wide: number, show: DrawnShow, top: number, said: import("../views/definitions.js").Said }} DepthState */

// Both charts' figures.
/** @param {Payload} payload @param {Compared} compared @param {number} width @param {Show} show */
export function comparedFigures(payload, compared, width, show) {
  const { as } = compared;
  const bins = binsOfBoth(payload, compared, width);
  const found = bothByDepth(payload, compared, bins);
  const shown = drawnShow({ as }, show);
  return found.map((side, at) => comparedFigure({ as, title: compared.names[at] }, side, shown));
}

/** @param {Shown} table @param {DepthBin[]} found @param {DrawnShow} show */
function comparedFigure(table, found, show) {
  const frame = document.querySelector(".compare-chart");
  const wide = Math.max(120, (frame ? frame.clientWidth : 400) - 60) / found.length;
  const skeleton = skeletonOf(table).chart;
  const { segments, said } = viewOf(table);
  const top = depthTop(found, show);
  return {
    data: skeleton.data.map((trace, place) =>
      depthBar(painted(trace, segments[place]), place, found, { wide, show, top, said })
    ),
    layout: depthLayout(skeleton.layout, table, found, { wide, show, top, said }),
  };
}

/** @param {DepthBin[]} found @param {DrawnShow} show */
const depthTop = (found, show) =>
  show === "percent"
    ? 100
    : 1.04 * Math.max(...found.map((bin) => countsOf(bin).reduce((sum, count) => sum + count, 0)));

// Where heads are drawn, bins count them.
const countsOf = (/** @type {DepthBin} */ bin) => /** @type {number[]} */ (bin.counts);

const DEPTH_HEIGHT = 210; // px of a full bar, about

/**
 * @param {Plotly} trace @param {number} place @param {DepthBin[]} found @param {DepthState} state
 */
function depthBar(trace, place, found, { wide, show, top, said }) {
  const edge = colour("segment-edge");
  /** @param {DepthBin} bin */
  const height = (bin) => (show === "percent" ? percentHeight(bin, place) : countsOf(bin)[place]);
  return {
    ...trace,
    visible: found.some((bin) => bin.parts[place]), // an empty trace costs as much
    x: found.map((_, bin) => bin),
    y: found.map(height),
    width: 0.84,
    text: found.map((bin) => {
      const text = percentText(bin.tenths[place]);
      const tall = (height(bin) * DEPTH_HEIGHT) / top >= 16;
      return tall && wide * 0.84 >= text.length * 6.9 + 6 ? text : "";
    }),
    customdata: found.map((bin) => [
      `[${bin.start}, ${bin.stop}), depth ${depthText(bin)}`,
      bin.counts ? bin.counts[place].toLocaleString("en-US") : "",
      percentText(bin.tenths[place]),
      "",
    ]),
    hovertemplate: said.countsHeads ? trace.hovertemplate : shareHover(trace.name, said.shared),
    marker: { ...trace.marker, line: { color: edge, width: wide < 16 ? 0.5 : 1 } },
  };
}

/** @param {string} label @param {string} shared */
const shareHover = (label, shared) =>
  `<b>${label}</b><br>layers %{customdata[0]}<br><b>%{customdata[2]}</b> of the bin's ${shared}` +
  "<extra></extra>";

/**
 * @param {Plotly} layout @param {Shown} table @param {DepthBin[]} found @param {DepthState} state
 */
function depthLayout(layout, table, found, { wide, show, top }) {
  const widest = Math.max(...found.map((bin) => depthText(bin).length)) * 6.9 + 8;
  const step = Math.ceil(widest / wide);
  const shown = found.map((_, bin) => bin).filter((bin) => bin % step === 0);
  return {
    ...layout,
    template: tinted(layout.template),
    title: { text: escapeHtml(table.title), font: { size: 14 } },
    autosize: true,
    margin: { l: 60, r: 16, t: 36, b: 44 },
    xaxis: {
      ...layout.xaxis,
      title: { text: "Depth" },
      range: [-0.5, found.length - 0.5],
      tickvals: shown,
      ticktext: shown.map((bin) => depthText(found[bin])),
    },
    yaxis: {
      ...layout.yaxis,
      range: [0, top],
      ticksuffix: show === "percent" ? "%" : "",
      title: { text: heightTitle(table, show) },
    },
  };
}

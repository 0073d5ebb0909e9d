// The two charts of a comparison.
import { binsOfBoth, bothByDepth, depthText } from "./depth.js";
import { swatch } from "../chart/swatch.js";
import { colour, painted, tinted } from "../chart/theme.js";
import { element } from "../dash/element.js";
import { percentHeight, percentText } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { heightTitle, skeletonOf } from "../views/drawn.js";
import { escapeHtml } from "../views/phrases.js";

/** @typedef {{ as: string, title: string }} Shown a table by its view and title */
/** @typedef {{ wide: number, said: import("../views/definitions.js").Said }} DepthState */

// Both charts' figures: shares, on one axis, since the tables may differ in their heads.
/** @param {Payload} payload @param {Compared} compared @param {number} width */
export function comparedFigures(payload, compared, width) {
  const { as } = compared;
  const bins = binsOfBoth(payload, compared, width);
  const found = bothByDepth(payload, compared, bins);
  return found.map((side, at) => comparedFigure({ as, title: compared.names[at] }, side));
}

// The colours of what either table has.
/** @param {Payload} payload @param {Compared} compared */
export function legend(payload, compared) {
  const [one, other] = bothByDepth(payload, compared, 1).map(([all]) => all);
  return viewOf(compared).segments
    .filter((_, place) => one.parts[place] || other.parts[place])
    .map((segment) => element("Li", {}, swatch(segment), segment.label));
}

/** @param {Shown} table @param {DepthBin[]} found */
function comparedFigure(table, found) {
  const frame = document.querySelector(".compare-chart");
  const wide = Math.max(120, (frame ? frame.clientWidth : 400) - 60) / found.length;
  const skeleton = skeletonOf(table).chart;
  const { segments, said } = viewOf(table);
  return {
    data: skeleton.data.map((trace, place) =>
      depthBar(painted(trace, segments[place]), place, found, { wide, said })
    ),
    layout: depthLayout(skeleton.layout, table, found, wide),
  };
}

const DEPTH_HEIGHT = 210; // px of a full bar, about

/**
 * @param {Plotly} trace @param {number} place @param {DepthBin[]} found @param {DepthState} state
 */
function depthBar(trace, place, found, { wide, said }) {
  const edge = colour("segment-edge");
  /** @param {DepthBin} bin */
  const height = (bin) => percentHeight(bin, place);
  return {
    ...trace,
    visible: found.some((bin) => bin.parts[place]), // an empty trace costs as much
    x: found.map((_, bin) => bin),
    y: found.map(height),
    width: 0.84,
    text: found.map((bin) => {
      const text = percentText(bin.tenths[place]);
      const tall = (height(bin) * DEPTH_HEIGHT) / 100 >= 16;
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
 * @param {Plotly} layout @param {Shown} table @param {DepthBin[]} found
 * @param {number} wide - px of a bin
 */
function depthLayout(layout, table, found, wide) {
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
      range: [0, 100],
      ticksuffix: "%",
      title: { text: heightTitle(table, "percent") },
    },
  };
}

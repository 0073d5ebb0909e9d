// Where things stand in the chart's and the map's frames, in px.
import { percentHeight } from "../views/bins.js";

export const MARGINS = { left: 58, right: 12, top: 26, bottom: 46 }; // app/page/template.py

/** @param {Element} graph */
export function plotBox(graph) {
  const { left, right, top, bottom } = MARGINS;
  return {
    width: Math.max(80, graph.clientWidth - left - right),
    height: Math.max(80, graph.clientHeight - top - bottom),
  };
}

// The element that plotly draws in, with the layout it has drawn.
/** @param {ParentNode} graph */
export const plotted = (graph) => /** @type {Plotted} */ (graph.querySelector(".js-plotly-plot"));

export const GAP = 0.16; // of a bin's width

// Where a segment stands in the chart's frame, as CSS; null if it has no heads.
/**
 * @param {Bin[]} bins @param {number} bin @param {number} place @param {DrawnShow} show
 * @param {number} top @param {Payload} payload @param {Box} box
 */
export function segmentBox(bins, bin, place, show, top, payload, box) {
  const one = bins[bin];
  if (!one.parts[place]) return null;
  const values = one.counts.map((count, at) => show === "percent" ? percentHeight(one, at) : count);
  const below = values.slice(0, place).reduce((sum, value) => sum + value, 0);
  const { left, top: above } = MARGINS;
  const layer = box.width / payload.layers;
  const wide = one.stop - one.start;
  /** @param {number} value */
  const y = (value) => above + box.height * (1 - value / top);
  return {
    left: `${left + (one.start + (wide * GAP) / 2) * layer}px`,
    width: `${wide * (1 - GAP) * layer}px`,
    top: `${y(below + values[place])}px`,
    height: `${(box.height * values[place]) / top}px`,
  };
}

// The layers of a bar that Dash tells of: {start, stop}.
/** @param {GraphPoint} point */
export function binOf(point) {
  const [, start, stop] =
    /** @type {RegExpExecArray} */ (/\[(\d+), (\d+)\)/.exec(point.customdata[0]));
  return { start: Number(start), stop: Number(stop) };
}

// The callbacks of chart, map, chips and the chart's table: thin adapters.
import { framed } from "../dash/element.js";
import { chartTable, summaryOf } from "./chart-table.js";
import { chipList } from "./chips.js";
import { chartBox, draw } from "./draw.js";
import { colourChoice, colouredBy, drawnColour, scaleBar } from "./coloured.js";
import { binOf, plotBox, plotted, segmentBox } from "./geometry.js";
import { mapFigure, mapHeight } from "./headmap.js";
import { viewNotes } from "./notes.js";
import { lightUp } from "./overlays.js";
import { byId } from "../dash/dom.js";
import { keep, setData } from "../dash/props.js";
import { ask } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";
import { unitText } from "../fields/widths.js";
import { defaultWidth } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";
import { drawnShow } from "../views/choice.js";
import { binned, drawnOnly, segmentation } from "../views/drawn.js";
import { hasHead, keyOf, rowOf } from "../views/grid.js";

/**
 * @param {Payload} payload @param {number} width @param {Show} show
 * @param {Chosen | null} selection @param {string[] | null} only
 */
const state = (payload, width, show, selection, only) => ({
  payload,
  show: drawnShow(payload, show),
  width: Math.min(width || defaultWidth(payload.layers), payload.layers),
  selection: { segment: selection && selection.segment, only: drawnOnly(payload, only) },
  box: chartBox(),
});

const settled = { width: /** @type {number | null} */ (null) };

/** @param {number} width */
function settle(width) {
  if (settled.width === width) return; // drawn again for another reason
  settled.width = width;
  setData("settled-width", width);
}

/**
 * @param {Payload | null} payload @param {number} width @param {string} _taxonomy
 * @param {Show} show @param {Chosen | null} selection @param {string[] | null} only
 */
export function drawChart(payload, width, _taxonomy, show, selection, only) {
  if (!payload) return [keep(), keep(), keep()];
  const now = state(payload, width, show, selection, only);
  debounce("width", () => settle(now.width));
  return [draw(now), unitText(now.width, payload.layers), summaryOf(now)];
}

// Resolves once the bars are there and painted; at the latest after a second, where none come.
function barsPainted() {
  const started = performance.now();
  return new Promise((resolve) => {
    const look = () => {
      const isThere = document.querySelector("#head-chart .barlayer .point");
      if (isThere || performance.now() - started > 1000) requestAnimationFrame(resolve);
      else setTimeout(look, 10);
    };
    look();
  });
}

// The first time it lets the bars come first: with them the page can be used.
/**
 * @param {Payload | null} payload @param {string} _taxonomy @param {string[] | null} only
 * @param {string | null} by @param {MeasuredHeads | null} measured
 */
export async function drawMap(payload, _taxonomy, only, by, measured) {
  if (!payload) return [keep(), keep()];
  if (!plotted(byId("head-map"))) await barsPainted();
  const inner = byId("map-inner");
  inner.style.setProperty("--map-height", `${mapHeight(payload, inner.clientWidth)}px`);
  inner.style.setProperty("--map-least", `${payload.layers * 9 + 72}px`);
  const coloured = drawnColour(payload, by, measured);
  const figure = mapFigure({ payload, selection: { only: drawnOnly(payload, only) }, coloured });
  return [figure, framed(colourChoice(payload, by), coloured && scaleBar(coloured))];
}

// A measure of all heads is asked for when the map is to be coloured by it, and not before.
/** @param {Payload | null} payload @param {string | null} by */
export function wantColour(payload, by) {
  const measure = payload && colouredBy(payload, by);
  if (measure) ask("colour-wanted", { model: payload.name, stamp: payload.stamp, measure });
}

// Ahead of React, which gives a select its old value back until its component has another.
export function watchColour() {
  document.addEventListener("change", ({ target }) => {
    const chosen = target instanceof HTMLSelectElement && target.matches("#colour-by");
    if (chosen) setData("colour-of", target.value || null);
  }, { capture: true });
}

/** @param {Payload | null} payload @param {string} _taxonomy @param {string[] | null} only */
export function drawChips(payload, _taxonomy, only) {
  if (!payload) return keep();
  const { style } = byId("chip-sentence");
  style.setProperty("--lines", String(viewOf(payload).sentenceLines));
  return framed(chipList(payload, only ?? []));
}

/**
 * @param {Payload | null} payload @param {number | null} width @param {string} _taxonomy
 * @param {Chosen | null} selection @param {boolean} open
 */
export function drawTwin(payload, width, _taxonomy, selection, open) {
  if (!payload || !width || !open) return keep();
  return framed(chartTable(state(payload, width, "count", selection, null)));
}

// What the link says of the categories seen alone.
/** @param {LinkState} url */
export const restoreOnly = (url) => url.only;

/** @param {LinkState} url */
export const restoreUnmeasured = (url) => url.unmeasured;

/** @param {LinkState} url */
export const restoreColour = (url) => url.colour;

// Categories seen alone are let go when the view has none of that name.
/** @param {Payload | null} payload @param {string[] | null} only */
export function letGo(payload, only) {
  if (!payload || !only?.length) return keep();
  const { segments } = segmentation(payload);
  const held = only.filter((name) => segments.some((segment) => segment.name === name));
  return held.length === only.length ? keep() : held;
}

/** @param {Payload | null} payload @param {Show} _show @param {Thresholds | null} thresholds */
export function tellView(payload, _show, thresholds) {
  if (!payload) return [keep(), keep()];
  const chosenHere = viewOf(payload).said.control === "taxonomy";
  return [framed(viewNotes(payload, thresholds)), !chosenHere];
}

// Pointing at a bar lights its columns of the map.
/** @param {GraphEvent | null} hover @param {Payload} payload */
export function lightColumns(hover, payload) {
  const point = hover && hover.points && hover.points[0];
  const bin = point ? binOf(point) : null;
  /** @param {number} layers */
  const share = (layers) => `${(100 * layers) / payload.layers}%`;
  lightUp("map-light", bin && { left: share(bin.start), width: share(bin.stop - bin.start) });
  return keep();
}

// Pointing at a cell lights its segment of the chart.
/**
 * @param {GraphEvent | null} hover @param {Payload} payload @param {number} width
 * @param {string} _taxonomy @param {Show} show @param {string[] | null} only
 */
export function lightSegment(hover, payload, width, _taxonomy, show, only) {
  const point = hover && hover.points && hover.points[0];
  const on = point && hasHead(payload, keyOf(point.x, point.y));
  if (!on) lightUp("chart-light", null);
  if (!on || only?.length) return keep();
  const { index, bins } = binned(payload, width);
  const bin = Math.floor(point.x / width);
  const place = index[rowOf(payload, point.x, point.y)];
  const graph = byId("head-chart");
  const [, top] = plotted(graph).layout.yaxis.range;
  const shown = drawnShow(payload, show);
  lightUp("chart-light", segmentBox(bins, bin, place, shown, top, payload, plotBox(graph)));
  return keep();
}

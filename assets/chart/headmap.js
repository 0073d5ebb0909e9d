// The head map: one cell a head, layers across, under the bars of the same layers.
import { measuredText, scaleOf, shadeOf } from "./coloured.js";
import { colour, paint, tinted } from "./theme.js";
import { byId } from "../dash/dom.js";
import { viewOf } from "../views/catalogue.js";
import { categories } from "../views/definitions.js";
import { segmentation, skeletonOf } from "../views/drawn.js";
import { headName, headOf, layerHeads, layerOf, rowOf } from "../views/grid.js";
import { headsOf } from "../views/heads.js";
import { isClaimed, nearestText } from "../views/nearness.js";
import { plural, scoreText } from "../views/phrases.js";

const ABOVE_MAP = 596; // px of header, heading, controls and bars
const LOWEST = 56; // px of the cells, so that one of few can be hit
const HIT = 6; // px of a cell that can still be hit
const MANY = 40; // heads of a layer: with more, the map is scrolled, and its cells can be hit
const SMALL = 640; // a map of so few px stands on a screen that is scrolled anyway

/**
 * @param {{ payload: Payload, selection: { only: string[] }, coloured: MeasuredHeads | null }} of
 */
export function mapFigure({ payload, selection, coloured }) {
  const skeleton = skeletonOf(payload).map;
  const { segments, index } = segmentation(payload);
  const [cells, dots] = skeleton.data;
  const { only } = selection;
  /** @param {number} layer @param {number} head */
  const at = (layer, head) => head < layerHeads(payload, layer) ? rowOf(payload, layer, head) : NaN;
  const layers = [...Array(payload.layers).keys()];
  const rows = [...Array(payload.heads).keys()];
  const cell = cellSize(payload);
  /** @param {number} head */
  const shown = (head) => !only.length || only.includes(segments[index[head]]?.name);
  /** @param {number} head */
  const value = (head) => coloured ? shadeOf(coloured.values[head]) : index[head] ?? null;
  return {
    data: [
      {
        ...cells,
        ...(coloured ? scaleOf(coloured) : { colorscale: mapColours(cells.colorscale, segments) }),
        x: layers,
        y: rows,
        xgap: cell.width < 4 ? 0 : 1, // else little but gaps would be seen
        ygap: cell.height < 4 ? 0 : 1,
        z: rows.map((head) =>
          layers.map((layer) => {
            const row = at(layer, head);
            return shown(row) ? value(row) : null; // null: nothing is drawn
          })
        ),
        text: rows.map((head) =>
          layers.map((layer) => {
            const row = at(layer, head);
            return Number.isNaN(row) ? gapText(payload, layer) : headText(payload, row, coloured);
          })
        ),
      },
      { ...dots, ...(coloured ? dashes(payload, coloured, shown) : mapMarks(payload, shown)) },
    ],
    layout: mapLayout(skeleton.layout, payload),
  };
}

// Two stops a segment (app/page/figures.py), in the shown theme's colours.
/** @param {[number, string][]} scale @param {Segment[]} segments */
const mapColours = (scale, segments) =>
  scale.map(([at], stop) => [at, paint(segments[Math.floor(stop / 2)]).colour]);

// What stands in cells of the shown heads: dots, or texts.
/** @param {Payload} payload @param {(head: number) => boolean} shown */
function mapMarks(payload, shown) {
  const { segments, index } = segmentation(payload);
  const { heads, texts } = viewOf(payload).marks(payload);
  const marked = heads.filter(shown);
  const inks = marked.map((head) => paint(segments[index[head]]).ink);
  return {
    x: marked.map((head) => layerOf(payload, head)),
    y: marked.map((head) => headOf(payload, head)),
    ...(texts
      ? {
        mode: "text",
        text: texts.filter((_, at) => shown(heads[at])),
        textfont: { size: signSize(payload), color: inks },
      }
      : { marker: { size: 3.5, color: inks } }),
  };
}

// What nobody measured is a dash in an empty cell.
/** @param {Payload} payload @param {MeasuredHeads} coloured @param {(head: number) => boolean} shown */
function dashes(payload, { values }, shown) {
  const heads = [...values.keys()].filter((head) => values[head] === null && shown(head));
  return {
    x: heads.map((head) => layerOf(payload, head)),
    y: heads.map((head) => headOf(payload, head)),
    mode: "text",
    text: heads.map(() => "–"),
    textfont: { size: signSize(payload), color: colour("ink-2") },
  };
}

// As large as a cell allows.
/** @param {Payload} payload */
function signSize(payload) {
  const { clientWidth } = byId("map-inner");
  return Math.max(8, Math.min(15, ((clientWidth - 70) / payload.layers) * 0.85));
}

// In px, as they are drawn.
/** @param {Payload} payload */
function cellSize(payload) {
  const { clientWidth } = byId("map-inner");
  return {
    width: (clientWidth - 70) / payload.layers,
    height: (mapHeight(payload, clientWidth) - 46) / payload.heads,
  };
}

// Every first, second, fourth … row or column has its number: as many as have room.
/** @param {number} cell - px @param {number} room - px that a number needs */
export const tickStep = (cell, room) =>
  2 ** Math.max(0, Math.ceil(Math.log2(room / Math.max(cell, 0.1))));

/** @param {Plotly} layout @param {Payload} payload */
function mapLayout(layout, payload) {
  const cell = cellSize(payload);
  return {
    ...layout,
    template: tinted(layout.template),
    plot_bgcolor: colour("cell-gap"),
    autosize: true,
    xaxis: {
      ...layout.xaxis,
      range: [-0.5, payload.layers - 0.5],
      tick0: 0,
      dtick: tickStep(cell.width, payload.layers > 100 ? 33 : 26),
    },
    yaxis: {
      ...layout.yaxis,
      range: [payload.heads - 0.5, -0.5],
      tick0: 0,
      dtick: tickStep(cell.height, 17),
    },
  };
}

// What a hover tells about one head.
/** @param {Payload} payload @param {number} head @param {MeasuredHeads | null} coloured */
function headText(payload, head, coloured) {
  const { detailed, score, error, runnerUp, margin, borderline } = headsOf(payload);
  const own = categories()[detailed[head]];
  const claimed = isClaimed(payload, head);
  const value = claimed ? scoreText(score[head], error[head]) : "";
  const nearest = claimed ? "" : nearestText(payload, head);
  const rival = categories()[runnerUp[head]];
  const lines = [`<b>${headName(payload, head)}</b>  ${own.label}${value && `  ${value}`}`];
  if (coloured) lines.push(measuredText(coloured, head));
  if (nearest) lines.push(`Nearest: ${nearest}`);
  else if (rival) lines.push(`Runner-up: ${rival.label}, margin ${margin[head].toFixed(2)}`);
  if (borderline[head]) lines.push("Borderline: could flip within two standard errors");
  return [...lines, ...viewOf(payload).hoverLines(payload, head)].join("<br>");
}

// What a hover tells where a layer has no such head.
/** @param {Payload} payload @param {number} layer */
function gapText(payload, layer) {
  const heads = layerHeads(payload, layer);
  return `<b>Layer ${layer}</b>  ${heads ? `has ${plural(heads, "head")}` : "has no attention"}`;
}

// Height in px: cells as tall as they are wide, within reason.
/** @param {Payload} payload @param {number} width */
export function mapHeight(payload, width) {
  const cell = Math.min(26, Math.max(10, (width - 70) / payload.layers));
  // With bars and controls on one screen, where the screen has room for that.
  const room = Math.max(190, window.innerHeight - ABOVE_MAP);
  const most = width < SMALL ? 560 : Math.min(560, room);
  const least = payload.heads > MANY ? payload.heads * HIT : LOWEST;
  const cells = Math.max(least, Math.min(most - 46, payload.heads * cell));
  return Math.round(cells + 46);
}

// The head map: one cell a head, layers across, under the bars of the same layers.
import { colour, paint, tinted } from "./theme.js";
import { byId } from "../dash/dom.js";
import { viewOf } from "../views/catalogue.js";
import { categories } from "../views/definitions.js";
import { segmentation, skeletonOf } from "../views/drawn.js";
import { headName, headOf, layerOf, rowOf } from "../views/grid.js";
import { headsOf } from "../views/heads.js";
import { isClaimed, nearestText } from "../views/nearness.js";
import { scoreText } from "../views/phrases.js";

/** @param {{ payload: Payload, selection: { only: string | null } }} of */
export function mapFigure({ payload, selection }) {
  const skeleton = skeletonOf(payload).map;
  const { segments, index } = segmentation(payload);
  const [cells, dots] = skeleton.data;
  const lone = segments.findIndex((segment) => segment.name === selection.only);
  /** @param {number} layer @param {number} head */
  const at = (layer, head) => rowOf(payload, layer, head);
  const layers = [...Array(payload.layers).keys()];
  const rows = [...Array(payload.heads).keys()];
  /** @param {number} head */
  const shown = (head) => lone < 0 || index[head] === lone;
  return {
    data: [
      {
        ...cells,
        colorscale: mapColours(cells.colorscale, segments),
        x: layers,
        y: rows,
        z: rows.map((head) =>
          layers.map((layer) => (shown(at(layer, head)) ? index[at(layer, head)] : null))
        ),
        text: rows.map((head) => layers.map((layer) => headText(payload, at(layer, head)))),
      },
      { ...dots, ...mapMarks(payload, shown) },
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

// As large as a cell allows.
/** @param {Payload} payload */
function signSize(payload) {
  const { clientWidth } = byId("map-inner");
  return Math.max(8, Math.min(15, ((clientWidth - 70) / payload.layers) * 0.85));
}

/** @param {Plotly} layout @param {Payload} payload */
function mapLayout(layout, payload) {
  const step = payload.layers > 60 ? 8 : payload.layers > 24 ? 4 : 2;
  return {
    ...layout,
    template: tinted(layout.template),
    plot_bgcolor: colour("cell-gap"),
    autosize: true,
    xaxis: { ...layout.xaxis, range: [-0.5, payload.layers - 0.5], tick0: 0, dtick: step },
    yaxis: {
      ...layout.yaxis,
      range: [payload.heads - 0.5, -0.5],
      tick0: 0,
      dtick: payload.heads > 16 ? 4 : 2,
    },
  };
}

// What a hover tells about one head.
/** @param {Payload} payload @param {number} head */
function headText(payload, head) {
  const { detailed, score, error, runnerUp, margin, borderline } = headsOf(payload);
  const own = categories()[detailed[head]];
  const claimed = isClaimed(payload, head);
  const value = claimed ? scoreText(score[head], error[head]) : "";
  const nearest = claimed ? "" : nearestText(payload, head);
  const rival = categories()[runnerUp[head]];
  const lines = [`<b>${headName(payload, head)}</b>  ${own.label}${value && `  ${value}`}`];
  if (nearest) lines.push(`Nearest: ${nearest}`);
  else if (rival) lines.push(`Runner-up: ${rival.label}, margin ${margin[head].toFixed(2)}`);
  if (borderline[head]) lines.push("Borderline: could flip within two standard errors");
  return [...lines, ...viewOf(payload).hoverLines(payload, head)].join("<br>");
}

// Height in px: cells as tall as they are wide, within reason.
/** @param {Payload} payload @param {number} width */
export function mapHeight(payload, width) {
  const cell = Math.min(26, Math.max(10, (width - 70) / payload.layers));
  return Math.round(Math.min(560, payload.heads * cell) + 52);
}

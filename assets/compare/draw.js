// The two charts of a comparison, drawn into their canvases.
import { comparedFigures } from "./bars.js";
import { drawIn } from "../chart/draw.js";

/** @typedef {{ payload: Payload, compared: Compared }} Comparison */

/** @type {Comparison | null} null while nothing is compared */
let shown = null;

/** @param {Comparison | null} next */
export function setCompared(next) {
  shown = next;
}

/** @param {number} width */
export function drawCompared(width) {
  if (!shown) return;
  const { payload, compared } = shown;
  const [one, other] = comparedFigures(payload, compared, width);
  drawIn("compare-chart-one", one);
  drawIn("compare-chart-other", other);
}

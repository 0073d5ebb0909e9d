// A pattern as a small picture: a pixel a cell, made larger by the style sheet.
import { scaleTop, shade } from "../selection/attention.js";
import { colour } from "../chart/theme.js";

/** @import { Rows } from "../selection/attention.js" */

/** @param {string} hex @returns {number[]} */
const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** @param {HTMLCanvasElement} canvas @param {Rows} rows @param {number} [top] - of the scale */
export function drawCells(canvas, rows, top = scaleTop(rows)) {
  const size = rows.length;
  canvas.width = canvas.height = size;
  const image = new ImageData(size, size);
  const from = parse(colour("grid"));
  const to = parse(colour("accent"));
  rows.forEach((row, query) =>
    row.forEach((weight, key) => {
      const share = shade(weight, top);
      const mixed = from.map((one, at) => Math.round(one + (to[at] - one) * share));
      image.data.set([...mixed, 255], 4 * (query * size + key));
    })
  );
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

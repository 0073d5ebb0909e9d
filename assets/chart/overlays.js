// Bin boundaries, lit columns and the chosen cell are plain elements over chart and map: nothing
// is redrawn.
import { byId } from "../dash/dom.js";
import { parseHead } from "../views/grid.js";

const LEAST = 6; // px of a bin: narrower, the lines would cover the cells

// Bins of one layer are the cells' own gaps.
/** @param {number} layers @param {number} width @param {number} px - of the map */
export const linesHelp = (layers, width, px) => width > 1 && (px * width) / layers >= LEAST;

/** @param {Payload} payload @param {number} width */
export function placeBinLines(payload, width) {
  const inner = byId("map-inner");
  const lines = /** @type {HTMLElement} */ (inner.querySelector(".bin-lines"));
  lines.hidden = !linesHelp(payload.layers, width, lines.clientWidth || inner.clientWidth - 70);
  inner.style.setProperty("--bin-share", `${(100 * width) / payload.layers}%`);
  inner.style.setProperty("--layers", String(payload.layers));
  inner.style.setProperty("--per-layer", String(payload.heads));
}

/** @param {string} name @param {Record<string, string> | null} box */
export function lightUp(name, box) {
  const light = byId(name);
  light.classList.toggle("on", Boolean(box));
  if (box) Object.assign(light.style, box);
}

/** @param {HeadKey | null | undefined} head */
export function placeChosenCell(head) {
  const cell = byId("map-chosen");
  const [layer, row] = parseHead(head);
  cell.classList.toggle("on", Boolean(head));
  cell.style.setProperty("--layer", String(layer || 0));
  cell.style.setProperty("--row", String(row || 0));
}

// Bin boundaries, lit columns and the chosen cell are plain elements over chart and map: nothing
// is redrawn.
import { parseHead } from "../views/grid.js";

export function placeBinLines(payload, width) {
  const inner = document.getElementById("map-inner");
  inner.style.setProperty("--bin-share", `${(100 * width) / payload.layers}%`);
  inner.style.setProperty("--layers", payload.layers);
  inner.style.setProperty("--per-layer", payload.heads);
}

export function lightUp(name, box) {
  const light = document.getElementById(name);
  light.classList.toggle("on", Boolean(box));
  if (box) Object.assign(light.style, box);
}

export function placeChosenCell(head) {
  const cell = document.getElementById("map-chosen");
  const [layer, row] = parseHead(head);
  cell.classList.toggle("on", Boolean(head));
  cell.style.setProperty("--layer", layer || 0);
  cell.style.setProperty("--row", row || 0);
}

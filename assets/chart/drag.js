// The bin width while its slider is moved: Dash hears of it on release (fields/sliders.js).
import { drawnChart, follow } from "./draw.js";
import { byId, closest } from "../dash/dom.js";
import { unitText } from "../fields/widths.js";

const LATER_MS = 40; // what else is drawn for the width waits until the chart is painted

// drawOthers(width): what else follows.
/** @param {(width: number) => void} drawOthers */
export function followDrag(drawOthers) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  document.addEventListener("input", (event) => {
    const slider = /** @type {HTMLInputElement | null} */ (closest(event, "#bin-width input"));
    const drawn = drawnChart();
    const width = Number(slider?.value);
    if (!drawn || !slider || width === drawn.width) return;
    follow(width);
    byId("bin-width-text").textContent = unitText(width, drawn.payload.layers);
    clearTimeout(later);
    later = setTimeout(() => drawOthers(width), LATER_MS);
  });
}

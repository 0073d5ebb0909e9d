// The bin width while its slider is dragged: Dash hears of it on release.
import { drawnChart, redraw } from "./draw.js";
import { byId } from "../dash/dom.js";
import { plural } from "../views/phrases.js";

const LATER_MS = 40; // what else is drawn for the width waits until the chart is painted

// drawOthers(width): what else follows the drag.
/** @param {(width: number) => void} drawOthers */
export function followDrag(drawOthers) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  /** @param {number} width */
  const follow = function (width) {
    redraw({ width });
    byId("bin-width-text").textContent = plural(width, "layer");
    clearTimeout(later);
    later = setTimeout(() => drawOthers(width), LATER_MS);
  };

  // The thumb says where it is (aria-valuenow), and by an attribute that Mantine does not document
  // whether a finger or the mouse holds it:
  // https://github.com/mantinedev/mantine/blob/8.3.18/packages/@mantine/core/src/components/Slider/Thumb/Thumb.tsx
  new MutationObserver((changes) => {
    const thumb = changes
      .map(({ target }) => /** @type {HTMLElement} */ (target)) // attributes are elements' only
      .find((target) => target.closest("#bin-width"));
    const drawn = drawnChart();
    if (!drawn || !thumb || !("dragging" in thumb.dataset)) return;
    const width = Number(thumb.getAttribute("aria-valuenow"));
    if (width !== drawn.width) follow(width);
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-valuenow"] });
}

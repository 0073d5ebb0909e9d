// Buttons that pin heads, and the keys of the gallery.
import { walkGallery } from "./gallery.js";
import { MOST_PINS, togglePin } from "./pins.js";
import { byId, closest, detailsById } from "../dash/dom.js";
import { getData, setData } from "../dash/props.js";

export function watchPins() {
  document.addEventListener("click", (event) => {
    const button = closest(event, "[data-pin], #pin-head");
    if (!button) return;
    const head = button.dataset.pin ?? getData("selection")?.head;
    if (head) pin(head);
  });
  document.addEventListener("keydown", walkGallery);
}

/** @param {HeadKey} head */
function pin(head) {
  const pins = togglePin(getData("pins-chosen") ?? [], head);
  byId("pins-problem").textContent = pins ? "" : `${MOST_PINS} heads are pinned; unpin one first.`;
  if (!pins) return;
  detailsById("patterns-panel").open ||= pins.length > 0;
  setData("pins-chosen", pins);
}

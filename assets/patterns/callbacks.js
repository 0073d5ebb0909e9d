// The callbacks of the patterns side by side: thin adapters.
import { drawGallery, markGallery } from "./gallery.js";
import { galleryHeads } from "./listed.js";
import { MOST_PINS, pinsOf } from "./pins.js";
import { drawPins } from "./side.js";
import { byId, detailsById } from "../dash/dom.js";
import { keep } from "../dash/props.js";
import { headLabel } from "../views/grid.js";

// The pinned heads of the link; the drawer is opened for them.
/** @param {LinkState} url */
export function restorePins(url) {
  if (url.pins.length) detailsById("patterns-panel").open = true;
  return url.pins;
}

// The listed heads' thumbnails and the pinned heads, while the drawer is open.
/**
 * @param {Payload | null} payload @param {number | null} width @param {string} _taxonomy
 * @param {Chosen | null} selection @param {string[] | null} only @param {string | null} prompt
 * @param {HeadKey[] | null} pins @param {Opened | null} opened
 */
export function showPatterns(payload, width, _taxonomy, selection, only, prompt, pins, opened) {
  if (!payload || !width) return keep();
  const own = pinsOf(pins, payload);
  const head = selection?.head;
  tellCard(head, own);
  if (!opened?.patterns) return keep();
  const wanted = prompt ?? "repeated";
  /** @type {HTMLSelectElement} */ (byId("gallery-prompt")).value = wanted;
  if (payload.source === "published") {
    drawGallery(payload, wanted, []);
    drawPins(payload, wanted, []);
    return "No attention patterns: this table holds published scores.";
  }
  const { heads, told } = galleryHeads(payload, width, selection, only);
  drawGallery(payload, wanted, heads);
  markGallery(head, own);
  drawPins(payload, wanted, own);
  return `${told} Press a segment or a category above for others.`;
}

// The card's own button.
/** @param {HeadKey | null | undefined} head @param {HeadKey[]} pins */
function tellCard(head, pins) {
  const button = /** @type {HTMLButtonElement} */ (byId("pin-head"));
  const on = Boolean(head && pins.includes(head));
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? "Unpin" : "Pin";
  button.title = pins.length
    ? `Pinned: ${pins.map(headLabel).join(", ")}`
    : "Beside other heads, below the map";
  button.disabled = !on && pins.length >= MOST_PINS;
  if (button.disabled) button.title += "; unpin one first";
}

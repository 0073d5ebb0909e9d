// The chosen head's card, brought into view.
import { byId } from "../dash/dom.js";

/** @type {HeadKey | null | undefined} */
let cardOf = null; // the head whose card was brought into view, or is to be
let owed = false;

// A head's card stands below its segment's table: once both are there the panel that scrolls shows
// it, with as much of the table above as leaves the card room. Not where the head was chosen in
// that table: a list must not move under the pointer.
/** @param {Chosen} selection @param {boolean} segmentHidden */
export function bringCard({ segment, head }, segmentHidden) {
  const inList = document.querySelector("#segment-slot:is(:hover, :focus-within)");
  if (head !== cardOf) owed = Boolean(head) && !inList;
  cardOf = head;
  if (!owed || (segment && segmentHidden)) return;
  owed = false;
  requestAnimationFrame(() => requestAnimationFrame(scrollToCard));
}

const CARD_LEAST = 260; // px: name, sentence, verdict, the first scores

function scrollToCard() {
  const card = byId("head-card");
  /** @param {HTMLElement} one */
  const scrolls = (one) => getComputedStyle(one).overflowY === "auto";
  const frame = ["selection-panel", "side"].map((id) => byId(id)).find(scrolls);
  if (!frame || !card.clientHeight) return;
  const { top, bottom } = frame.getBoundingClientRect();
  const end = Math.min(bottom, window.innerHeight);
  const wanted = Math.max(top, end - Math.max(CARD_LEAST, 0.6 * (end - top)));
  const place = card.getBoundingClientRect().top;
  if (place > wanted || place < top) frame.scrollTop += place - wanted;
}

// The keyboard's place. Dash makes lists anew when they change, and a panel that closes takes the
// focused button with it: the focus then goes to the same button again, or back to where the
// panel was opened from, not to the top of the page.
import { byId } from "../dash/dom.js";

const CHANGING = "#chips, #chart-table, #selection-panel, .drawer";
const KEYS = ["segment", "chip", "step", "action", "head"]; // what clicks are told apart by

const card = () => byId("head-card");
/** @param {HTMLElement | null} one */
const visible = (one) => Boolean(one && one.getClientRects().length);

// The element that stands where this one stood.
/** @param {HTMLElement} one @returns {HTMLElement | null} */
function again(one) {
  if (one.isConnected) return one;
  const key = KEYS.find((name) => name in one.dataset);
  const value = CSS.escape((key && one.dataset[key]) ?? "");
  return key ? document.querySelector(`[data-${key}="${value}"]`) : null;
}

export function keepFocus() {
  /** @type {HTMLElement | null} */
  let last = null;
  /** @type {HTMLElement | null} */
  let opener = null;

  const lost = () => document.activeElement === document.body && last && !visible(last);
  const watch = new MutationObserver(() => {
    if (!last || !lost()) return;
    const wanted = [again(last), card(), opener && again(opener)];
    wanted.find(visible)?.focus({ preventScroll: true });
  });

  document.addEventListener("focusin", (event) => {
    const target = /** @type {HTMLElement} */ (event.target); // only elements have the focus
    last = target;
    if (!target.closest("#selection-panel")) opener = target;
    const place = target.closest(CHANGING);
    watch.disconnect();
    if (!place) return;
    watch.observe(place, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  });
}

// A head that was chosen by key: on to its card, which the panel shows a moment later.
export function focusCard() {
  if (visible(card())) return card().focus(); // its texts follow
  const shown = new MutationObserver(() => {
    if (!visible(card())) return;
    shown.disconnect();
    card().focus();
  });
  shown.observe(card(), { attributes: true, childList: true, subtree: true });
  // Unless the reader does something else meanwhile; the page itself may move the focus.
  ["keydown", "pointerdown"].forEach((event) =>
    document.addEventListener(event, () => shown.disconnect(), { once: true, capture: true })
  );
}

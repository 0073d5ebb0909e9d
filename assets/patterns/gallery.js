// Thumbnails of the listed heads. A canvas is drawn, and its pattern fetched, when it comes into
// view.
import { drawCells } from "./canvas.js";
import { fetchPatterns } from "./fetched.js";
import { byId } from "../dash/dom.js";
import { headLabel } from "../views/grid.js";

const AHEAD = "300px"; // below the window
const TOGETHER_MS = 80; // what comes into view within this time is asked for together

/** @type {IntersectionObserver | null} */
let watched = null;
/** @type {Set<HTMLElement>} */
const waiting = new Set();
let shown = "";

/** @param {Payload} payload @param {string} prompt @param {HeadKey[]} heads */
export function drawGallery(payload, prompt, heads) {
  const gallery = byId("gallery");
  const { theme } = document.documentElement.dataset;
  const next = [payload.name, payload.stamp, prompt, theme, ...heads].join(" ");
  if (next === shown) return;
  shown = next;
  watched?.disconnect();
  waiting.clear();
  watched = new IntersectionObserver((entries) => comes(entries, payload, prompt), {
    rootMargin: AHEAD,
  });
  gallery.replaceChildren(...heads.map(thumbnail));
  gallery.querySelectorAll(".thumb").forEach((one) => watched?.observe(one));
}

/** @param {HeadKey} head @param {number} place */
function thumbnail(head, place) {
  const one = document.createElement("div");
  one.className = "thumb waiting";
  one.dataset.thumb = head;
  const open = document.createElement("button");
  open.type = "button";
  open.dataset.head = head;
  open.tabIndex = place ? -1 : 0; // one Tab stop, the arrow keys go on
  open.append(document.createElement("canvas"), headLabel(head));
  const pin = document.createElement("button");
  pin.type = "button";
  pin.className = "pin";
  pin.dataset.pin = head;
  pin.tabIndex = -1;
  pin.title = "Pin (key P)";
  pin.setAttribute("aria-label", `Pin ${headLabel(head)}`);
  pin.textContent = "+";
  one.append(open, pin);
  return one;
}

/** @param {IntersectionObserverEntry[]} entries @param {Payload} payload @param {string} prompt */
function comes(entries, payload, prompt) {
  const before = waiting.size;
  entries.forEach(({ target, isIntersecting }) => {
    const one = /** @type {HTMLElement} */ (target);
    if (isIntersecting) waiting.add(one);
    else waiting.delete(one); // it was scrolled past
  });
  if (!before && waiting.size) setTimeout(() => fetchWaiting(payload, prompt), TOGETHER_MS);
}

/** @param {Payload} payload @param {string} prompt */
async function fetchWaiting(payload, prompt) {
  const places = new Map([...waiting].map((one) => [one.dataset.thumb ?? "", one]));
  waiting.clear();
  places.forEach((one) => watched?.unobserve(one));
  const gallery = byId("gallery");
  gallery.setAttribute("aria-busy", "true");
  try {
    await fetchPatterns(payload, prompt, [...places.keys()], (head, { rows }) => {
      const one = places.get(head);
      const canvas = one?.querySelector("canvas");
      if (canvas) drawCells(canvas, rows);
      one?.classList.remove("waiting");
    });
    byId("gallery-problem").textContent = "";
  } catch (error) {
    shown = ""; // the next change asks again
    byId("gallery-problem").textContent = `No patterns: ${/** @type {Error} */ (error).message}.`;
  }
  gallery.setAttribute("aria-busy", "false");
}

// The chosen head and the pinned ones are marked.
/** @param {HeadKey | null | undefined} chosen @param {HeadKey[]} pins */
export function markGallery(chosen, pins) {
  document.querySelectorAll("#gallery .thumb").forEach((element) => {
    const one = /** @type {HTMLElement} */ (element);
    const head = one.dataset.thumb ?? "";
    one.classList.toggle("chosen", head === chosen);
    const pin = /** @type {Element} */ (one.querySelector(".pin"));
    const on = pins.includes(head);
    pin.setAttribute("aria-pressed", String(on));
    pin.textContent = on ? "×" : "+";
  });
}

const STEPS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

// Arrow keys walk over the thumbnails, P pins.
/** @param {KeyboardEvent} event */
export function walkGallery(event) {
  const { target, key } = event;
  const one = target instanceof Element ? target.closest("#gallery .thumb") : null;
  if (!one || event.altKey || event.ctrlKey || event.metaKey) return;
  if (key === "p" || key === "P") return /** @type {HTMLElement} */ (one.lastElementChild).click();
  const step = STEPS[key];
  if (!step) return;
  event.preventDefault();
  const all = [...byId("gallery").children];
  const across = all.findIndex((other) =>
    other.getBoundingClientRect().top > all[0].getBoundingClientRect().top
  );
  const to = all[all.indexOf(one) + step[0] + step[1] * (across < 0 ? all.length : across)];
  if (!to) return;
  const button = /** @type {HTMLElement} */ (to.firstElementChild);
  /** @type {HTMLElement} */ (one.firstElementChild).tabIndex = -1;
  button.tabIndex = 0;
  button.focus();
}

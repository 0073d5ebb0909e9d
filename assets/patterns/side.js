// The pinned heads side by side on one prompt: one scale, and one token that is pointed at.
import { drawCells } from "./canvas.js";
import { fetchPatterns } from "./fetched.js";
import { scaleTop } from "../selection/attention.js";
import { follow, pointAt, pointed } from "../selection/pointed.js";
import { drawStrip, markStrip, watchStrip } from "../selection/strip.js";
import { byId } from "../dash/dom.js";
import { categories } from "../views/definitions.js";
import { headLabel, parseHead, rowOf } from "../views/grid.js";
import { headsOf } from "../views/heads.js";

/** @import { Drawn } from "./fetched.js" */

/** @type {Map<HeadKey, { place: HTMLElement, drawn: Drawn }>} */
let side = new Map();
let shown = "";
let top = 1;

follow(mark);

/** @param {Payload} payload @param {string} prompt @param {HeadKey[]} pins */
export async function drawPins(payload, prompt, pins) {
  const { theme } = document.documentElement.dataset;
  const next = [payload.name, payload.stamp, prompt, theme, payload.t, ...pins].join(" ");
  if (next === shown) return;
  shown = next;
  const place = byId("pins");
  place.hidden = !pins.length;
  place.setAttribute("aria-busy", "true");
  /** @type {Map<HeadKey, Drawn>} */
  const found = new Map();
  try {
    await fetchPatterns(payload, prompt, pins, (head, drawn) => found.set(head, drawn));
    if (shown !== next) return; // others were pinned meanwhile
    byId("pins-problem").textContent = "";
  } catch (error) {
    shown = "";
    byId("pins-problem").textContent = `No patterns: ${/** @type {Error} */ (error).message}.`;
  }
  top = Math.max(0, ...[...found.values()].map(({ rows }) => scaleTop(rows)));
  side = new Map(
    pins.filter((head) => found.has(head)).map((head) => {
      const drawn = /** @type {Drawn} */ (found.get(head));
      return [head, { place: pinned(payload, head, drawn), drawn }];
    }),
  );
  place.replaceChildren(...[...side.values()].map((one) => one.place));
  byId("pins-scale").textContent = side.size
    ? `One scale for all: darkest from ${
      top.toFixed(2)
    } on, the largest weight outside the first column.`
    : "";
  place.setAttribute("aria-busy", "false");
  mark();
}

/** @param {string} html - of ours, without texts of others */
function made(html) {
  const place = document.createElement("template");
  place.innerHTML = html;
  return /** @type {HTMLElement} */ (place.content.firstElementChild);
}

/** @param {Payload} payload @param {HeadKey} head @param {Drawn} drawn */
function pinned(payload, head, { tokens, rows }) {
  const [layer, number] = parseHead(head);
  const category = categories()[headsOf(payload).detailed[rowOf(payload, layer, number)]];
  const one = made(`<section class="pinned">
    <header><button type="button" class="head-link"></button><span class="quiet"></span>
      <button type="button" class="button plain icon">×</button></header>
    <div class="pinned-frame"><canvas></canvas><div class="pointed-row"></div>
      <div class="pointed-column"></div></div>
    <div class="tokens" role="group"></div><p class="token-words quiet"></p></section>`);
  const [open, label, close] = one.querySelectorAll("header > *");
  open.textContent = headLabel(head);
  open.setAttribute("data-head", head);
  label.textContent = category?.label ?? "";
  close.setAttribute("data-pin", head);
  close.setAttribute("aria-label", `Unpin ${headLabel(head)}`);
  one.setAttribute("aria-label", `${headLabel(head)}, pinned`);
  const [canvas] = one.getElementsByTagName("canvas");
  drawCells(canvas, rows, top);
  const strip = /** @type {HTMLElement} */ (one.querySelector(".tokens"));
  strip.setAttribute("aria-label", `Tokens of the prompt, as ${headLabel(head)} reads them`);
  drawStrip(strip, tokens);
  watchStrip(strip);
  canvas.addEventListener("pointermove", (event) => {
    const size = tokens.length / canvas.clientWidth;
    const [key, query] = [event.offsetX, event.offsetY].map((at) =>
      Math.max(0, Math.min(tokens.length - 1, Math.floor(at * size)))
    );
    pointAt(query, key <= query ? key : null);
  });
  canvas.addEventListener("pointerleave", () => pointAt(null));
  return one;
}

// Every picture shows the pointed token's row and column: lines in shares of the matrix.
function mark() {
  const { token } = pointed();
  side.forEach(({ place, drawn: { tokens, rows } }) => {
    const [strip, words, frame] = [".tokens", ".token-words", ".pinned-frame"].map((
      part,
    ) => /** @type {HTMLElement} */ (place.querySelector(part)));
    markStrip(strip, words, tokens, rows, top);
    const on = token !== null && token < tokens.length;
    frame.classList.toggle("pointed", on);
    frame.style.setProperty("--row-at", String((token ?? 0) / tokens.length));
    frame.style.setProperty("--cell", String(1 / tokens.length));
  });
}

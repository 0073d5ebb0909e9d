// A prompt as a line of tokens. Of the one that is pointed at: where it looks (shaded), who looks
// at it (underlined), and both in words.
import { around, scaleTop, shade, strongest } from "./attention.js";
import { keepToken, keptToken, pointAt, pointed } from "./pointed.js";
import { directionOf, isolated, queryToKey, tokenText } from "./tokens.js";

/** @import { Rows } from "./attention.js" */
/** @import { Pointed } from "./pointed.js" */

const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1 });

// Its tokens as buttons: one Tab stop, the arrow keys go on.
/** @param {Element} strip @param {string[]} tokens */
export function drawStrip(strip, tokens) {
  const direction = directionOf(tokens);
  strip.setAttribute("dir", direction);
  const kept = keptToken() ?? 0;
  strip.replaceChildren(...tokens.flatMap((token, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "token";
    button.dataset.token = String(at);
    button.tabIndex = at === Math.min(kept, tokens.length - 1) ? 0 : -1;
    const text = document.createElement("bdi"); // digits of a piece stay on its side
    text.textContent = tokenText(token);
    button.append(text);
    return token.includes("\n") ? [button, document.createElement("br")] : [button];
  }));
}

// The mouse and the keyboard on a strip that is drawn.
/** @param {HTMLElement} strip */
export function watchStrip(strip) {
  if (strip.dataset.watched) return;
  strip.dataset.watched = "";
  /** @param {Event} event */
  const tokenOf = ({ target }) => {
    const button = target instanceof Element && target.closest("[data-token]");
    return button instanceof HTMLElement ? Number(button.dataset.token) : null;
  };
  strip.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") pointAt(tokenOf(event));
  });
  strip.addEventListener("pointerleave", () => pointAt(null));
  strip.addEventListener("focusin", (event) => {
    if (/** @type {Element} */ (event.target).matches(":focus-visible")) keepToken(tokenOf(event));
  });
  strip.addEventListener("click", (event) => {
    const token = tokenOf(event);
    if (token !== null) keepToken(token === keptToken() ? null : token);
  });
  strip.addEventListener("keydown", (event) => step(strip, event, tokenOf(event)));
}

/** @param {HTMLElement} strip @param {KeyboardEvent} event @param {number | null} from */
function step(strip, event, from) {
  const way = STEPS[event.key] * (strip.getAttribute("dir") === "rtl" ? -1 : 1);
  const buttons = strip.querySelectorAll("button");
  const to = event.key === "Home"
    ? 0
    : event.key === "End"
    ? buttons.length - 1
    : (from ?? 0) + way;
  if (Number.isNaN(to) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation(); // in the card the same keys go from head to head
  buttons[to]?.focus();
}

// Shades and underlines of the token that is pointed at, and the words on it.
/**
 * @param {HTMLElement} strip @param {Element} words @param {string[]} tokens @param {Rows} rows
 * @param {number} [top] - of the scale
 */
export function markStrip(strip, words, tokens, rows, top = scaleTop(rows)) {
  const { token, key } = pointed();
  const on = token !== null && token < tokens.length ? token : null;
  const { looks, looked } = on === null ? { looks: [], looked: [] } : around(rows, on);
  strip.querySelectorAll("button").forEach((button, at) => {
    button.classList.toggle("pointed", at === on);
    button.style.setProperty("--looks", share(looks[at], top));
    button.style.setProperty("--looked", share(at === on ? 0 : looked[at], top));
    if (on !== null) button.tabIndex = at === (keptToken() ?? on) ? 0 : -1;
  });
  words.textContent = on === null
    ? "Point at a token: shaded is where it looks, underlined who looks at it."
    : tokenWords(tokens, rows, on, key);
}

/** @param {number | undefined} weight @param {number} top */
const share = (weight, top) => `${Math.round(100 * shade(weight ?? 0, top))}%`;

// "gave (11) looks at Mary 0.45, John 0.30. to 0.21 looks at it."
/** @param {string[]} tokens @param {Rows} rows @param {number} at @param {number | null} [key] */
export function tokenWords(tokens, rows, at, key = null) {
  /** @param {number} place */
  const name = (place) => isolated(tokenText(tokens[place]).replace(/^␣/, ""));
  /** @param {number[]} weights */
  const list = (weights) =>
    strongest(weights).map((place) => `${name(place)} ${weights[place].toFixed(2)}`).join(", ");
  const { looks, looked } = around(rows, at);
  looked[at] = 0; // said as where it looks
  const cell = key === null
    ? ""
    : `${queryToKey(tokenText(tokens[at]), tokenText(tokens[key]))} ${rows[at][key].toFixed(2)}. `;
  const from = list(looked);
  return `${cell}${name(at)} (token ${at}) looks at ${list(looks)}. ` +
    (from ? `Looked at by ${from}.` : "Hardly any token looks at it.");
}

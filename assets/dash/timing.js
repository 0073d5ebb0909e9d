// When to ask the server: never during a drag of the bin width, seldom during a threshold's.
import { closest } from "./dom.js";

const REST_MS = 220; // a slider that has rested so long is released

const timers = new Map();
const sent = new Map();
let dragged = false;

export function watchDrag() {
  document.addEventListener("pointerdown", (event) => {
    dragged = Boolean(closest(event, "#bin-width"));
  });
  const release = () => {
    dragged = false;
  };
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
}

// Runs once the last call of this name is some time ago and no bin width is dragged.
/** @param {string} name @param {() => void} run */
export function debounce(name, run) {
  clearTimeout(timers.get(name));
  const attempt = () => {
    if (dragged) timers.set(name, setTimeout(attempt, REST_MS));
    else run();
  };
  timers.set(name, setTimeout(attempt, REST_MS));
}

// Runs at most once in `wait` ms; the last call is never lost.
/** @param {string} name @param {number} wait @param {() => void} run */
export function throttle(name, wait, run) {
  clearTimeout(timers.get(name));
  const due = Math.max(0, (sent.get(name) || 0) + wait - performance.now());
  const now = () => {
    sent.set(name, performance.now());
    run();
  };
  timers.set(name, setTimeout(now, due));
}

/** @param {string} name */
export const forget = (name) => clearTimeout(timers.get(name));

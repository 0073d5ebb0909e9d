// The line of failed requests: once dismissed it stays away until another request fails.
import { closest } from "../dash/dom.js";

const KEY = "headstrata-dismissed";
const KEPT = 200; // the last ones

/** @type {string[] | null} "ID@TIME" of requests that failed, once they were asked for */
let dismissed = null;

// The first look at the storage waits for another process: not while the page starts.
/** @returns {string[]} */
function recalled() {
  try {
    dismissed ??= JSON.parse(localStorage.getItem(KEY) || "[]");
  } catch {
    // storage is forbidden here, or holds something else
  }
  return Array.isArray(dismissed) ? dismissed : (dismissed = []);
}

/** @param {string[]} keys */
function dismiss(keys) {
  dismissed = [...new Set([...recalled(), ...keys])].slice(-KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(dismissed));
  } catch {
    // as above: it holds until the next visit
  }
}

/** @param {HTMLElement} line */
const keysOf = (line) => (line.dataset.failed || "").split(" ");

export function leaveOut() {
  /** @type {NodeListOf<HTMLElement>} */
  const lines = document.querySelectorAll(".failed-jobs");
  for (const line of lines) {
    line.hidden = keysOf(line).every((key) => recalled().includes(key));
  }
}

export function watchFailedJobs() {
  document.addEventListener("click", (event) => {
    const line = closest(event, "[data-action='dismiss-failed']")?.closest(".failed-jobs");
    if (!(line instanceof HTMLElement)) return;
    dismiss(keysOf(line));
    leaveOut();
  });
}

// The explanation of a first visit: dismissed for good, and called back from the header.
import { byId, closest } from "../dash/dom.js";
import { setData } from "../dash/props.js";

const KEY = "headstrata-guide";

/** @param {boolean} seen */
function remember(seen) {
  document.documentElement.dataset.guide = seen ? "seen" : "new";
  try {
    if (seen) localStorage.setItem(KEY, "seen");
    else localStorage.removeItem(KEY);
  } catch {
    // storage is forbidden here: it comes back on the next visit
  }
}

function markSeen() {
  try {
    if (localStorage.getItem(KEY)) document.documentElement.dataset.guide = "seen";
  } catch {
    // as above
  }
}

export function showGuide() {
  markSeen();
  document.addEventListener("click", (event) => {
    const target = closest(event, "[data-action$='-guide']");
    if (!target) return;
    const hide = target.dataset.action === "hide-guide";
    remember(hide);
    if (!hide) bringGuide();
    // The pressed button is gone: the focus goes to the one that undoes it.
    const others = [...all(hide ? ".show-guide" : ".guide .button")];
    others.find((one) => one.offsetParent)?.focus({ preventScroll: true });
  });
}

// A page's elements of HTML that fit.
const all = (
  /** @type {string} */ selector,
) => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));

function bringGuide() {
  setData("selection", {});
  byId("selection-empty").hidden = false; // now, for the focus afterwards
  byId("selection-panel").scrollIntoView({ block: "start" });
}

// The page that the server drew (app/page/first/) stands over the living one until that has drawn
// the same chart, or has something else to say.
import { plotted } from "../chart/geometry.js";
import { byId } from "../dash/dom.js";
import { element, framed } from "../dash/element.js";
import { setProps } from "../dash/props.js";

const LONGEST_MS = 20_000; // from the scripts' start: whatever is there by then is shown

const first = () => document.querySelector(".first-page");

// Plotly has made bars, not only taken the numbers; or a note says what stands in the way.
const isReady = () =>
  Boolean(document.querySelector("#head-chart .barlayer .point") && plotted(document)) ||
  Boolean(
    document.getElementById("status")?.textContent &&
      !document.querySelector("#head-chart .main-svg"),
  );

// What was said beside or below the chart stays until it is said anew: without it the page would
// shrink and grow again.
function keepObserved() {
  const [said, living] = [first()?.querySelector(".observation-list"), byId("observations")];
  if (!said || living.childElementCount) return;
  setProps("observations", { children: framed([...said.childNodes].map(copied)) });
}

/** @param {ChildNode} node @returns {Child} */
const copied = (node) =>
  node instanceof Element
    ? element(node.localName, { className: node.className }, ...[...node.childNodes].map(copied))
    : node.textContent;

// It looks when something has changed, not at every frame: a frame that is asked for while the
// scripts run costs them time.
export function leaveFirst() {
  const watched = new MutationObserver(() => isReady() && leave());
  const leave = () => {
    watched.disconnect();
    keepObserved();
    first()?.remove();
  };
  if (!first()) return;
  watched.observe(document.body, { childList: true, subtree: true });
  setTimeout(leave, LONGEST_MS);
}

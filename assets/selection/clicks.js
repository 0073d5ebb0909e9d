// Buttons that choose: cells of the chart's table, heads in sentences and lists, steps, "close".
import { walkedList } from "./lists.js";
import { resizePattern } from "./pattern.js";
import { stepped, toggled } from "./selection.js";
import { drawAgain } from "../chart/viewport.js";
import { byId, closest } from "../dash/dom.js";
import { getData, setData } from "../dash/props.js";

const selection = () => getData("selection");
/** @param {Chosen} next */
const choose = (next) => setData("selection", next);

/** @type {Record<string, () => void>} */
const ACTIONS = {
  "pattern-size": () => {
    resizePattern();
    drawAgain({ large: performance.now() });
  },
  "show-in-map": showInMap,
  "natural-pattern": showNaturalPattern,
  "let-go": () => {
    choose({});
    setData("isolated", []);
  },
  "fetch-again": () => choose({ ...selection() }),
};

// From the card to the head's cell, which the arrow keys go on from.
function showInMap() {
  byId("map-chosen").scrollIntoView({ block: "center", inline: "center" });
  byId("map-frame").focus({ preventScroll: true });
}

// From the examples of what the head reads to its attention on the stored prompt of such text.
function showNaturalPattern() {
  setData("prompt", "natural");
  const list = byId("pattern-prompt");
  list.scrollIntoView({ block: "start" });
  list.focus({ preventScroll: true });
}

export function watchChoices() {
  document.addEventListener("click", (event) => {
    const target = closest(event, "[data-segment], [data-head], [data-step], [data-action]");
    if (!target) return;
    const { segment, head, step, action } = target.dataset;
    if (segment) choose(toggled(selection(), "segment", segment));
    if (head) choose({ ...selection(), head });
    if (step) {
      choose(stepped(selection(), Number(step), getData("payload"), walkedList(selection())));
    }
    if (action) ACTIONS[action]?.();
  });
}

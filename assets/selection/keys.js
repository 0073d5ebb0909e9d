// What keys do beyond a browser's own: walking over the map and through the heads, letting go.
import { focusCard } from "./focus.js";
import { walkedList } from "./lists.js";
import { resizePattern } from "./pattern.js";
import { stepped } from "./selection.js";
import { drawAgain } from "../chart/viewport.js";
import { byId, closest } from "../dash/dom.js";
import { getData, setData } from "../dash/props.js";
import { headKey, keyOf, keyOfName, neighbour, parseHead } from "../views/grid.js";

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @param {KeyboardEvent} event */
const plain = (event) => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
const selection = () => getData("selection") || {};
/** @param {Chosen} next */
const choose = (next) => setData("selection", next);

export function watchKeys() {
  [walkOverMap, chooseRow, stepThroughHeads, letGo].forEach((act) =>
    document.addEventListener("keydown", act)
  );
}

// Arrow keys walk over the map, as they do in a spreadsheet.
/** @param {KeyboardEvent} event */
function walkOverMap(event) {
  const step = STEPS[event.key];
  const { target } = event;
  if (!(target instanceof Element) || target.id !== "map-frame" || !plain(event)) return;
  if (!step && event.key !== "Enter") return;
  event.preventDefault();
  if (!step) return byId("head-card").focus();
  const payload = getData("payload");
  const chosen = selection().head;
  const head = chosen ? keyOf(...neighbour(payload, parseHead(chosen), step)) : headKey(payload, 0);
  choose({ ...selection(), head });
}

// A row of the segment's table, by key as by click (the grid tells Dash of clicks only).
/** @param {KeyboardEvent} event */
function chooseRow(event) {
  const row = event.key === "Enter" && closest(event, "#segment-table .ag-row");
  if (!row) return;
  choose({ ...selection(), head: keyOfName(row.getAttribute("row-id") ?? "") });
  focusCard();
}

// Left and right go through the heads: in the card, and where nothing else has the focus.
/** @param {KeyboardEvent} event */
function stepThroughHeads(event) {
  const [step] = STEPS[event.key] || [];
  const { target } = event;
  const own = target === document.body || closest(event, "#head-card");
  if (!step || !selection().head || !own || closest(event, "input") || !plain(event)) return;
  if (!byId("head-card").getClientRects().length) return;
  event.preventDefault();
  choose(stepped(selection(), step, getData("payload"), walkedList(selection())));
}

/** @param {KeyboardEvent} event */
function letGo(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const popups = [...document.querySelectorAll("[role=listbox], .menu[open], .ag-popup-child")];
  if (popups.some((one) => one.getClientRects().length)) return; // it closes that first
  if (document.querySelector(".pattern.large")) {
    resizePattern();
    drawAgain();
    return;
  }
  choose({});
  setData("isolated", []);
}

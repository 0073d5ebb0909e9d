// The callbacks of the sensitivity curve: thin adapters.
import { curveFigure } from "./curve.js";
import { curveWords } from "./words.js";
import { swatch } from "../chart/swatch.js";
import { drawIn } from "../chart/draw.js";
import { byId, closest, detailsById } from "../dash/dom.js";
import { element, framed } from "../dash/element.js";
import { getData, keep, setData } from "../dash/props.js";
import { ask, isAbout } from "../dash/questions.js";
import { tellAddress } from "../dash/beside.js";
import { setThreshold } from "../chart/threshold.js";
import { categoryNamed, definitions } from "../views/definitions.js";
import { thresholdText } from "../views/thresholds.js";

const KEY = "sensitivity"; // the drawer's, and the one in a link
const FIRST = "induction";

// What the link says; the drawer is opened for it.
/** @param {LinkState} url */
export function restoreSensitivity(url) {
  detailsById("sensitivity-panel").open = Boolean(url.sensitivity);
  return url.sensitivity || FIRST;
}

/** @param {Opened | null} opened */
const isOpen = (opened) => Boolean((opened || {})[KEY]);

// The category's own threshold makes no difference to its curve.
/** @param {Thresholds | null} thresholds @param {string} category */
function others(thresholds, category) {
  const { [category]: _own, ...rest } = thresholds || {};
  return thresholdText(rest, definitions.thresholds);
}

/**
 * @param {Table | null} table @param {Thresholds | null} thresholds @param {string | null} category
 * @param {Opened | null} opened
 */
export function wantSensitivity(table, thresholds, category, opened) {
  tellAddress(KEY, isOpen(opened) ? category : null);
  if (!table || !category || !isOpen(opened)) return;
  if (!table.scores.includes(definitions.scoreOf[category])) return;
  const t = others(thresholds, category);
  ask("sensitivity-wanted", { model: table.name, stamp: table.stamp, category, t });
}

/**
 * @param {Sensitivity | null} curve @param {Payload | null} payload
 * @param {Thresholds | null} thresholds @param {string | null} category @param {Opened | null} opened
 */
export function drawSensitivity(curve, payload, thresholds, category, opened) {
  if (!payload || !category || !isOpen(opened)) return [keep(), keep()];
  const choice = framed(
    Object.keys(definitions.thresholds)
      .filter((name) => payload.scores.includes(definitions.scoreOf[name]))
      .map((name) => chip(name, category)),
  );
  const chart = /** @type {HTMLElement} */ (byId("sensitivity-chart").parentElement);
  const measured = payload.scores.includes(definitions.scoreOf[category]);
  chart.hidden = !measured;
  if (!measured) {
    return [choice, `${categoryNamed(category).label}: its score is not in this table.`];
  }
  const fits = curve && isAbout(curve, payload) && curve.category === category &&
    curve.t === others(thresholds, category);
  if (!fits) return [choice, keep()];
  const now = thresholds?.[category] ?? definitions.thresholds[category];
  drawIn("sensitivity-chart", curveFigure(curve, now));
  listen();
  return [choice, curveWords(curve, now)];
}

/** @param {string} name @param {string} chosen */
function chip(name, chosen) {
  const segment = categoryNamed(name);
  const props = {
    type: "button",
    className: "chip",
    "data-sensitivity": name,
    "aria-pressed": String(name === chosen),
  };
  return element("Button", props, swatch(segment), segment.label);
}

let listening = false;

// A press on the curve is a threshold.
function listen() {
  if (listening) return;
  const graph = /** @type {Plotted} */ (byId("sensitivity-chart").children[0]);
  if (!graph.on) return;
  listening = true;
  graph.on("plotly_click", ({ points }) => {
    const value = Math.round(100 * points[0].x) / 100;
    setThreshold(getData("sensitivity-of"), value);
  });
}

export function watchSensitivity() {
  document.addEventListener("click", (event) => {
    const button = closest(event, "[data-sensitivity]");
    if (button) setData("sensitivity-of", button.dataset.sensitivity);
  });
}

// The callbacks of the scatter of two scores or measures: thin adapters.
import { hideErrors, showErrors } from "./errors.js";
import { pointsOf, scoresFigure } from "./figure.js";
import { isRooted } from "./scale.js";
import { surprising } from "./surprises.js";
import { drawIn } from "../chart/draw.js";
import { byId, closest, detailsById } from "../dash/dom.js";
import { element, framed } from "../dash/element.js";
import { getData, keep, setData } from "../dash/props.js";
import { ask, isAbout } from "../dash/questions.js";
import { throttle } from "../dash/timing.js";
import { tellAddress } from "../dash/beside.js";
import { definitions } from "../views/definitions.js";
import {
  columnLabel,
  columnNames,
  HOW_TO_MEASURE,
  isMeasure,
  isMeasured,
} from "../views/measures.js";
import { plural } from "../views/phrases.js";

const KEY = "scatter"; // the drawer's, and the one in a link
const FIRST = "previous_token:induction";
const ASKED_MS = 150; // thresholds ask at most this often

// What the link says; the drawer is opened for it.
/** @param {LinkState} url */
export function restoreScatter(url) {
  detailsById("scatter-panel").open = Boolean(url.scatter);
  return url.scatter || FIRST;
}

/** @param {Opened | null} opened */
const isOpen = (opened) => Boolean((opened || {})[KEY]);

/** @param {Payload} payload @param {string} of */
const lacking = (payload, of) => of.split(":").filter((name) => !isMeasured(payload, name));

// Thresholds decide which heads surprise, and nothing else.
/** @param {Payload} payload @param {string} of */
const thresholdsFor = ({ t }, of) => of.split(":").some(isMeasure) ? t : "";

/** @param {Payload | null} payload @param {string | null} of @param {Opened | null} opened */
export function wantScatter(payload, of, opened) {
  tellAddress(KEY, isOpen(opened) ? of : null);
  if (!payload || !of || !isOpen(opened) || lacking(payload, of).length) return;
  const [x, y] = of.split(":");
  const t = thresholdsFor(payload, of);
  throttle("scatter", ASKED_MS, () => {
    ask("scatter-wanted", { model: payload.name, stamp: payload.stamp, x, y, t });
  });
}

/**
 * @param {TwoScores | null} scores @param {Payload | null} payload @param {Chosen | null} selection
 * @param {string | null} of @param {Opened | null} opened
 */
export function drawTwoScores(scores, payload, selection, of, opened) {
  if (!payload || !of || !isOpen(opened)) return [keep(), keep(), keep()];
  hideErrors();
  const choice = framed(of.split(":").map((score, at) => select(payload, score, at)));
  const missing = lacking(payload, of);
  const chart = /** @type {HTMLElement} */ (byId("scatter-chart").parentElement);
  chart.hidden = missing.length > 0;
  if (missing.length) {
    const names = missing.map(columnLabel).join(", ");
    const how = missing.some(isMeasure) ? ` ${HOW_TO_MEASURE}` : "";
    return [choice, `Not in this table: ${names}. Choose another score.${how}`, null];
  }
  const fits = scores && isAbout(scores, payload) && scores.of === of &&
    scores.t === thresholdsFor(payload, of);
  if (!fits) return [choice, keep(), keep()];
  drawIn("scatter-chart", scoresFigure(scores, payload, selection?.head || null));
  listen();
  return [choice, wordsOf(scores, payload), framed(scores.surprises.map(surprising))];
}

/** @param {TwoScores} scores @param {Payload} payload */
function wordsOf(scores, payload) {
  const { rows } = pointsOf(scores, payload);
  const names = scores.of.split(":");
  const [x, y] = names.map(columnLabel);
  const senses = [...new Set(names.filter(isMeasure))].map((name) =>
    `${columnLabel(name)}: ${definitions.measures[name].sense}.`
  );
  const rooted = names.some(isRooted)
    ? ["An effect stands at its root, so that small ones can be told apart."]
    : [];
  return [`${plural(rows.length, "head")}: ${y} over ${x}.`, ...senses, ...rooted].join(" ");
}

/** @param {Payload} payload @param {string} score @param {number} at */
function select(payload, score, at) {
  const options = columnNames()
    .filter((name) => isMeasured(payload, name) || name === score)
    .map((name) => element("Option", { value: name }, columnLabel(name)));
  const axis = at ? "Up" : "Across";
  return element(
    "Label",
    {},
    axis,
    element("Select", { value: score, "data-scatter": at }, ...options),
  );
}

let listening = false;

function listen() {
  if (listening) return;
  const graph = /** @type {Plotted} */ (byId("scatter-chart").children[0]);
  if (!graph.on) return;
  listening = true;
  graph.on("plotly_click", ({ points }) => {
    setData("selection", { ...getData("selection"), head: points[0].customdata[0] });
  });
  graph.on("plotly_hover", ({ points }) => showErrors(graph, points[0]));
  graph.on("plotly_unhover", hideErrors);
}

// Ahead of React, which gives a select its old value back until its component has another.
export function watchScatter() {
  document.addEventListener("change", (event) => {
    const chosen = closest(event, "[data-scatter]");
    if (!(chosen instanceof HTMLSelectElement)) return;
    const pair = getData("scatter-of").split(":");
    pair[Number(chosen.dataset.scatter)] = chosen.value;
    setData("scatter-of", pair.join(":"));
  }, { capture: true });
}

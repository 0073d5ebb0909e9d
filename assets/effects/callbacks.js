// The callbacks of the summed effects: thin adapters.
import { effectBars } from "./bars.js";
import { effectTable } from "./table.js";
import { drawIn } from "../chart/draw.js";
import { byId, closest, detailsById } from "../dash/dom.js";
import { element, framed } from "../dash/element.js";
import { keep, setData } from "../dash/props.js";
import { aboutDrawn, ask, isAbout } from "../dash/questions.js";
import { tellAddress } from "../dash/beside.js";
import { throttle } from "../dash/timing.js";
import { definitions } from "../views/definitions.js";
import { columnLabel, effectNames, HOW_TO_MEASURE } from "../views/measures.js";

const KEY = "effects"; // the drawer's, and the one in a link
const ASKED_MS = 150; // thresholds ask at most this often

// What the link says; the drawer is opened for it.
/** @param {LinkState} url */
export function restoreEffects(url) {
  detailsById("effects-panel").open = Boolean(url.effects);
  return url.effects || effectNames()[0];
}

/** @param {Opened | null} opened */
const isOpen = (opened) => Boolean((opened || {})[KEY]);

/** The effects that the table has. @param {Payload} payload */
const measuredOf = ({ measures }) => effectNames().filter((name) => measures.includes(name));

// The chosen effect, or another where the table lacks it.
/** @param {Payload} payload @param {string} chosen */
function shownOf(payload, chosen) {
  const measured = measuredOf(payload);
  return measured.includes(chosen) ? chosen : measured[0];
}

/**
 * @param {Payload | null} payload @param {number | null} width @param {string | null} chosen
 * @param {Opened | null} opened
 */
export function wantEffects(payload, width, chosen, opened) {
  tellAddress(KEY, isOpen(opened) ? chosen : null);
  if (!payload || !width || !chosen || !isOpen(opened)) return;
  const effect = shownOf(payload, chosen);
  if (!effect) return;
  const { taxonomy: _, ...drawn } = aboutDrawn(payload, width);
  throttle(KEY, ASKED_MS, () => ask("effects-wanted", { ...drawn, effect }));
}

/**
 * @param {Effects | null} effects @param {Payload | null} payload @param {string | null} chosen
 * @param {Opened | null} opened
 */
export function drawEffects(effects, payload, chosen, opened) {
  if (!payload || !chosen || !isOpen(opened)) return [keep(), keep(), keep()];
  const measured = measuredOf(payload);
  const chart = /** @type {HTMLElement} */ (byId("effects-chart").parentElement);
  chart.hidden = !measured.length;
  const shown = shownOf(payload, chosen);
  const choice = framed(measured.map((name) => chip(name, shown)));
  if (!shown) return [null, `This table has no effects. ${HOW_TO_MEASURE}`, null];
  const fits = effects && isAbout(effects, payload) && effects.effect === shown &&
    effects.t === payload.t;
  if (!fits) return [choice, keep(), keep()];
  drawIn("effects-chart", effectBars(effects, payload));
  const words = effects.sentences.map((sentence) => element("P", {}, sentence));
  return [choice, framed(words), framed(effectTable(effects), fileLink(effects))];
}

// The same numbers, of all bins.
/** @param {Effects} effects */
function fileLink({ model, width, t }) {
  const query = new URLSearchParams({ model, width: String(width), format: "csv" });
  if (t) query.set("t", t);
  return element(
    "A",
    { href: `api/effects?${query}`, download: "", className: "effects-file" },
    "These numbers in all bins (CSV)",
  );
}

/** @param {string} name @param {string} shown */
function chip(name, shown) {
  const props = {
    type: "button",
    className: "chip",
    "data-effect": name,
    title: definitions.measures[name].sentence,
    "aria-pressed": String(name === shown),
  };
  return element("Button", props, columnLabel(name));
}

export function watchEffects() {
  document.addEventListener("click", (event) => {
    const button = closest(event, "[data-effect]");
    if (button) setData("effects-of", button.dataset.effect);
  });
}

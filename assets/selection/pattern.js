// One head's attention on one prompt: queries down, keys across, a cell a weight.
import { scaleTop, unpackTriangle } from "./attention.js";
import { queryToKey, tokenLabel, tokenText } from "./tokens.js";
import { colour, tinted } from "../chart/theme.js";
import { byId } from "../dash/dom.js";
import { definitions } from "../views/definitions.js";
import { headLabel } from "../views/grid.js";
import { escapeHtml } from "../views/phrases.js";

const LEGIBLE = 11; // px a token's label needs
const REPEATED = 4; // tokens that must come again before it is called a copy

// Where the first stretch of tokens begins again (one or two tokens stand before it); 0: nowhere.
/** @param {string[]} tokens */
function secondCopy(tokens) {
  const last = tokens.length - REPEATED;
  for (const before of [1, 2]) {
    for (let start = before + 1; start <= last; start += 1) {
      if (tokens.slice(start).every((token, at) => token === tokens[at + before])) return start;
    }
  }
  return 0;
}

/** @param {Patterns} packed @param {string} probe @param {Element} frame */
export function patternFigure(packed, probe, frame) {
  const { tokens, weights } = packed.probes[probe];
  const names = tokens.map((token) => escapeHtml(tokenText(token)));
  const places = [...names.keys()];
  const rows = unpackTriangle(weights, names.length);
  const margin = { l: 98, r: 6, t: 6, b: 98 };
  const room = Math.min(frame.clientWidth - 104, frame.clientHeight - 104) / names.length;
  const step = Math.max(1, Math.ceil(LEGIBLE / room));
  const shown = places.filter((place) => place % step === 0);
  const axis = {
    fixedrange: true,
    showgrid: false,
    zeroline: false,
    tickvals: shown,
    ticks: "",
    ticktext: shown.map((place) => tokenLabel(tokens[place])),
    tickfont: { size: 10 },
  };
  const { template } = definitions.figures.detailed.map.layout;
  /** @param {number} query @param {number} key */
  const told = (query, key) =>
    `<b>${queryToKey(names[query], names[key])}</b><br>query ${query}, key ${key}`;
  return {
    data: [
      {
        type: "heatmap",
        x: places,
        y: places,
        z: rows.map((row) => places.map((key) => row[key] ?? null)),
        zmin: 0,
        zmax: scaleTop(rows),
        showscale: false,
        colorscale: inkScale(),
        text: places.map((query) => places.map((key) => (key > query ? "" : told(query, key)))),
        hovertemplate: "%{text}<br>weight %{z:.2f}<extra></extra>",
        hoverongaps: false,
      },
    ],
    layout: {
      template: tinted(template),
      margin,
      autosize: true,
      dragmode: false,
      hovermode: "closest",
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      shapes: copyLines(probe === "repeated" ? secondCopy(tokens) : 0, names.length),
      xaxis: {
        ...axis,
        title: { text: "Key", standoff: 2 },
        tickangle: -90,
        range: [-0.5, names.length - 0.5],
        constrain: "domain",
      },
      yaxis: {
        ...axis,
        title: { text: "Query", standoff: 2 },
        range: [names.length - 0.5, -0.5],
        constrain: "domain",
        constraintoward: "top",
        scaleanchor: "x",
      },
    },
  };
}

// A line before the first query of the second copy, and one before its first key.
/** @param {number} start @param {number} size */
function copyLines(start, size) {
  if (!start) return [];
  const line = { color: colour("ink-2"), width: 1, dash: "dot" };
  const edge = start - 0.5;
  return [
    { type: "line", x0: -0.5, x1: edge, y0: edge, y1: edge, line },
    { type: "line", x0: edge, x1: edge, y0: edge, y1: size - 0.5, line },
  ];
}

// From nothing to the accent by the square root of the weight: faint attention shows too.
// The scale beneath the picture (.pattern-ramp) runs between the same colours.
export function inkScale() {
  const steps = [0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1];
  /** @param {string} hex */
  const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const from = parse(colour("grid"));
  const to = parse(colour("accent"));
  /** @param {number} share */
  const mix = (share) => from.map((one, at) => Math.round(one + (to[at] - one) * share)).join(",");
  return steps.map((share) => [share * share, `rgb(${mix(share)})`]);
}

// The weights along the scale beneath the picture, and what its end means: [marks, sentence].
/** @param {Patterns} packed @param {string} probe @returns {[string[], string]} */
export function scaleTexts(packed, probe) {
  const { tokens, weights } = packed.probes[probe];
  const rows = unpackTriangle(weights, tokens.length);
  const top = scaleTop(rows);
  const first = Math.max(...rows.slice(1).map(([weight]) => weight));
  return [
    SCALE.map((share) => `${Number((top * share * share).toFixed(2))}`),
    `Darkest from ${top.toFixed(2)} on: the largest weight outside the first column` +
    (first > top ? `, which reaches ${first.toFixed(2)}.` : "."),
  ];
}

const SCALE = [0, 0.25, 0.5, 0.75, 1]; // places of the marks

/** @param {Patterns} packed @param {string} probe */
export function patternNote(packed, probe) {
  if (packed.why) return packed.why;
  const { sentence, tokens } = packed.probes[probe];
  const lines = probe === "repeated" && secondCopy(tokens);
  return (
    `${headLabel(packed.head)} on one prompt: ${sentence}; ${tokens.length} tokens. ` +
    (lines
      ? "The dotted lines show where the stretch begins again; an induction pattern is a " +
        "diagonal stripe below and left of them. "
      : "") +
    scaleTexts(packed, probe)[1]
  );
}

// The prompt that is drawn: the chosen one, or the first that the table has; null without any.
/** @param {Patterns} packed @param {string | null} wanted */
export const drawnPrompt = (packed, wanted) =>
  wanted && packed.probes[wanted] ? wanted : Object.keys(packed.probes)[0] ?? null;

// Why another prompt is drawn than the chosen one; "" if it is that.
/** @param {Patterns} packed @param {string | null} wanted */
export function missingNote(packed, wanted) {
  if (!wanted || packed.why || packed.probes[wanted]) return "";
  const label = definitions.prompts[wanted];
  const why = packed.skipped[wanted];
  return why
    ? `The prompt “${label}” is not stored: ${why}. `
    : `The prompt “${label}” is not stored beside this table; classify the model again to see it. `;
}

// The picture as large as the window, and back.
export function resizePattern() {
  const pattern = byId("pattern");
  const large = pattern.classList.toggle("large");
  const button = byId("pattern-size");
  button.textContent = large ? "Shrink" : "Enlarge";
  button.setAttribute("aria-expanded", String(large));
}

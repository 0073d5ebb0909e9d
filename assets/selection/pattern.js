// One head's attention on one prompt: queries down, keys across, a cell a weight.
import { colour, tinted } from "../chart/theme.js";
import { byId } from "../dash/dom.js";
import { definitions } from "../views/definitions.js";
import { headLabel } from "../views/grid.js";
import { escapeHtml } from "../views/phrases.js";

const LEGIBLE = 11; // px a token's label needs
const TOKEN_SHOWN = 11; // characters of a token on an axis
const REPEATED = 4; // tokens that must come again before it is called a copy

// Base64 of the lower triangle's bytes, row by row, into rows of weights; null above.
/** @param {string} text @param {number} size */
function unpackTriangle(text, size) {
  const bytes = atob(text);
  let at = 0;
  return Array.from(
    { length: size },
    (_, query) =>
      Array.from({ length: size }, (_, key) => key > query ? null : bytes.charCodeAt(at++) / 255),
  );
}

// Spaces and line breaks are tokens too: they are shown as signs.
/** @param {string} token */
const tokenText = (token) => token.replace(/\n/g, "⏎").replace(/^ /, "␣").replace(/\t/g, "⇥");

/** @param {string} token */
export function tokenLabel(token) {
  const signs = [...tokenText(token)]; // whole characters, not halves of an emoji
  const cut = signs.length > TOKEN_SHOWN ? [...signs.slice(0, TOKEN_SHOWN - 1), "…"] : signs;
  return escapeHtml(cut.join(""));
}

// Where the first stretch of tokens begins again (the first token stands before it); 0: nowhere.
/** @param {string[]} tokens */
function secondCopy(tokens) {
  const last = tokens.length - REPEATED;
  for (let start = 2; start <= last; start += 1) {
    if (tokens.slice(start).every((token, at) => token === tokens[at + 1])) return start;
  }
  return 0;
}

/** @param {Patterns} packed @param {string} probe @param {Element} frame */
export function patternFigure(packed, probe, frame) {
  const { tokens, weights } = packed.probes[probe];
  const names = tokens.map((token) => escapeHtml(tokenText(token)));
  const places = [...names.keys()];
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
    `<b>${names[query]} → ${names[key]}</b><br>query ${query}, key ${key}`;
  return {
    data: [
      {
        type: "heatmap",
        x: places,
        y: places,
        z: unpackTriangle(weights, names.length),
        zmin: 0,
        zmax: 1,
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

/** @param {Patterns} packed @param {string} probe */
export function patternNote(packed, probe) {
  if (packed.why) return packed.why;
  const { sentence, tokens } = packed.probes[probe];
  const lines = probe === "repeated" && secondCopy(tokens);
  return (
    `${headLabel(packed.head)} on one prompt of ${sentence}: ${tokens.length} tokens. ` +
    (lines
      ? "The dotted lines show where the stretch begins again; an induction pattern is a " +
        "diagonal stripe below and left of them. "
      : "") +
    "Point at a cell for its query, key and weight."
  );
}

// The picture as large as the window, and back.
export function resizePattern() {
  const pattern = byId("pattern");
  const large = pattern.classList.toggle("large");
  const button = byId("pattern-size");
  button.textContent = large ? "Shrink" : "Enlarge";
  button.setAttribute("aria-expanded", String(large));
}

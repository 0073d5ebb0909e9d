// The chart while the bin width is dragged: a plain picture over plotly's, in the same place and
// in its looks (css/first.css), at a fifth of what plotly needs for a step. Plotly draws once, when
// the thumb is let go.
import { barHeights, chartScale, everyNth, fitsText } from "./bars.js";
import { GAP, plotted } from "./geometry.js";
import { textWidth } from "./text.js";
import { paint } from "./theme.js";
import { percentText } from "../views/bins.js";
import { binned, heightTitle } from "../views/drawn.js";

/** @import { Bin } from "../views/bins.js" */
/** @import { Segment } from "../views/definitions.js" */

const STROKES = {
  // as app/picture/canvas.py: path in a tile of 7 px, width of its stroke
  "/": ["M-1 1 L1 -1 M0 7 L7 0 M6 8 L8 6", 1],
  "\\": ["M-1 6 L1 8 M0 0 L7 7 M6 -1 L8 1", 1],
  x: ["M0 7 L7 0 M0 0 L7 7", 0.5],
  "|": ["M3.5 0 V7", 1],
  "-": ["M0 3.5 H7", 1],
  "+": ["M3.5 0 V7 M0 3.5 H7", 0.5],
  ".": ["M3.5 3.5 h0.01", 3],
};

// A chosen segment has marks of its own, which only plotly draws.
/** @param {ChartState} state */
export const canSketch = ({ selection }) => !selection.segment;

/** @param {Element} graph @param {ChartState} state */
export function sketch(graph, state) {
  const frame = /** @type {HTMLElement} */ (graph.parentElement);
  let place = frame.querySelector(".sketch");
  if (!place) {
    place = document.createElement("div");
    place.className = "first-chart sketch";
    place.setAttribute("aria-hidden", "true");
    graph.after(place);
  }
  const title = plotted(graph).layout.title?.text || "";
  place.innerHTML = picture(state, title);
}

/** @param {Element} graph */
export const unsketch = (graph) => graph.parentElement?.querySelector(".sketch")?.remove();

/** @param {ChartState} state @param {string} title - as HTML */
export function picture(state, title) {
  const { payload, show, box, selection: { only } } = state;
  const { segments, bins } = binned(payload, state.width);
  const scale = chartScale(bins, payload, show, only, segments, box);
  const labels = ticks(scale.top, box, show === "percent" ? "%" : "");
  const widest = Math.max(...labels.map(([, text]) => textWidth(text)));
  const below = bins.map(() => 0);
  const stacks = segments.map((segment, place) =>
    only.length && !only.includes(segment.name)
      ? NONE
      : stack(segment, place, { bins, show, scale, below, box })
  );
  return [
    `<p class="first-title">${title}</p>`,
    '<svg class="first-plot"><defs>',
    ...stacks.map(({ pattern }) => pattern),
    "</defs>",
    ...heights(labels, scale, box),
    ...everyNth(bins, scale.perLayer).map((bin) => binName(bin, scale.perLayer, box)),
    ...stacks.map(({ bars }) => bars),
    ...stacks.map(({ texts }) => texts),
    `<text class="first-axis" x="${box.width / 2}" y="${box.height}" dy="39">Layer bin</text>`,
    `<text class="first-axis" transform="translate(${-widest - 19.7} ${
      box.height / 2
    }) rotate(-90)">`,
    `${heightTitle(payload, show)}</text></svg>`,
  ].join("");
}

const NONE = { pattern: "", bars: "", texts: "" };

// A segment in all bins as one path, with its pattern and its texts.
/**
 * @param {Segment} segment @param {number} place
 * @param {{ bins: Bin[], show: DrawnShow, scale: import("./bars.js").Scale, below: number[], box: Box }} state
 */
function stack(segment, place, { bins, show, scale, below, box }) {
  const { colour, ink } = paint(segment);
  let path = "", texts = "";
  barHeights(bins, place, show).forEach((value, at) => {
    if (!value) return;
    const bin = bins[at];
    const wide = (bin.stop - bin.start) * (1 - GAP) * scale.perLayer;
    const x = (bin.start + ((bin.stop - bin.start) * GAP) / 2) * scale.perLayer;
    const high = value * scale.perUnit;
    below[at] += value;
    const y = box.height - below[at] * scale.perUnit;
    path += `M${px(x)} ${px(y)}h${px(wide)}v${px(high)}h${px(-wide)}z`;
    const text = percentText(bin.tenths[place]);
    if (!fitsText(text, wide, high)) return;
    texts += `<text x="${px(x + wide / 2)}" y="${px(y + high / 2)}" dy="4">${text}</text>`;
  });
  const thin = (bins[0].stop - bins[0].start) * (1 - GAP) * scale.perLayer < 16 ? 0.5 : 1;
  const [lines, stroke] = STROKES[/** @type {keyof typeof STROKES} */ (segment.pattern)] || [];
  const name = `sketch-${segment.name}`;
  const over = lines ? `<path d="${path}" fill="url(#${name})"/>` : "";
  return {
    pattern: lines && path
      ? `<pattern id="${name}" width="7" height="7" patternUnits="userSpaceOnUse">` +
        `<path d="${lines}" stroke="${ink}" stroke-width="${stroke}" stroke-opacity="0.2" stroke-linecap="round"/></pattern>`
      : "",
    bars: path &&
      `<path d="${path}" fill="${colour}" class="sketch-bar" stroke-width="${thin}"/>${over}`,
    texts: texts && `<g style="--on:${ink}" class="first-percents">${texts}</g>`,
  };
}

// The y axis: [place, text] of each tick.
/** @param {number} top @param {Box} box @param {string} unit @returns {[number, string][]} */
function ticks(top, box, unit) {
  const step = tick(top, box.height);
  return [...Array(Math.floor(top / step + 1e-9) + 1).keys()].map((at) => [
    at * step,
    `${(at * step).toLocaleString("en-US")}${unit}`,
  ]);
}

/** @param {[number, string][]} labels @param {import("./bars.js").Scale} scale @param {Box} box */
const heights = (labels, { perUnit }, { width, height }) =>
  labels.map(([value, text]) => {
    const y = px(height - value * perUnit);
    return `<g class="first-tick"><path class="line" d="M0 ${y}H${width}"/>` +
      `<path d="M-4 ${y}h4"/><text x="-7.4" y="${y}" dy="4">${text}</text></g>`;
  });

// The distance of ticks that plotly chooses: each 40 px at the least, 5 to 10 of them
// (https://github.com/plotly/plotly.js/blob/v4.1.1/src/plots/cartesian/axes.js, autoTicks).
/** @param {number} top @param {number} height - px */
export function tick(top, height) {
  if (top < 6) return 1;
  const rough = top / (Math.min(9, Math.max(4, height / 40)) + 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 5].find((one) => power * one >= rough * (1 - 1e-9)) || 10;
  return power * nice;
}

/** @param {Bin} bin @param {number} perLayer @param {Box} box */
function binName(bin, perLayer, { height }) {
  const x = px(((bin.start + bin.stop) / 2) * perLayer);
  return `<g class="first-tick bin"><path d="M${x} ${height}v4"/>` +
    `<text x="${x}" y="${height}" dy="19.4">${bin.label}</text></g>`;
}

/** @param {number} number */
const px = (number) => Math.round(number * 100) / 100;

// The chart as a picture. What the page says around the chart is in the picture: what the
// colours mean, which table it is, when it was made and under which thresholds.
import { chartFigure } from "./bars.js";
import { drawnChart } from "./draw.js";
import { MARGINS } from "./geometry.js";
import { textWidth } from "./text.js";
import { colour } from "./theme.js";
import { unmeasuredText } from "./unmeasured.js";
import { caption } from "../views/caption.js";
import { chipCount, segmentation, wholeBin } from "../views/drawn.js";
import { escapeHtml } from "../views/phrases.js";

// px. The same in every window, so that the pictures of a paper go together.
const PICTURE = { width: 1000, height: 560, left: 70, top: 58, line: 16, swatch: 66 };

// Lines no wider than so many px; a name and its number stay together.
/** @param {string} text @param {number} wide */
function wrapped(text, wide) {
  const lines = /** @type {string[]} */ ([]);
  for (const part of text.split(/(?<=[,·]) /)) {
    const longer = `${lines.at(-1)} ${part}`;
    if (lines.length && textWidth(longer) <= wide) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

// {data, layout} of the picture of what is drawn now.
/** @param {Payload} payload @param {number} width */
export function pictureFigure(payload, width) {
  const lines = wrapped(
    [...caption(payload, width), unmeasuredText(payload)].filter(Boolean).join(" · "),
    PICTURE.width - PICTURE.left - MARGINS.right,
  );
  const names = legendNames(payload);
  const margin = {
    l: PICTURE.left,
    r: PICTURE.swatch + Math.max(...names.map(textWidth)),
    t: PICTURE.top + PICTURE.line * lines.length,
    b: MARGINS.bottom,
  };
  const box = {
    width: PICTURE.width - margin.l - margin.r,
    height: PICTURE.height - margin.t - margin.b,
  };
  // A chosen segment is the page's matter: the others would be pale without a word.
  const drawn = /** @type {ChartState} */ (drawnChart());
  const selection = { ...drawn.selection, segment: null };
  const { data, layout } = chartFigure({ ...drawn, selection, box });
  return {
    data: data.map((trace, place) =>
      place < names.length ? { ...trace, showlegend: true, name: names[place] } : trace
    ),
    layout: { ...framed(layout, lines), width: PICTURE.width, height: PICTURE.height, margin },
  };
}

/** @param {Plotly} layout @param {string[]} lines */
const framed = (layout, lines) => ({
  ...layout,
  showlegend: true,
  legend: {
    traceorder: "reversed", // as the segments lie upon each other
    x: 1.02,
    xanchor: "left",
    y: 1,
    yanchor: "top",
    font: { size: 12 },
  },
  title: {
    ...layout.title,
    text: layout.meta.title,
    pad: { t: 10 },
    font: { size: 17, weight: 600 },
    subtitle: {
      text: lines.map(escapeHtml).join("<br>"),
      font: { size: 12, color: colour("ink-2") },
    },
  },
});

// Each segment's name with its number of heads (in a budget: share), as on the page's chips.
/** @param {Payload} payload */
export function legendNames(payload) {
  const whole = wholeBin(payload);
  return segmentation(payload).segments.map(
    ({ label }, place) => `${label}  ${chipCount(payload, whole, place)}`,
  );
}

/** @param {string} format @param {Payload} payload @param {number} width */
export function saveChart(format, payload, width) {
  const { width: wide, height } = PICTURE;
  // as app/downloads.py names its files
  const made = payload.t ? `-t-${payload.t.replace(/:/g, "-").replace(/,/g, "_")}` : "";
  window.Plotly.downloadImage(pictureFigure(payload, width), {
    format,
    filename: `${payload.name}-chart-${width}-${payload.as}${made}`,
    width: wide,
    height,
    scale: format === "png" ? 2 : 1,
  });
}

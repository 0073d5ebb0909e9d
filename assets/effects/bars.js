// The bars: each category's summed effects in each bin, above and below the axis.
import { everyNth } from "../chart/bars.js";
import { GAP, MARGINS } from "../chart/geometry.js";
import { colour, painted, tinted } from "../chart/theme.js";
import { byId } from "../dash/dom.js";
import { definitions } from "../views/definitions.js";
import { numberText } from "../views/measures.js";
import { plural } from "../views/phrases.js";

/** @param {Effects} effects @param {Payload} payload */
export function effectBars(effects, payload) {
  const bins = effects.bins.map(([start, stop]) => ({ start, stop, label: `[${start}, ${stop})` }));
  const wide = byId("effects-chart").clientWidth - MARGINS.left - MARGINS.right;
  const { layout } = definitions.figures.detailed.chart;
  const shown = everyNth(bins, Math.max(80, wide) / payload.layers);
  return {
    data: effects.categories.map((category) => bar(category, bins, effects)),
    layout: {
      ...layout,
      template: tinted(layout.template),
      autosize: true,
      barmode: "relative",
      margin: { ...layout.margin, t: 12 },
      xaxis: {
        ...layout.xaxis,
        range: [-0.5, payload.layers - 0.5],
        tickvals: shown.map(middle),
        ticktext: shown.map((bin) => bin.label),
      },
      yaxis: {
        fixedrange: true,
        range: heightsOf(effects),
        title: {
          text: `Summed effect (${unitOf(effects.effect)})`,
          standoff: 4,
          font: { size: 12 },
        },
        ...zeroLine(),
      },
    },
  };
}

const PALE = 0.35;
const ROOM = 0.04; // of the axis, beyond the tallest bars

/**
 * From below the lowest bar to above the tallest: plotly's own range ends at the bars' edges.
 * @param {Pick<Effects, "bins" | "categories">} effects
 */
export function heightsOf({ bins, categories }) {
  /** @param {"above" | "below"} side */
  const sums = (side) =>
    bins.map((_, bin) => categories.reduce((sum, own) => sum + own.bins[bin][side], 0));
  const [low, high] = [Math.min(0, ...sums("below")), Math.max(0, ...sums("above"))];
  const room = ROOM * (high - low || 1);
  return [low - room, high + room];
}

/** @param {string} effect */
const unitOf = (effect) => definitions.measures[effect].unit;

const zeroLine = () => ({ zeroline: true, zerolinecolor: colour("ink-2"), zerolinewidth: 1.5 });

/** @param {{ start: number, stop: number }} bin */
const middle = ({ start, stop }) => (start + stop - 1) / 2;

// Two bars a bin in one trace: plotly stacks those above and those below the axis by themselves.
// Pale, where all may be noise.
/**
 * @param {EffectCategory} category @param {{ start: number, stop: number, label: string }[]} bins
 * @param {Effects} effects
 */
function bar({ name, bins: weights }, bins, { effect, apart }) {
  const { segments } = definitions.views.detailed;
  const place = segments.findIndex((segment) => segment.name === name);
  const trace = painted(definitions.figures.detailed.chart.data[place], segments[place]);
  const x = bins.map(middle);
  const width = bins.map(({ start, stop }) => (stop - start) * (1 - GAP));
  const said = weights.map((weight, bin) =>
    hover(segments[place].label, weight, bins[bin], effect)
  );
  return {
    type: "bar",
    name: trace.name,
    meta: name,
    marker: {
      ...trace.marker,
      opacity: apart ? 1 : PALE,
      line: { color: colour("segment-edge"), width: 0.5 },
    },
    x: [...x, ...x],
    y: [...weights.map(({ above }) => above), ...weights.map(({ below }) => below)],
    width: [...width, ...width],
    hovertext: [...said, ...said],
    hovertemplate: "%{hovertext}<extra></extra>",
  };
}

/**
 * @param {string} label @param {Weight} weight @param {{ label: string }} bin @param {string} effect
 */
function hover(label, { heads, above, below, differing, strongest }, bin, effect) {
  const sums = [above && `+${numberText(effect, above)}`, below && numberText(effect, below)];
  return `<b>${label}</b> in layers ${bin.label}<br>` +
    `${sums.filter(Boolean).join(" and ") || "0"} ${unitOf(effect)}: ` +
    `${plural(heads, "head")}, ${differing.toLocaleString("en-US")} differ from 0` +
    (strongest.length ? `<br><br>Largest effects:<br>${strongest.join("<br>")}` : "");
}

// Thin segments of the chart: an unseen strip over each answers for it.
import { toggled } from "./selection.js";
import { MARGINS, plotBox, plotted } from "../chart/geometry.js";
import { whenPlotly } from "../chart/plot.js";
import { thinBands } from "../chart/thin-bands.js";
import { byId, closest } from "../dash/dom.js";
import { made } from "../dash/made.js";
import { getData, setData } from "../dash/props.js";
import { debounce } from "../dash/timing.js";

export const clearThin = () => byId("chart-thin").replaceChildren();

export function placeThin() {
  const frame = byId("head-chart");
  if (!window.Plotly) return whenPlotly(() => debounce("thin", placeThin));
  const { data, layout } = plotted(frame) ?? {};
  if (!data?.length) return;
  const box = plotBox(frame);
  const [, most] = layout.yaxis.range;
  const [left, right] = layout.xaxis.range;
  const perLayer = box.width / (right - left);
  const bars = data.filter(({ customdata }) => customdata); // not the lines drawn over them
  const strips = data[0].x.flatMap((/** @type {number} */ middle, /** @type {number} */ bin) => {
    const wide = data[0].width[bin] * perLayer;
    const heights = bars.map((trace) =>
      trace.visible === false ? 0 : (trace.y[bin] / most) * box.height
    );
    return thinBands(heights).map(({ place, bottom, top }) => {
      const [, start] =
        /** @type {RegExpExecArray} */ (/\[(\d+),/.exec(bars[place].customdata[bin][0]));
      const one = made("div", {
        "data-thin": `${start}:${bars[place].meta}`,
        "data-at": `${place} ${bin}`,
      });
      Object.assign(one.style, {
        left: `${MARGINS.left + (middle - left) * perLayer - wide / 2}px`,
        width: `${wide}px`,
        top: `${MARGINS.top + box.height - top}px`,
        height: `${top - bottom}px`,
      });
      return one;
    });
  });
  byId("chart-thin").replaceChildren(...strips);
}

export function watchThin() {
  document.addEventListener("click", (event) => {
    const segment = closest(event, "[data-thin]")?.dataset.thin;
    if (segment) setData("selection", toggled(getData("selection"), "segment", segment));
  });
  document.addEventListener("pointerover", (event) => {
    const at = closest(event, "[data-thin]")?.dataset.at;
    if (!at) return;
    const [curveNumber, pointNumber] = at.split(" ").map(Number);
    window.Plotly.Fx.hover(plotted(byId("head-chart")), [{ curveNumber, pointNumber }]);
  });
  document.addEventListener("pointerout", (event) => {
    if (closest(event, "[data-thin]")) window.Plotly.Fx.unhover(plotted(byId("head-chart")));
  });
}

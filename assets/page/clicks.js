// Buttons of the page as a whole: another table, and the notice above the chart.
import { closest } from "../dash/dom.js";
import { setProps } from "../dash/props.js";

export function watchButtons() {
  document.addEventListener("click", (event) => {
    const target = closest(event, "[data-model], [data-action='close-status']");
    if (!target) return;
    const { model } = target.dataset;
    if (model) setProps("model-select", { value: model });
    setProps("status", { children: "" });
  });
}

// Small screens have the controls that are needed less behind a button.
import { closest } from "../dash/dom.js";

export function watchOptions() {
  document.addEventListener("click", (event) => {
    const button = closest(event, "[data-action='options']");
    if (!button) return;
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
}

// No questions to the server while nobody looks, or while the bin width is dragged.
import { closest } from "../dash/dom.js";
import { setProps } from "../dash/props.js";

/** @param {boolean} disabled */
const poll = (disabled) => setProps("poll", { disabled });

export function pausePolling() {
  document.addEventListener("visibilitychange", () => poll(document.hidden));
  document.addEventListener("pointerdown", (event) => {
    if (closest(event, "#bin-width")) poll(true);
  });
  ["pointerup", "pointercancel"].forEach((end) =>
    document.addEventListener(end, () => poll(document.hidden))
  );
}

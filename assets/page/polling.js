// No questions to the server while nobody looks, or while the bin width is dragged.
import { setProps } from "../dash/props.js";

const poll = (disabled) => setProps("poll", { disabled });

export function pausePolling() {
  document.addEventListener("visibilitychange", () => poll(document.hidden));
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#bin-width")) poll(true);
  });
  ["pointerup", "pointercancel"].forEach((end) =>
    document.addEventListener(end, () => poll(document.hidden))
  );
}

// The explanation is folded; the links to it open it.
import { closest, detailsById } from "../dash/dom.js";

const ARRIVED_MS = 3000; // by then the scrolling is over, or there was none

export function openGuide() {
  document.addEventListener("click", (event) => {
    if (!closest(event, "a[href='#guide']")) return;
    const guide = detailsById("guide");
    guide.open = true;
    guide.querySelector("summary")?.focus({ preventScroll: true });
    // What is drawn above it meanwhile (the observations, on a phone) pushes it away.
    addEventListener("scrollend", () => guide.scrollIntoView(), {
      once: true,
      signal: AbortSignal.timeout(ARRIVED_MS),
    });
  });
}

// The window's size and theme: whatever makes the figures be drawn again.
import { setData } from "../dash/props.js";

const RESIZED_MS = 120; // a window that keeps its size so long is no longer being resized

export const measure = () => ({
  width: window.innerWidth,
  height: window.innerHeight,
  theme: document.documentElement.dataset.theme || null,
});

// why: whatever tells this time from the last one.
export const drawAgain = (why = {}) => setData("viewport", { ...measure(), ...why });

export function watchWindow() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  window.addEventListener("resize", () => {
    clearTimeout(resting);
    resting = setTimeout(drawAgain, RESIZED_MS);
  });
}

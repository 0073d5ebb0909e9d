// The callback of the reference figure's panel.
import { aboutDrawn, ask } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";

// The integrity check of the reference figure, on the bins that are shown.
/** @param {Payload | null} payload @param {number | null} width @param {Opened | null} opened */
export function wantCheck(payload, width, opened) {
  if (!payload || !width || !(opened || {}).reference) return;
  const next = aboutDrawn(payload, width);
  debounce("check", () => ask("check-wanted", next));
}

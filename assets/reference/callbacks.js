// The callback of the reference figure's panel.
import { keep } from "../dash/props.js";
import { aboutDrawn, ask } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";

// The figure is of one model: of others there is a link to it.
/** @param {Payload | null} payload */
export const offerReference = (payload) =>
  payload ? [!payload.in_figure, payload.in_figure] : [keep(), keep()];

// The integrity check of the reference figure, on the bins that are shown.
/** @param {Payload | null} payload @param {number | null} width @param {Opened | null} opened */
export function wantCheck(payload, width, opened) {
  if (!payload || !width || !(opened || {}).reference) return;
  const next = aboutDrawn(payload, width);
  debounce("check", () => ask("check-wanted", next));
}

// The callbacks of the key observations: thin adapters.
import { aboutDrawn, ask } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";

// About what is drawn: a view that this table does not have is drawn as another.
/** @param {Payload | null} payload @param {number | null} width */
export function wantObservations(payload, width) {
  if (!payload || !width) return;
  const next = aboutDrawn(payload, width);
  debounce("observations", () => ask("observations-wanted", next));
}

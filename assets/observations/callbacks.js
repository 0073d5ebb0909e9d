// The callbacks of what is said about the drawn view: thin adapters.
import { viewNotes } from "./notes.js";
import { keep } from "../dash/props.js";
import { ask } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";

export function tellView(payload, show, thresholds) {
  if (!payload) return [keep(), keep()];
  const notes = viewNotes(payload, show, thresholds);
  return [notes, payload.as === "budget"]; // which has no categories to choose from
}

// About what is drawn: a view that this table does not have is drawn as another.
export function wantObservations(payload, width) {
  if (!payload || !width) return;
  const next = {
    model: payload.name,
    stamp: payload.stamp,
    width: Math.min(width, payload.layers),
    taxonomy: payload.as,
    t: payload.t,
  };
  debounce("observations", () => ask("observations-wanted", next));
}

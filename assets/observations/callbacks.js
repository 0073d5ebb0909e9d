// The callbacks of the key observations: thin adapters.
import { markBusy } from "../dash/dom.js";
import { getData } from "../dash/props.js";
import { aboutDrawn, ask, lastAsked, same } from "../dash/questions.js";
import { debounce } from "../dash/timing.js";

/** @type {unknown} what the sentences of the first HTML are about, once that is known */
let first = null;

// About what is drawn: a view that this table does not have is drawn as another. At first the
// sentences of the first HTML stand there (assets/first/), which are about the same.
/** @param {Payload | null} payload @param {number | null} width */
export function wantObservations(payload, width) {
  if (!payload || !width) return;
  const next = aboutDrawn(payload, width);
  first ??= next;
  const before = lastAsked("observations-wanted");
  if (before && !same(before, next)) markBusy("observations", true);
  debounce("observations", () => ask("observations-wanted", next));
}

// The sentences are about what is shown now, unless it has moved on since they were asked for.
/** @param {unknown} _ @param {Payload | null} payload @param {number | null} width */
export function showObserved(_, payload, width) {
  if (!payload || !width) return;
  dimOthers(payload, width);
}

// While the bin width is dragged they are of another.
/** @param {number} width */
export function followWidth(width) {
  const payload = getData("payload");
  if (payload) dimOthers(payload, width);
}

/** @param {Payload} payload @param {number} width */
function dimOthers(payload, width) {
  const shown = lastAsked("observations-wanted") || first;
  markBusy("observations", Boolean(shown) && !same(shown, aboutDrawn(payload, width)));
}

// A chip's sentence, while it is pointed at or focused. Pressed chips are seen alone, and their
// heads are listed in place of a segment's.
import { byId, closest } from "../dash/dom.js";
import { getData, setData } from "../dash/props.js";
import { viewOf } from "../views/catalogue.js";

const line = () => byId("chip-sentence");
/** @param {Element | null} target */
const chipOf = (target) => /** @type {HTMLElement | null} */ (target?.closest("[data-chip]"));

/** @param {Element | null} target */
function tell(target) {
  const chip = chipOf(target)?.dataset.chip;
  if (chip) line().textContent = sentenceOf(chip, getData("payload"));
}

/** @param {string} name @param {Payload} payload */
function sentenceOf(name, payload) {
  const view = viewOf(payload);
  const segment = view.segments.find((one) => one.name === name);
  if (!segment) return ""; // a chip of the view before, for a moment
  const { sentence } = segment;
  return view.isMeasured(name, payload.scores)
    ? sentence + view.chipRemark(payload, name)
    : `${sentence} Not measured in this table.`;
}

// Then that of the focused chip, or none.
/** @param {Element | null} target */
function untell(target) {
  if (!target || !chipOf(target)) return;
  const focused = document.querySelector("[data-chip]:focus-visible");
  if (focused && focused !== target) tell(focused);
  else if (!target.matches(":hover, :focus-visible")) line().textContent = "";
}

/** @param {string[]} names @param {string} name */
export const withOrWithout = (names, name) =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name];

export function watchChips() {
  document.addEventListener("click", (event) => {
    const chip = closest(event, "[data-chip]")?.dataset.chip;
    if (!chip) return;
    setData("isolated", withOrWithout(getData("isolated") ?? [], chip));
    setData("selection", { ...getData("selection"), segment: null });
  });
  const watch = (/** @type {string} */ name, /** @type {typeof tell} */ act) =>
    document.addEventListener(name, ({ target }) => act(target instanceof Element ? target : null));
  ["pointerover", "focusin"].forEach((name) => watch(name, tell));
  ["pointerout", "focusout"].forEach((name) => watch(name, untell));
}

// A chip's sentence, while it is pointed at or focused; a pressed chip is seen alone.
import { byId, closest } from "../dash/dom.js";
import { getData, setData } from "../dash/props.js";
import { definitions } from "../views/definitions.js";
import { strongestOperations } from "../views/operations.js";
import { isMeasured } from "../views/view.js";

const line = () => byId("chip-sentence");
/** @param {Event} event */
const chipOf = (event) => closest(event, "[data-chip]");

/** @param {Event} event */
function tell(event) {
  const chip = chipOf(event);
  if (chip && line()) line().textContent = sentenceOf(chip.dataset.chip, getData("payload"));
}

/** @param {string} name @param {Payload} payload */
function sentenceOf(name, payload) {
  const known = Object.values(definitions.views).flatMap((one) => one.segments);
  const { sentence } = known.find((segment) => segment.name === name);
  return isMeasured(name, payload.as, payload.scores)
    ? sentence + strongestOperations(payload, name)
    : `${sentence} Not measured in this table.`;
}

// Then that of the focused chip, or none.
/** @param {Event} event */
function untell(event) {
  if (!chipOf(event)) return;
  const focused = document.querySelector("[data-chip]:focus-visible");
  if (focused && focused !== event.target) tell({ target: focused });
  else if (!event.target.matches(":hover, :focus-visible")) line().textContent = "";
}

export function watchChips() {
  document.addEventListener("click", (event) => {
    const chip = closest(event, "[data-chip]")?.dataset.chip;
    if (chip) setData("isolated", getData("isolated") === chip ? null : chip);
  });
  ["pointerover", "focusin"].forEach((name) => document.addEventListener(name, tell));
  ["pointerout", "focusout"].forEach((name) => document.addEventListener(name, untell));
}

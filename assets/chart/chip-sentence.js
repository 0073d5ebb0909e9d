// A chip's sentence, while it is pointed at or focused; a pressed chip is seen alone.
import { getData, setData } from "../dash/props.js";
import { viewOf } from "../views/catalogue.js";

const line = () => document.getElementById("chip-sentence");
const chipOf = ({ target }) => target.closest && target.closest("[data-chip]");

function tell(event) {
  const chip = chipOf(event);
  if (chip && line()) line().textContent = sentenceOf(chip.dataset.chip, getData("payload"));
}

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
function untell(event) {
  if (!chipOf(event)) return;
  const focused = document.querySelector("[data-chip]:focus-visible");
  if (focused && focused !== event.target) tell({ target: focused });
  else if (!event.target.matches(":hover, :focus-visible")) line().textContent = "";
}

export function watchChips() {
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-chip]")?.dataset.chip;
    if (chip) setData("isolated", getData("isolated") === chip ? null : chip);
  });
  ["pointerover", "focusin"].forEach((name) => document.addEventListener(name, tell));
  ["pointerout", "focusout"].forEach((name) => document.addEventListener(name, untell));
}

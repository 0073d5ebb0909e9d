// The panel of the thresholds: whether it is open, and back to the defaults.
import { closest, toggledDetails } from "../dash/dom.js";
import { setData, setProps } from "../dash/props.js";
import { definitions } from "../views/definitions.js";

export function watchThresholds() {
  document.addEventListener("toggle", markOpen, true);
  document.addEventListener("click", (event) => {
    if (closest(event, "[data-action='reset-thresholds']")) reset();
  });
}

// The open panel says what its note beside the chart would.
/** @param {Event} event */
function markOpen(event) {
  const details = toggledDetails(event);
  if (details?.dataset.panel !== "whatif") return;
  document.documentElement.dataset.whatIf = details.open ? "open" : "";
}

function reset() {
  Object.entries(definitions.thresholds).forEach(([name, value]) => {
    if (document.querySelector(`[data-threshold="${name}"]`)) {
      setProps({ type: "threshold", name }, { value });
    }
  });
  setData("thresholds", {});
}

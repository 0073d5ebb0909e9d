// One threshold set from elsewhere in the page; its slider, where there is one, follows.
import { getData, setData, setProps } from "../dash/props.js";
import { definitions } from "../views/definitions.js";

/** @param {string} category @param {number} value */
export function setThreshold(category, value) {
  if (document.querySelector(`[data-threshold="${category}"]`)) {
    setProps({ type: "threshold", name: category }, { value });
  }
  const { [category]: _before, ...rest } = getData("thresholds") || {};
  const usual = definitions.thresholds[category];
  setData("thresholds", value === usual ? rest : { ...rest, [category]: value });
}

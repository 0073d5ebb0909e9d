// The chosen prompt: every list of prompts shows it, and a choice in one is a choice in all.
import { closest } from "../dash/dom.js";
import { setData } from "../dash/props.js";

export function watchPrompts() {
  document.addEventListener("change", (event) => {
    const list = closest(event, ".prompt-select");
    if (list instanceof HTMLSelectElement) setData("prompt", list.value);
  });
}

// A list's choice, and which of its prompts this table has.
/** @param {Element} list @param {string} prompt @param {string[]} stored */
export function showPrompt(list, prompt, stored) {
  const select = /** @type {HTMLSelectElement} */ (list);
  [...select.options].forEach((option) => {
    const known = stored.includes(option.value);
    option.disabled = !known;
    option.hidden = !known && option.value === "beginning"; // only where a text was given
  });
  select.value = prompt;
}

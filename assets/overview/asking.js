// A visitor asks the worker for a model that the operator allows (POST /api/jobs).
import { byId, closest } from "../dash/dom.js";

export function offerModels() {
  /** @type {HTMLElement | null} */
  const section = document.querySelector(".asking");
  if (!section) return;
  section.hidden = false;
  section.addEventListener("click", (event) => {
    const button = closest(event, "[data-ask]");
    if (button instanceof HTMLButtonElement) ask(button);
  });
}

/** @param {HTMLButtonElement} button */
async function ask(button) {
  const model = button.dataset.ask || "";
  button.disabled = true;
  const told = await answer(model);
  byId("asking-said").textContent = told.text;
  button.disabled = told.taken;
}

/** @param {string} model @returns {Promise<{ taken: boolean, text: string }>} */
async function answer(model) {
  try {
    const response = await fetch("api/jobs", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ model }),
    });
    const said = await response.json();
    if (!response.ok) return { taken: false, text: `${model}: ${said.error}.` };
    const place = said.position ? `, number ${said.position} in line` : "";
    return { taken: true, text: `${model} is ${said.state}${place}.` };
  } catch {
    return { taken: false, text: `${model}: the server does not answer; try again.` };
  }
}

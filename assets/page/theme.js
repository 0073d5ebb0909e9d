// Light and dark: the one that the link names, else the system's.
import { drawAgain } from "../chart/viewport.js";
import { getData } from "../dash/props.js";

const system = () => window.matchMedia("(prefers-color-scheme: dark)");

/** @param {Theme | null} theme */
export function applyTheme(theme) {
  const root = document.documentElement;
  const shown = theme || (system().matches ? "dark" : "light");
  root.dataset.theme = shown;
  root.style.colorScheme = shown;
  const toggle = document.getElementById("theme-toggle");
  if (toggle) toggle.setAttribute("aria-pressed", String(shown === "dark"));
  return shown;
}

export function followSystemTheme() {
  system().addEventListener("change", () => {
    applyTheme(getData("theme"));
    drawAgain();
  });
}

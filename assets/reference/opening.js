// The reference figure is asked for when its panel is first opened.
import { toggledDetails } from "../dash/dom.js";
import { ask } from "../dash/questions.js";

export function watchReference() {
  document.addEventListener(
    "toggle",
    (event) => {
      const details = toggledDetails(event);
      if (details?.dataset.panel === "reference" && details.open) ask("reference-wanted", true);
    },
    true,
  );
}

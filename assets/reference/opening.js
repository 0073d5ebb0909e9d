// The reference figure is asked for when its panel is first opened.
import { ask } from "../dash/questions.js";

export function watchReference() {
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.dataset?.panel === "reference" && target.open) ask("reference-wanted", true);
    },
    true,
  );
}

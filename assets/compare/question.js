// What the second table is asked for in, and whether an answer is to that.
import { viewOf } from "../views/catalogue.js";
import { needsFurther, shownView, USUAL } from "../views/choice.js";
import { quoted } from "../views/phrases.js";

// What of the page's view the second table is asked for in.
/** @param {string} taxonomy @param {Show} show */
export const comparedView = (taxonomy, show) => ({
  taxonomy: taxonomy || USUAL,
  show: show || "count",
});

// Whether the second table was packed for what the page shows now, and the first is ready for it.
/**
 * @param {Compared} compared @param {Payload} payload @param {string | null} other
 * @param {string} taxonomy @param {Show} show
 */
export function isAnswer(compared, payload, other, taxonomy, show) {
  const view = comparedView(taxonomy, show);
  return (
    compared.model === payload.name &&
    compared.other === other &&
    compared.taxonomy === view.taxonomy &&
    shownView(compared.show) === shownView(view.show) &&
    (!needsFurther(compared.as) || viewOf(compared) === viewOf(payload))
  );
}

/**
 * @param {string | null} name @param {Model[]} models @param {Model | null} shown
 * @param {string[]} notes
 */
export function readCompare(name, models, shown, notes) {
  if (name === null) return null;
  const wanted = [name, `${name}-published`];
  const found = models.find((model) => wanted.includes(model.name));
  if (found && found !== shown) return found.name;
  notes.push(
    found
      ? `compare=${quoted(name)} is the shown table itself.`
      : `There is no table named ${quoted(name)} here to compare with.`,
  );
  return null;
}

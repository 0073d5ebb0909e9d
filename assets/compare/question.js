// What the second table is asked for in, and whether an answer is to that.
import { viewOf } from "../views/catalogue.js";
import { needsFurther, shownView, USUAL } from "../views/choice.js";
import { quoted } from "../views/phrases.js";
import { readPin, withPin } from "../views/pin.js";

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

// The second table of a link, and what pins its contents.
/**
 * @param {string | null} text @param {Model[]} models @param {Model | null} shown
 * @param {string[]} notes
 */
export function readCompare(text, models, shown, notes) {
  const [name, pin] = readPin("compare", text, notes);
  if (name === null) return { compare: null, comparePin: null };
  const wanted = [name, `${name}-published`];
  const found = models.find((model) => wanted.includes(model.name));
  if (found && found !== shown) return { compare: found.name, comparePin: pin };
  notes.push(
    found
      ? `compare=${quoted(name)} is the shown table itself.`
      : `There is no table named ${quoted(name)} here to compare with.`,
  );
  return { compare: null, comparePin: null };
}

/** @type {{ name: string | null, pin: string | null }} */
let linked = { name: null, pin: null }; // by the address

/** @param {LinkState} url */
export function rememberPin(url) {
  linked = { name: url.compare, pin: url.comparePin };
}

// What the link pins the second table by; null where it names another one, or none.
/** @param {string | null} name */
export const linkedPin = (name) => name === linked.name ? linked.pin : null;

// The second table as the address names it, and as a copied link does: by what was drawn of it.
/** @param {string | null} name */
export const linkedTable = (name) => name && withPin(name, linkedPin(name));
/** @param {string | null} name @param {Compared | null} compared */
export const drawnTable = (name, compared) =>
  name && compared?.other === name ? withPin(name, compared.hash) : linkedTable(name);

// Elements of the page: by id, and by what happened to them.

// The element of this id, which the layout has.
/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}.`);
  return found;
}

// The nearest element that fits, from an event's target outwards. The target may be the document.
/** @param {Event} event @param {string} selector @returns {HTMLElement | null} */
export const closest = ({ target }, selector) =>
  target instanceof Element ? target.closest(selector) : null;

// The list or drawer that a "toggle" event is about.
/** @param {Event} event */
export const toggledDetails = ({ target }) => target instanceof HTMLDetailsElement ? target : null;

/** @param {string} id */
export const detailsById = (id) => /** @type {HTMLDetailsElement} */ (byId(id));

// Whether an element waits for an answer: its old content is dimmed (page.css).
/** @param {string} id @param {boolean} busy */
export const markBusy = (id, busy) => byId(id).setAttribute("aria-busy", String(busy));

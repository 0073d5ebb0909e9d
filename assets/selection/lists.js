// Lists of heads elsewhere on the page, one below another ([data-list]): open ones are walked
// through, and the chosen head is marked in them.
import { shownRows } from "./grid.js";

const buttons = () =>
  [
    .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(
      "[data-list] [data-head]",
    )),
  ].filter((one) => one.getClientRects().length);

/** @returns {HeadKey[]} */
const otherRows = () => buttons().map((one) => one.dataset.head ?? "");

// The list that the steps from the chosen head go through: the panel's, or one that holds it.
/** @param {Chosen} selection */
export function walkedList({ head }) {
  const shown = shownRows();
  return head && shown.includes(head) ? shown : otherRows();
}

/** @param {HeadKey | null | undefined} head */
export function markOthers(head) {
  buttons().forEach((one) => {
    const current = one.dataset.head === head;
    one.closest("tr")?.classList.toggle("current", current);
    if (current) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  });
}

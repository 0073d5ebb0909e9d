// Short lists behind a button: one is open at a time, and closes by a choice, Escape or a click
// elsewhere.
import { closest } from "../dash/dom.js";

const open = () => [
  .../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".menu[open]")),
];

export function closeMenus() {
  document.addEventListener("click", (event) => {
    const within = closest(event, ".menu");
    const chosen = closest(event, ".menu-list");
    open().forEach((menu) => {
      if (menu !== within || chosen) menu.open = false;
    });
  });

  document.addEventListener(
    "keydown",
    (event) => {
      const [menu] = open();
      if (event.key !== "Escape" || !menu) return;
      event.stopPropagation(); // the selection stays
      menu.open = false;
      menu.querySelector("summary")?.focus();
    },
    true,
  );
}

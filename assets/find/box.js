// The find box: a dialog with a combobox, made when it is first opened ("/", Ctrl-K, its button).
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (list autocomplete, the focus stays in the field)
import { goTo, parts, views } from "./places.js";
import { kindText, nothingText, suggest } from "./suggest.js";
import { closest } from "../dash/dom.js";
import { made } from "../dash/made.js";
import { getData } from "../dash/props.js";
import { headSaid } from "../selection/said.js";

/** @import { Found } from "./suggest.js" */

/** @typedef {{ dialog: HTMLDialogElement, field: HTMLInputElement, list: HTMLElement, said: HTMLElement }} Box */

/** @type {Box | null} */
let box = null;
/** @type {Found[]} */
let offered = [];
let active = -1; // place among the offered

/** @returns {Box} */
function build() {
  const field = made("input", {
    type: "text",
    role: "combobox",
    id: "find-field",
    "aria-label": "Find a head, a model, a category or a part of the page",
    "aria-controls": "find-list",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "18.6, L18H6, a model, a category…",
  });
  const list = made("div", { role: "listbox", id: "find-list", "aria-label": "Found" });
  const said = made("p", { role: "status", id: "find-said" });
  const dialog = made("dialog", { id: "find-box", "aria-label": "Find" }, field, list, said);
  document.body.append(dialog);
  field.addEventListener("input", offer);
  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener("click", onClick);
  return { dialog, field, list, said };
}

function open() {
  box ??= build();
  if (box.dialog.open) return box.field.select();
  box.field.value = "";
  box.dialog.showModal();
  offer();
  box.field.focus();
}

// What is offered for what stands in the field; the first is what Enter takes, once something was
// typed.
function offer() {
  const { field, list, said } = /** @type {Box} */ (box);
  const payload = getData("payload");
  const told = (/** @type {string} */ key) => headSaid(payload, key).split(", ").slice(1).join(" ");
  const known = { payload, models: getData("models"), views: views(), parts: parts(), told };
  offered = suggest(field.value, known);
  list.replaceChildren(...offered.map(option));
  field.setAttribute("aria-expanded", String(offered.length > 0));
  said.textContent = offered.length ? "" : nothingText(field.value, payload);
  activate(field.value.trim() && offered.length ? 0 : -1);
}

/** @param {Found} found @param {number} place */
function option(found, place) {
  const { label, detail } = found;
  const first = place === 0 || offered[place - 1].kind !== found.kind;
  return made(
    "div",
    { role: "option", id: `find-${place}`, "data-place": String(place), "aria-selected": "false" },
    made("span", { class: "find-kind" }, first ? kindText(found) : ""),
    made("span", { class: "find-label" }, label),
    made("span", { class: "find-detail" }, detail),
  );
}

/** @param {number} place */
function activate(place) {
  const { field, list } = /** @type {Box} */ (box);
  active = place;
  [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
  if (place < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", `find-${place}`);
  list.children[place].scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  event.stopPropagation(); // the page's own keys rest meanwhile
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && offered.length) {
    activate((Math.max(active, step < 0 ? 0 : -1) + step + offered.length) % offered.length);
  } else if (event.key === "Enter" && active >= 0) take(offered[active]);
  else if (event.key === "Escape") box?.dialog.close();
  else if (event.key === "k" && (event.ctrlKey || event.metaKey)) box?.field.select();
  else return;
  event.preventDefault();
}

/** @param {MouseEvent} event */
function onClick(event) {
  const place = closest(event, "[data-place]")?.dataset.place;
  if (place !== undefined) take(offered[Number(place)]);
  else if (event.target === box?.dialog) box?.dialog.close(); // beside it
}

/** @param {Found} found */
function take(found) {
  box?.dialog.close(); // the focus goes back first
  goTo(found);
}

/** @param {KeyboardEvent} event */
function isShortcut(event) {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey) return true;
  const typing = target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"));
  return key === "/" && !ctrlKey && !metaKey && !altKey && !typing;
}

export function watchFinding() {
  document.addEventListener("keydown", (event) => {
    const embedded = document.documentElement.dataset.view === "embed"; // the chart alone
    if (embedded || event.defaultPrevented || !isShortcut(event)) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", (event) => {
    if (closest(event, "[data-action='find']")) open();
  });
}

// Copying and saving: what a menu's choice puts on the clipboard, or into a file.
import { pageLink } from "./address.js";
import { saveChart } from "../chart/picture.js";
import { byId, closest } from "../dash/dom.js";
import { getData, getProps } from "../dash/props.js";
import { bibtex, embed, markdown, python } from "../table/share.js";

// Into the clipboard; without one (plain http) by selection. Whether it is there.
/** @param {string} text */
async function intoClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }
}

// Copies a text and says on the button, and to a screen reader, whether that worked.
/** @param {HTMLElement} button @param {string} text */
async function copyText(button, text) {
  const said = (await intoClipboard(text)) ? "Copied" : "Not copied";
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  button.textContent = said;
  byId("said").textContent = said;
  button.classList.add("done");
  setTimeout(() => {
    button.textContent = label;
    byId("said").textContent = "";
    button.classList.remove("done");
  }, 1600);
}

/** @type {Record<string, (_: Payload, width: number, link: string, entry: string) => string>} */
const TEXTS = {
  link: (_payload, _width, link) => link,
  markdown,
  bibtex: (payload, _width, link, entry) => bibtex(payload, link, entry),
  python: (payload, _width, link) => python(payload, link),
  embed: (payload, _width, link) => embed(payload, link),
};

export function watchCopying() {
  document.addEventListener("click", (event) => {
    const target = closest(event, "[data-copy], [data-save]");
    const payload = target && getData("payload");
    if (!payload) return;
    const { copy, save } = target.dataset;
    const width = getProps("bin-width").value;
    if (save) saveChart(save, payload, width);
    if (!copy) return;
    // A choice in a menu is gone when it is made: the menu's button says it.
    const menu = target.closest(".menu");
    const entry = document.getElementById("citation")?.textContent || "";
    const text = TEXTS[copy](payload, width, pageLink(), entry);
    copyText(menu?.querySelector("summary") ?? target, text);
  });
}

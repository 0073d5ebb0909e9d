// Where the find box can go to, and how.
import { byId } from "../dash/dom.js";
import { getData, getProps, setData, setProps } from "../dash/props.js";
import { focusCard } from "../selection/focus.js";
import { USUAL } from "../views/choice.js";
import { definitions } from "../views/definitions.js";

/** @import { Found } from "./suggest.js" */

const VIEW_WORDS = "view categories bars show";

// Words that people look for parts of the page by, beside the parts' own titles.
/** @type {Record<string, string>} */
const ALSO = {
  "compare-panel": "models difference other table",
  "what-if-panel": "thresholds sliders sensitivity",
  "effects-panel": "ablation loss importance matters sum",
  "scatter-panel": "plot effect copying surprise",
  "reference-panel": "published figure check",
  about: "scores method provenance citation limits",
};

// Every drawer, by its title, and what else has a place of its own.
/** @returns {Found[]} */
export function parts() {
  const drawers = [
    .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(
      "details.drawer[id], section.about[id]",
    )),
  ];
  return drawers.map((one) => ({
    kind: "part",
    value: one.id,
    label: one.querySelector("summary, h2")?.textContent ?? "",
    detail: "",
    words: ALSO[one.id] ?? "",
  }));
}

// The choices of the page's two controls that the shown table has.
/** @returns {Found[]} */
export const views = () =>
  Object.entries({ "taxonomy-select": "Categories", "show-select": "Bars show" }).flatMap(
    ([id, name]) =>
      /** @type {Choice[]} */ (getProps(id).data).filter(({ disabled }) => !disabled).map((
        { value, label },
      ) => ({
        kind: "view",
        value: `${id} ${value}`,
        label,
        detail: name,
        words: `${VIEW_WORDS} ${value}`,
      })),
  );

/** @type {Record<Found["kind"], (value: string) => void>} */
const WAYS = {
  head: (head) => {
    setData("selection", { ...getData("selection"), head });
    focusCard();
  },
  category: (name) => {
    setData("isolated", [name]);
    setData("selection", {});
    byId(`chip-${name}`).focus();
  },
  table: (value) => setProps("model-select", { value }),
  view: chooseView,
  part: (id) => {
    const place = byId(id);
    if (place instanceof HTMLDetailsElement) place.open = true;
    const title = /** @type {HTMLElement} */ (place.querySelector("summary, h2"));
    title.tabIndex = 0;
    title.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
  },
};

// What "bars show" chooses goes before what "categories" does: it is put back where it would hide
// the chosen one.
/** @param {string} text */
function chooseView(text) {
  const [id, value] = text.split(" ");
  setProps(id, { value });
  if (id !== "taxonomy-select") return;
  const shown = definitions.views[getProps("show-select").value ?? USUAL];
  if (shown?.control === "show") setProps("show-select", { value: "count" });
}

/** @param {Found} found */
export const goTo = ({ kind, value }) => WAYS[kind](value);

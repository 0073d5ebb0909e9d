// The page's state in the address (contract: model, bins, taxonomy, show, segment, head, theme;
// and t, what-if thresholds, compare, a second table).
import { readUrl } from "./link.js";
import { byId } from "../dash/dom.js";
import { getData, setData, setProps } from "../dash/props.js";
import { debounce, forget } from "../dash/timing.js";
import { defaultWidth } from "../views/bins.js";

/** @type {(keyof PageState)[]} */
const KEYS = ["model", "bins", "taxonomy", "show", "segment", "head", "theme", "t", "compare"];

// Marks the history's entries that hold a state: one of a "#…" link does not.
const OURS = "headstrata";

/** @type {PageState | null} the state that the page shows */
let shown = null;
/** @type {string | null} the model that Back or Forward goes to, until its table is there */
let returning = null;

// The address of a state; a value that is the page's default anyway is left out only for theme.
/** @param {PageState} state */
function addressOf(state) {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = state[key];
    if (value !== null && value !== undefined) query.set(key, String(value));
  }
  // ":" is allowed in a query, and a link is read by people.
  const readable = query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",");
  return `${window.location.pathname}?${readable}`;
}

// The link to what is shown now: the address follows a moment later.
export const pageLink = () => window.location.origin + (shown ? addressOf(shown) : "/");

// Browsers refuse more than about 100 replacements in 30 s, and fetch the page's icon anew after
// one: a drag is written when it is over. Another table is a step that Back undoes.
/** @param {PageState} state */
export function writeAddress(state) {
  if (returning && returning !== state.model) return; // its table is to come
  returning = null;
  shown = state;
  debounce("address", () => {
    const { history, location } = window;
    const before = new URLSearchParams(location.search).get("model");
    const step = history.state === OURS && before !== state.model;
    history[step ? "pushState" : "replaceState"](OURS, "", addressOf(state));
    /** @type {HTMLAnchorElement} */ (byId("whole-page")).href = `/${location.search}`;
  });
}

// Another table is there than before: nobody waits for the one of Back and Forward.
export function stopReturning() {
  returning = null;
}

// Back and forward: the page is what the address says.
export function followHistory() {
  window.addEventListener("popstate", ({ state }) => {
    if (!shown) return; // nothing is shown yet
    if (state !== OURS) return writeAddress(shown); // a place in the page, and none of ours
    forget("address");
    setData("boot", getData("boot"));
    const payload = getData("payload");
    const url = readUrl(window.location.search, getData("models"), null);
    returning = url.model;
    if (url.model !== payload.name) return;
    setProps("bin-width", { value: url.bins || defaultWidth(payload.layers) });
  });
}

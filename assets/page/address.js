// The page's state in the address (contract: model, bins, taxonomy, show, segment, head, theme;
// t, what-if thresholds; compare, a second table; only, categories seen alone;
// prompt, that of the attention patterns; pins, heads side by side; unmeasured, whether heads that
// nobody measured are drawn; colour, the measure that the map is coloured by).
import { historyStep, isOurs, OURS } from "./history.js";
import { readUrl } from "./link.js";
import { drawnTable } from "../compare/question.js";
import { beside, onBeside } from "../dash/beside.js";
import { byId } from "../dash/dom.js";
import { getData, setData, setProps } from "../dash/props.js";
import { debounce, forget } from "../dash/timing.js";
import { defaultWidth } from "../views/bins.js";
import { withPin } from "../views/pin.js";

/** @type {(keyof PageState)[]} */
const KEYS = [
  "bins",
  "taxonomy",
  "show",
  "segment",
  "head",
  "only",
  "unmeasured",
  "colour",
  "theme",
  "t",
  "compare",
  "prompt",
  "pins",
];

/** @type {PageState | null} the state that the page shows */
let shown = null;
/** @type {string | null} the model that Back or Forward goes to, until its table is there */
let returning = null;

// The address of a state; a value that is the page's default anyway is left out only for theme.
/** @param {PageState} state */
function addressOf(state) {
  const query = new URLSearchParams({ model: withPin(state.model, state.pin) });
  for (const [key, value] of [...KEYS.map((one) => [one, state[one]]), ...Object.entries(beside)]) {
    if (value !== null && value !== undefined) query.set(String(key), String(value));
  }
  // ":" is allowed in a query, and a link is read by people.
  const readable = query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%40/g, "@");
  return `${window.location.pathname}?${readable}`;
}

// The link to what is shown now: the address follows a moment later. Whoever opens it has a theme
// of their own. It pins the tables: what it shows is what was seen, or it says that it is not.
export const pageLink = () => new URL(shown ? linkTo(shown) : "./", location.href).href;

/** @param {PageState} state */
const linkTo = (state) =>
  addressOf({
    ...state,
    theme: null,
    pin: state.hash,
    compare: drawnTable(state.compared, getData("compared")),
  });

// Browsers refuse more than about 100 replacements in 30 s, and fetch the page's icon anew after
// one: a drag is written when it is over. Some changes are steps that Back undoes.
/** @param {PageState} state */
export function writeAddress(state) {
  if (returning && returning !== state.model) return; // its table is to come
  returning = null;
  shown = state;
  debounce("address", () => {
    const { history, location } = window;
    const address = addressOf(state);
    const [, after] = address.split("?");
    const { push, mark } = historyStep(history.state, location.search, after);
    history[push ? "pushState" : "replaceState"](mark, "", address);
    /** @type {HTMLAnchorElement} */ (byId("whole-page")).href = `./${location.search}`;
  });
}

// Another table is there than before: nobody waits for the one of Back and Forward.
export function stopReturning() {
  returning = null;
}

// Back and forward: the page is what the address says.
export function followHistory() {
  // At once: whoever chooses before the first address is written goes back to the page as opened.
  if (!isOurs(history.state)) history.replaceState(OURS, "");
  onBeside(() => shown && writeAddress(shown));
  window.addEventListener("popstate", ({ state }) => {
    if (!shown) return; // nothing is shown yet
    if (!isOurs(state)) return writeAddress(shown); // a place in the page, and none of ours
    forget("address");
    setData("boot", getData("boot"));
    const payload = getData("payload");
    const url = readUrl(window.location.search, getData("models"), null);
    returning = url.model;
    if (url.model !== payload.name) return;
    setProps("bin-width", { value: url.bins || defaultWidth(payload.layers) });
  });
}

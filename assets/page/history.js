// Which states are steps that Back undoes.

// Marks the history's entries that hold a state (one of a "#…" link does not), and those that were
// made for a first choice: behind them is the page without one.
export const OURS = "headstrata";
const CHOSEN = "headstrata chosen";

/** @param {unknown} mark - history.state */
export const isOurs = (mark) => mark === OURS || mark === CHOSEN;

/** @param {URLSearchParams} query */
const choice = (query) => ["segment", "head", "only"].some((key) => query.get(key));

// How an address follows another: another table is a step, and so is the first choice of a segment,
// a head or a category (on a phone Back closes its sheet); whatever is chosen then replaces it.
/**
 * @param {unknown} mark - of the entry that is shown now
 * @param {string} before - its query
 * @param {string} after
 */
export function historyStep(mark, before, after) {
  const [old, next] = [before, after].map((query) => new URLSearchParams(query));
  const another = old.get("model") !== next.get("model");
  // an address that is opened without a model gets its table's: that is no step
  if (isOurs(mark) && old.get("model") && another) return { push: true, mark: OURS };
  const first = mark === OURS && !choice(old) && choice(next);
  if (first) return { push: true, mark: CHOSEN };
  return { push: false, mark: isOurs(mark) ? mark : OURS };
}

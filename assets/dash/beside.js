// What drawers keep in the address beside the page's own keys (page/address.js writes it).

/** By key; null: nothing. @type {Record<string, string | null>} */
export const beside = {};

let changed = () => {};

/** @param {() => void} run */
export function onBeside(run) {
  changed = run;
}

/** @param {string} key @param {string | null} value */
export function tellAddress(key, value) {
  if ((beside[key] ?? null) === value) return;
  beside[key] = value;
  changed();
}

// The token that is pointed at: by the mouse, or else kept by a click or the keyboard. All pictures
// of one prompt follow it: the card's and the pinned heads'.

/** @typedef {{ token: number | null, key: number | null }} Pointed - key: of a cell, in its row */

/** @type {Pointed} */
const NOTHING = { token: null, key: null };

/** @type {Pointed} */
let kept = NOTHING;
/** @type {Pointed} */
let under = NOTHING;
/** @type {Set<(pointed: Pointed) => void>} */
const followers = new Set();

export const pointed = () => (under.token === null ? kept : under);

const tell = () => followers.forEach((follow) => follow(pointed()));

// While the mouse is there; null: it has left.
/** @param {number | null} token @param {number | null} [key] */
export function pointAt(token, key = null) {
  if (token === under.token && key === under.key) return;
  under = token === null ? NOTHING : { token, key };
  tell();
}

// Until another one is; the same again lets go.
/** @param {number | null} token */
export function keepToken(token) {
  under = NOTHING; // a mouse that rests somewhere has no say until it moves on
  kept = token === null ? NOTHING : { token, key: null };
  tell();
}

export const keptToken = () => kept.token;

// Another prompt: its tokens are others.
export function forgetTokens() {
  kept = under = NOTHING;
  tell();
}

/** @param {(pointed: Pointed) => void} follow */
export function follow(follow) {
  followers.add(follow);
  return () => followers.delete(follow);
}

// How tokens are written: spaces and breaks as signs, long ones cut, either direction of reading.
import { escapeHtml } from "../views/phrases.js";

const TOKEN_SHOWN = 11; // characters of a token on an axis

// Spaces and line breaks are tokens too: they are shown as signs.
/** @param {string} token */
export const tokenText = (token) =>
  token.replace(/\n/g, "⏎").replace(/^ /, "␣").replace(/\t/g, "⇥");

// Between two words that are read from right to left an arrow would join them, and point from
// key to query. https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
/** @param {string} text */
export const isolated = (text) => `\u2068${text}\u2069`;

/** @param {string} query @param {string} key */
export const queryToKey = (query, key) => `${isolated(query)} → ${isolated(key)}`;

/** @param {string} token */
export function tokenLabel(token) {
  const signs = [...tokenText(token)]; // whole characters, not halves of an emoji
  const cut = signs.length > TOKEN_SHOWN ? [...signs.slice(0, TOKEN_SHOWN - 1), "…"] : signs;
  return escapeHtml(cut.join(""));
}

const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}/u;

// The direction that a prompt is read in: that of most of its tokens with letters. Its first token
// is the tokenizer's own and is in Latin letters in every language.
/** @param {string[]} tokens @returns {"ltr" | "rtl"} */
export function directionOf(tokens) {
  const words = tokens.slice(1).filter((token) => /\p{L}/u.test(token));
  const right = words.filter((token) => RIGHT_TO_LEFT.test(token)).length;
  return 2 * right > words.length ? "rtl" : "ltr";
}

// One head's weights on one prompt, as numbers: where a token looks, and who looks at it.

/**
 * The weights of T tokens: of query q those of keys 0 to q.
 * @typedef {number[][]} Rows
 */

/**
 * From base64 of the lower triangle's bytes, row by row.
 * @param {string} text @param {number} size @returns {Rows}
 */
export function unpackTriangle(text, size) {
  const bytes = atob(text);
  let at = 0;
  return Array.from(
    { length: size },
    (_, query) => Array.from({ length: query + 1 }, () => bytes.charCodeAt(at++) / 255),
  );
}

const FAINT = 0.05; // a scale of less than this would show rounding as a pattern

// The weight that is drawn darkest: the largest outside the first column. Most heads rest on the
// first token, which would leave nothing of the scale for the rest.
/** @param {Rows} rows */
export const scaleTop = (rows) =>
  Math.max(FAINT, ...rows.slice(1).map((row) => Math.max(...row.slice(1))));

// Along the scale from 0 to 1: by the square root, so that faint attention shows; 1 from the top on.
/** @param {number} weight @param {number} top */
export const shade = (weight, top) => Math.sqrt(Math.min(1, weight / top));

// Of a token, for every token of the prompt: how much of its attention goes there, and how much of
// that token's attention comes here. 0 where a token cannot look: at later ones.
/** @param {Rows} rows @param {number} at */
export const around = (rows, at) => ({
  looks: rows.map((_, key) => rows[at][key] ?? 0),
  looked: rows.map((row) => row[at] ?? 0),
});

const TOLD = 3; // tokens in a sentence
const LEAST = 0.05; // a weight below this is not worth a word

// The places with the largest weights, the largest first.
/** @param {number[]} weights */
export const strongest = (weights) =>
  [...weights.keys()]
    .filter((place) => weights[place] >= LEAST)
    .sort((one, other) => weights[other] - weights[one])
    .slice(0, TOLD);

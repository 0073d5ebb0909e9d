// Numbers and values as the page writes them.

/**
 * "0.78 ± 0.01"; without an error when none is known.
 * @param {number} score
 * @param {number} [error]
 */
export function scoreText(score, error = NaN) {
  if (!Number.isFinite(score)) return "";
  const value = score.toFixed(2);
  if (!Number.isFinite(error)) return value;
  return error < 0.005 ? `${value} ± <0.01` : `${value} ± ${error.toFixed(2)}`;
}

/**
 * @param {number} count
 * @param {string} noun
 */
export const plural = (count, noun) =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/**
 * A value as a note may repeat it: cut short; React escapes it.
 * @param {string} value
 */
export const quoted = (value) => `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;

/**
 * Plotly reads a few HTML tags in texts: a model's title is data, not markup.
 * @param {string} text
 */
export const escapeHtml = (text) =>
  String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

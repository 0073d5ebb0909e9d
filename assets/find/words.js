// Texts as people type them: without accents, capitals and punctuation.

// https://unicode.org/reports/tr15/: a letter's accents become characters of their own.
/** @param {string} text */
export const folded = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

// Whether every typed word begins a word of the text, or stands in it from its third letter on.
/** @param {string} text @param {string} typed */
export function matches(text, typed) {
  const known = folded(text);
  return folded(typed).split(" ").every((word) =>
    ` ${known}`.includes(` ${word}`) || (word.length > 2 && known.includes(word))
  );
}

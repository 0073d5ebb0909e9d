// Which choices what was typed finds: accents and case aside, every word somewhere in the label.

/** @param {string} text */
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {Choice[]} choices @param {string} typed @returns {Choice[]} */
export function matching(choices, typed) {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return choices.filter(({ value, label }) => {
    const text = folded(`${label} ${value}`);
    return words.every((word) => text.includes(word));
  });
}

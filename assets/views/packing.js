// Fixed-width numbers in a text (app/views/packing.py).

export const SCORE_UNIT = 1e-3;
export const MARGIN_UNIT = 1e-2;
export const MARGIN_WIDTH = 4;

/**
 * Fixed-width base-36 numbers; "~" is a missing one.
 * @param {string} text
 * @param {number} width - digits a number
 * @param {number} [unit] - what one step means
 * @returns {number[]}
 */
export function unpack(text, width, unit = 1) {
  return Array.from({ length: text.length / width }, (_, place) => {
    const digits = text.slice(place * width, (place + 1) * width);
    return digits[0] === "~" ? NaN : parseInt(digits, 36) * unit;
  });
}

/**
 * One array of whole parts a layer, from a text of four digits a part.
 * @param {string} text
 * @param {number} layers
 */
export function unpackLayers(text, layers) {
  const parts = unpack(text, 4);
  const size = parts.length / layers;
  return Array.from({ length: layers }, (_, at) => parts.slice(at * size, (at + 1) * size));
}

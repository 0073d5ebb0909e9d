// Fixed-width numbers in a text (app/views/packing.py).

export const SCORE_UNIT = 1e-3;
export const MARGIN_UNIT = 1e-2;
export const MARGIN_WIDTH = 4;

// Fixed-width base-36 numbers; "~" is a missing one.
export function unpack(text, width, unit = 1) {
  return Array.from({ length: text.length / width }, (_, place) => {
    const digits = text.substr(place * width, width);
    return digits[0] === "~" ? NaN : parseInt(digits, 36) * unit;
  });
}

// One array of masses a layer, from a text of four digits a mass.
export function layerMasses(text, layers) {
  const masses = unpack(text, 4);
  const size = masses.length / layers;
  return Array.from({ length: layers }, (_, at) => masses.slice(at * size, (at + 1) * size));
}

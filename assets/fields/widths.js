// What a bin width means, in words.
import { plural } from "../views/phrases.js";

// "8 layers, 4 bins"
/** @param {number} width @param {number} layers */
export const binsText = (width, layers) =>
  `${plural(width, "layer")}, ${plural(Math.ceil(layers / width), "bin")}`;

// "layers, 4 bins": behind the number field, which says how many.
/** @param {number} width @param {number} layers */
export const unitText = (width, layers) => binsText(width, layers).replace(/^\S+ /, "");

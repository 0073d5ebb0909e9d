// How wide a text is in the figures.
/** @type {Map<string, number>} */
const widths = new Map();
/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

// Width in px of a text as the figures' 12 px type draws it.
/** @param {string} text */
export function textWidth(text) {
  const known = widths.get(text);
  if (known !== undefined) return known;
  ruler ??=
    /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const { width } = ruler.measureText(text);
  widths.set(text, width);
  return width;
}

// How wide a text is in the figures.
const widths = new Map();
let ruler = null;

// Width in px of a text as the figures' 12 px type draws it.
/** @param {string} text */
export function textWidth(text) {
  if (!widths.has(text)) {
    ruler = ruler || document.createElement("canvas").getContext("2d");
    ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    widths.set(text, ruler.measureText(text).width);
  }
  return widths.get(text);
}

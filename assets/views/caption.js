// Which table is drawn, and what the view rests on: in the picture and in copied tables.
import { viewOf } from "./catalogue.js";
import { attentionText } from "./grid.js";
import { plural } from "./phrases.js";

/** @import { Payload } from "./heads.js" */

/**
 * Phrases: which table, and what the view rests on.
 * @param {Payload} payload
 * @param {number} width - layers a bin
 */
export function caption(payload, width) {
  const view = viewOf(payload);
  const bins = `${plural(width, "layer")} a bin, percentages rounded one by one`;
  const gaps = [attentionText(payload)].filter(Boolean);
  return [payload.name, ...view.source(payload), ...gaps, bins, ...view.basis(payload)];
}

// The shown table, as the page keeps it, and its heads, unpacked once.
import { MARGIN_UNIT, MARGIN_WIDTH, SCORE_UNIT, unpack } from "./packing.js";

/**
 * The shown table (app/page/table/payload.py) with thresholds and view put on it
 * (assets/table/callbacks.js, settle). Texts of numbers are packed: one number a head, layer-major.
 * @typedef {object} Shown
 * @property {string} name
 * @property {string} hash - of its rows, the first digits
 * @property {string} stamp - of its file: another one, another table
 * @property {string} title
 * @property {number} layers
 * @property {number} heads - of a layer
 * @property {number[]} [heads_by_layer] - where layers differ (grid.js)
 * @property {string[]} scores - the measured ones
 * @property {string[]} measures - of evidence: those that it has (measures.js)
 * @property {string} source - "computed" or "published"
 * @property {boolean} in_figure - whether the reference figure is of its model
 * @property {string} note - how much was measured, and by whom
 * @property {string} when - the date
 * @property {Record<string, string>} findings - the heading under each view
 * @property {string[]} has - the views it has, of those that not every table has
 * @property {Record<string, string>} lacks - why it does not have the others
 * @property {string} detailed - place of each head's category
 * @property {string} runner_up
 * @property {string} borderline
 * @property {string} score - under the category's own rule, or else the nearest one
 * @property {string} error - its standard error
 * @property {string} margin
 * @property {string | null} [chances] - of the heads near a threshold (intervals.js); null: no
 *   standard errors are known
 * @property {string} [stored] - `detailed` without the changed thresholds, where some are
 * @property {string} t - changed thresholds; "" without
 * @property {string} as - the view that is drawn
 * @property {boolean} [unmeasured] - whether heads that nobody measured are drawn
 */

/** With what further views are drawn from, under their names. @typedef {Shown & Record<string, unknown>} Payload */

/**
 * What a view is drawn from beside the table itself (View.pack in Python).
 * @param {Payload} payload
 * @param {string} view
 */
export const packedFor = (payload, view) => /** @type {Record<string, string>} */ (payload[view]);

const unpacked = new WeakMap();

/**
 * One number a head, layer-major.
 * @param {Payload} payload
 * @returns {Record<"detailed" | "runnerUp" | "borderline" | "score" | "error" | "margin", number[]>}
 */
export function headsOf(payload) {
  if (!unpacked.has(payload)) {
    unpacked.set(payload, {
      detailed: unpack(payload.detailed, 1),
      runnerUp: unpack(payload.runner_up, 1),
      borderline: unpack(payload.borderline, 1),
      score: unpack(payload.score, 2, SCORE_UNIT),
      error: unpack(payload.error, 2, SCORE_UNIT),
      margin: unpack(payload.margin, MARGIN_WIDTH, MARGIN_UNIT),
    });
  }
  return unpacked.get(payload);
}

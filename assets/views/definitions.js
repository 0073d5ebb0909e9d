// What the server says once (app/page/definitions.py): views, thresholds, figure skeletons and the
// grid. The same for every table, so the page keeps it here.

/**
 * What a bar is made of (app/views/segments.py).
 * @typedef {object} Segment
 * @property {string} name
 * @property {string} label
 * @property {string} sentence
 * @property {string} colour
 * @property {string} ink
 * @property {string} pattern
 * @property {boolean} optional - listed only where there is some of it
 * @property {string} dark - "" where the dark theme has the same colour
 * @property {string} dark_ink
 * @property {string} [short] - the label in the legend's row, where it is another
 * @property {boolean} [optional] - listed only where a table has it
 */

/**
 * What the server says of a view, beside what View.browser adds (app/views/view.py).
 * @typedef {object} Said
 * @property {string} label
 * @property {string} noun - what a segment is: "category"
 * @property {string} by - what the segments go by, in full
 * @property {"taxonomy" | "show"} control - what chooses it, and its key in a link
 * @property {Segment[]} segments - bottom first
 * @property {boolean} countsHeads - whether a bar's height is a number of heads
 * @property {string} shared - what its shares are of: "heads"
 * @property {boolean} untouched - whether thresholds do not affect it
 * @property {boolean} packed - whether more than the table itself must be fetched to draw it
 * @property {boolean} addsColumns - whether it adds columns to a downloaded head table
 */

/**
 * @typedef {object} Definitions
 * @property {Record<string, Said>} views
 * @property {Record<string, {chart: Figure, map: Figure}>} figures - skeletons, by view
 * @property {Record<string, number>} thresholds - the defaults, by category
 * @property {Record<string, string>} scoreOf - the score that each threshold is of
 * @property {string[]} ruledScores - those of the rules that every table can have
 * @property {Record<string, string>} scoreLabels
 * @property {Record<string, import("./measures.js").Measure>} measures - of evidence, by name
 * @property {Record<string, string>} prompts - labels of the stored prompts
 * @property {Record<string, unknown>} config - plotly's
 * @property {GridComponent} grid - the segment's table, without rows
 * @property {{categories: Choice[], columns: Choice[], rows: number}} ranked - what its form offers
 */

/** @type {Definitions} */
export let definitions = /** @type {Definitions} */ (/** @type {unknown} */ (null));

/** @param {Definitions} given */
export function setDefinitions(given) {
  definitions = given;
}

// The categories that the rules name heads after: those of the detailed taxonomy.
export const categories = () => definitions.views.detailed.segments;

/** @param {string} name */
export const categoryNamed = (
  name,
) => /** @type {Segment} */ (categories().find((segment) => segment.name === name));

// A view: one way to look at a table, with all that the page asks of it. What the server says of
// it is read, not repeated (app/views/view.py); here is what is drawn and said in the browser. A
// new view is a class that extends this one, and a line in catalogue.js.
import { binHeads, countLayers, percentText } from "./bins.js";
import { definitions } from "./definitions.js";
import { NO_ATTENTION } from "./grid.js";
import { headsOf, packedFor } from "./heads.js";
import { unpack } from "./packing.js";
import { plural } from "./phrases.js";
import { thresholdCaption } from "./thresholds.js";

/** @import { Bin } from "./bins.js" */
/** @import { Segment } from "./definitions.js" */
/** @import { Payload } from "./heads.js" */

/**
 * The number that a head's place in the view rests on.
 * @typedef {object} Scores
 * @property {number[]} score - of each head; NaN where it has none
 * @property {number[]} error - standard errors, where they are known
 * @property {number[]} order - what heads are sorted by, falling
 * @property {(head: number) => string} told - a head's number in words
 */

/**
 * What stands in cells of the map: dots on some heads, or texts.
 * @typedef {object} Marks
 * @property {number[]} heads - rows
 * @property {string[] | null} texts - one a head; null: dots
 */

/**
 * What must be said beside the chart: text and links.
 * @typedef {object} Note
 * @property {string} title
 * @property {(string | {text: string, href: string})[]} parts
 */

/**
 * A second table's heads, as the server packs them for the view (View.packed in Python).
 * @typedef {{layers: number, heads: number, as: string, scores: string[]} & Record<string, unknown>} Compared
 */

const unpackedIndices = new WeakMap();

export class View {
  /** @param {string} name - in links, in the API; the key of what is fetched for it */
  constructor(name) {
    this.name = name;
  }

  // --- what the server says ---------------------------------------------------------------------

  get said() {
    return definitions.views[this.name];
  }

  get segments() {
    return this.said.segments;
  }

  // --- what bars are made of --------------------------------------------------------------------

  /**
   * The segment of each head, by place, layer-major.
   * @param {Payload} payload
   * @returns {number[]}
   */
  index(payload) {
    const packed = packedFor(payload, this.name);
    if (!unpackedIndices.has(packed)) unpackedIndices.set(packed, unpack(packed.index, 1));
    return unpackedIndices.get(packed);
  }

  /**
   * @param {Payload} payload
   * @param {number} width - layers a bin
   * @returns {Bin[]}
   */
  bins(payload, width) {
    return binHeads(this.index(payload), payload, width, this.segments.length);
  }

  /**
   * The whole parts of each layer's bar, [layer][segment]; a bin's are their sums.
   * @param {Payload} payload
   */
  layerParts(payload) {
    return countLayers(this.index(payload), payload, this.segments.length);
  }

  /**
   * The same of a second table.
   * @param {Compared} compared
   */
  comparedParts(compared) {
    const packed = /** @type {string} */ (compared.index);
    return countLayers(unpack(packed, 1), compared, this.segments.length);
  }

  /**
   * Whether a table with these scores could have the segment. One that shows "0" of what nobody
   * measured would be read as having none.
   * @param {string} _segment - its name
   * @param {string[]} _scores
   */
  isMeasured(_segment, _scores) {
    return true;
  }

  // --- heads ------------------------------------------------------------------------------------

  /**
   * The heads that a segment's table lists.
   * @param {Bin} bin
   * @param {number} place
   */
  listed(bin, place) {
    return bin.members[place];
  }

  /**
   * @param {Payload} _payload
   * @returns {Scores}
   */
  scores(_payload) {
    return { score: [], error: [], order: [], told: () => "" };
  }

  /**
   * What the score's column is called where these heads' scores are of several rules; "": of one.
   * @param {Payload} _payload
   * @param {number[]} _heads
   */
  mixedScores(_payload, _heads) {
    return "";
  }

  /**
   * What the first heads by score are called in a bar's hover.
   * @param {Payload} _payload
   * @param {number[]} _heads
   */
  strongest(_payload, _heads) {
    return "Strongest";
  }

  /**
   * Further lines of a head's hover in the map.
   * @param {Payload} _payload
   * @param {number} _head
   * @returns {string[]}
   */
  hoverLines(_payload, _head) {
    return [];
  }

  /**
   * @param {Payload} payload
   * @returns {Marks}
   */
  marks(payload) {
    const { borderline } = headsOf(payload);
    return { heads: [...borderline.keys()].filter((head) => borderline[head]), texts: null };
  }

  /**
   * The columns of the segment's table: what the view counts stands right behind the head's name.
   * @param {Column[]} stored - name, score, and the rest (app/page/selection/grid.py)
   * @param {Segment} _segment - the chosen one
   * @returns {Column[]}
   */
  columns(stored, _segment) {
    return stored;
  }

  /**
   * What a row of that table has beside the stored columns, or instead of them.
   * @param {Payload} _payload
   * @param {number} _head
   * @param {HeadRow} _row - of the head table
   * @param {Segment} _segment - the chosen one
   * @returns {Record<string, unknown>}
   */
  cells(_payload, _head, _row, _segment) {
    return {};
  }

  // --- words ------------------------------------------------------------------------------------

  /** What a column of segments is called. */
  get heading() {
    const { noun } = this.said;
    return noun[0].toUpperCase() + noun.slice(1);
  }

  /**
   * How many stand in a segment and what share of the bin that is, beside its name.
   * @param {Bin} bin
   * @param {number} place
   */
  described(bin, place) {
    if (!bin.total) return NO_ATTENTION;
    return `${plural(bin.counts[place], "head")}, ${percentText(bin.tenths[place])} of the bin`;
  }

  /**
   * Which heads could stand in another segment within two standard errors, 1 or 0 a head; null:
   * the view has no such heads.
   * @param {Payload} _payload
   * @returns {number[] | null}
   */
  borderline(_payload) {
    return null;
  }

  /**
   * Between which numbers the heads of a segment lie in 95 of 100 cases, given the scores' standard
   * errors; null: unknown.
   * @param {Payload} _payload
   * @param {Bin} _bin
   * @param {number} _place
   * @returns {[number, number] | null}
   */
  interval(_payload, _bin, _place) {
    return null;
  }

  /**
   * What must be said beside the chart while the view is drawn.
   * @param {Payload} _payload
   * @returns {Note[]}
   */
  notes(_payload) {
    return [];
  }

  /**
   * Where the drawn numbers are from, for who has only the picture.
   * @param {Payload} payload
   */
  source(payload) {
    return payload.note.includes(payload.when) ? [payload.note] : [payload.note, payload.when];
  }

  /**
   * Under which conditions heads stand where they stand, likewise.
   * @param {Payload} payload
   * @returns {string[]}
   */
  basis(payload) {
    return [thresholdCaption(payload)];
  }

  /** Lines that a chip's sentence takes. */
  get sentenceLines() {
    return 1;
  }

  /**
   * What follows a chip's sentence in this table.
   * @param {Payload} _payload
   * @param {string} _segment - its name
   */
  chipRemark(_payload, _segment) {
    return "";
  }
}

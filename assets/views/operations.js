// The view by what a head writes: the strongest operation that was published for it, and the sign
// of copying.
import { categories } from "./definitions.js";
import { headCount } from "./grid.js";
import { headsOf, packedFor } from "./heads.js";
import { SCORE_UNIT } from "./packing.js";
import { plural, scoreText } from "./phrases.js";
import { View } from "./view.js";

/** @import { Said } from "./definitions.js" */
/** @import { Payload } from "./heads.js" */
/** @import { Note, Scores } from "./view.js" */

/** @typedef {{label: string, family: string, score: number}} Operation */

/**
 * @typedef {object} Known
 * @property {Operation[][]} implements - of each head, by falling score
 * @property {Operation[][]} suppresses
 * @property {number[]} family - segment of each head, by its strongest operation
 * @property {Scores} scores
 */

/**
 * What the server says of this view alone (app/views/operations.py).
 * @typedef {object} Published
 * @property {{label: string, family: string}[]} list - every operation, by place
 * @property {number} threshold - of its score
 * @property {string} source - who published it
 * @property {string} url
 */

const unpackedOperations = new WeakMap();

/**
 * Records of six digits: head (3), operation (1), score in thousandths (2).
 * @param {string} text
 * @param {number} heads
 * @param {{label: string, family: string}[]} operations
 */
function readRecords(text, heads, operations) {
  /** @type {Operation[][]} */
  const found = Array.from({ length: heads }, () => []);
  for (let at = 0; at < text.length; at += 6) {
    const number = (/** @type {number} */ from, /** @type {number} */ to) =>
      parseInt(text.slice(at + from, at + to), 36);
    found[number(0, 3)].push({ ...operations[number(3, 4)], score: number(4, 6) * SCORE_UNIT });
  }
  return found;
}

/**
 * "Name copying 0.55, Word copying 0.31".
 * @param {Operation[]} list
 */
const operationText = (list) =>
  list.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ");

/**
 * What a head does with the token it attends to; "" where neither reaches the threshold.
 * @param {Known} known
 * @param {number} head
 */
function signOfCopying(known, head) {
  const copying = (/** @type {Operation[]} */ list) =>
    list.some(({ family }) => family === "copying");
  const copies = copying(known.implements[head]);
  const suppresses = copying(known.suppresses[head]);
  if (copies && suppresses) return "copies and suppresses";
  return copies ? "copies" : suppresses ? "suppresses" : "";
}

/** What each sign is drawn as in the map. @type {Record<string, string>} */
const SIGNS = { copies: "+", suppresses: "−", "copies and suppresses": "±", "": "○" };

const COLUMNS = [
  {
    field: "sign",
    headerName: "Copying",
    width: 104,
    tooltipField: "sign",
    headerTooltip: "what it does with the token it attends to",
  },
  {
    field: "operations",
    headerName: "Implements",
    width: 240,
    tooltipField: "operations",
    headerTooltip: "all operations from the threshold on",
  },
  {
    field: "suppresses",
    headerName: "Suppresses",
    width: 240,
    tooltipField: "suppresses",
    headerTooltip: "operations it writes the opposite of",
  },
];

class Operations extends View {
  get said() {
    return /** @type {Said & Published} */ (super.said);
  }

  /**
   * @param {Payload} payload
   * @returns {Known}
   */
  known(payload) {
    const packed = packedFor(payload, "operations");
    if (!unpackedOperations.has(packed)) {
      const read = (/** @type {string} */ text) =>
        readRecords(text, headCount(payload), this.said.list);
      const implemented = read(packed.implements);
      unpackedOperations.set(packed, {
        implements: implemented,
        suppresses: read(packed.suppresses),
        family: this.families(implemented),
        scores: scoresOf(implemented),
      });
    }
    return unpackedOperations.get(packed);
  }

  /** @param {Operation[][]} implemented */
  families(implemented) {
    const names = this.segments.map((segment) => segment.name);
    return implemented.map((list) =>
      list.length ? names.indexOf(list[0].family) : names.length - 1
    );
  }

  /** @param {Payload} payload */
  index(payload) {
    return this.known(payload).family;
  }

  /** @param {Payload} payload */
  scores(payload) {
    return this.known(payload).scores;
  }

  /**
   * @param {Payload} payload
   * @param {number} head
   */
  hoverLines(payload, head) {
    const known = this.known(payload);
    const said = (/** @type {string} */ words, /** @type {Operation[]} */ list) =>
      list.length ? [`${words}: ${operationText(list)}`] : [];
    const sign = signOfCopying(known, head);
    return [
      ...said("Implements", known.implements[head]),
      ...said("Suppresses", known.suppresses[head]),
      ...(sign ? [`With what it attends to: ${sign}`] : []),
    ];
  }

  /**
   * The sign of copying on every head with the induction pattern: Map of head to sign.
   * @param {Payload} payload
   */
  inductionSigns(payload) {
    const induction = categories().findIndex((category) => category.name === "induction");
    const known = this.known(payload);
    const { detailed } = headsOf(payload);
    const heads = [...detailed.keys()].filter((head) => detailed[head] === induction);
    return new Map(heads.map((head) => [head, signOfCopying(known, head)]));
  }

  /** @param {Payload} payload */
  marks(payload) {
    const signs = this.inductionSigns(payload);
    return { heads: [...signs.keys()], texts: [...signs.values()].map((sign) => SIGNS[sign]) };
  }

  /** @param {Column[]} stored */
  columns([name, number, ...rest]) {
    return [name, number, ...COLUMNS, ...rest];
  }

  /**
   * @param {Payload} payload
   * @param {number} head
   */
  cells(payload, head) {
    const known = this.known(payload);
    return {
      operations: operationText(known.implements[head]),
      suppresses: operationText(known.suppresses[head]),
      sign: signOfCopying(known, head),
    };
  }

  get heading() {
    return "Operations";
  }

  /**
   * @param {Payload} payload
   * @returns {Note[]}
   */
  notes(payload) {
    const { source, url, threshold } = this.said;
    return [{
      title: "Operations: ",
      parts: [
        "what heads write rather than what they attend to, by each head's strongest operation. " +
        "Published scores (",
        { text: source, href: url },
        `), from ${threshold} on; not Headstrata's. ${this.signSentence(payload)}`,
      ],
    }];
  }

  /**
   * Copying or suppressing on the heads with the induction pattern, and how the map shows it.
   * @param {Payload} payload
   */
  signSentence(payload) {
    const signs = [...this.inductionSigns(payload).values()];
    if (!signs.length) return "No head has the induction pattern.";
    const count = (/** @type {string} */ word) =>
      signs.filter((sign) => sign.includes(word)).length;
    const both = signs.filter((sign) => SIGNS[sign] === "±").length;
    const neither = signs.filter((sign) => !sign).length;
    return (
      `Of the ${plural(signs.length, "head")} with the induction pattern, ` +
      `${count("copies")} copy the token they attend to (+ in the map) and ` +
      `${count("suppresses")} suppress it (${SIGNS.suppresses})` +
      `${both ? `, ${both} of them both (±)` : ""}; ${neither} do neither (${SIGNS[""]}).`
    );
  }

  source() {
    const { source, threshold } = this.said;
    return [`operations published by ${source}, from a score of ${threshold}`];
  }

  basis() {
    return [];
  }

  get sentenceLines() {
    return 2; // operations are counted there
  }

  /**
   * " By strongest operation: Name copying 30, Word copying 16." of one family.
   * @param {Payload} payload
   * @param {string} segment
   */
  chipRemark(payload, segment) {
    const counts = new Map();
    this.known(payload).implements.forEach(([first]) => {
      if (!first || first.family !== segment) return;
      counts.set(first.label, (counts.get(first.label) || 0) + 1);
    });
    const told = [...counts].sort(([, one], [, other]) => other - one).map((pair) =>
      pair.join(" ")
    );
    return told.length ? ` By strongest operation: ${told.join(", ")}.` : "";
  }
}

/**
 * @param {Operation[][]} implemented
 * @returns {Scores}
 */
function scoresOf(implemented) {
  const score = implemented.map((list) => (list.length ? list[0].score : NaN));
  const told = (/** @type {number} */ head) =>
    implemented[head].slice(0, 1).map((one) => `${scoreText(one.score)} ${one.label}`).join("");
  return { score, error: [], order: score, told };
}

export const operations = new Operations("operations");

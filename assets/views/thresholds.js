// What-if thresholds as text: in links, in requests and for people.
import { categoryNamed, definitions } from "./definitions.js";
import { quoted } from "./phrases.js";

/** @import { Payload } from "./heads.js" */
/** @typedef {Record<string, number>} Thresholds - by category */

/**
 * "induction:0.3,broad:0.7": what differs from the defaults, in the taxonomy's order.
 * @param {Thresholds | null | undefined} thresholds
 * @param {Thresholds} defaults
 */
export const thresholdText = (thresholds, defaults) =>
  Object.keys(defaults)
    .flatMap((name) => {
      const value = thresholds?.[name];
      return value === undefined || value === defaults[name] ? [] : [`${name}:${value}`];
    })
    .join(",");

/**
 * "0.40", and "0.333" of a link.
 * @param {number} value
 */
export const thresholdDigits = (value) => value.toFixed(3).replace(/0$/, "");

/**
 * Reads the address by the grammar of app/views/thresholds.py; each part that makes no sense is
 * left out and noted.
 * @param {string | null | undefined} text
 * @param {Thresholds} defaults
 * @param {string[]} notes
 */
export function readThresholds(text, defaults, notes) {
  /** @type {Thresholds} */
  const found = {};
  const named = new Set();
  for (const part of (text || "").split(",").filter((one) => /[^ ]/.test(one))) {
    const [, name, number] = /^ *([a-z_]+) *: *(\d*\.?\d+) *$/.exec(part) || [];
    const value = Math.round(Number(number) * 1000) / 1000;
    if (!name || !Object.hasOwn(defaults, name)) {
      notes.push(
        `t=${quoted(part)} is not CATEGORY:VALUE with one of ` +
          `${Object.keys(defaults).join(", ")}.`,
      );
    } else if (!(value > 0 && value <= 1)) {
      notes.push(`t=${quoted(part)}: a threshold is above 0 and at most 1.`);
    } else if (named.has(name)) {
      notes.push(`t=${quoted(part)}: ${name} is given twice.`);
    } else if (value !== defaults[name]) {
      found[name] = value;
    }
    named.add(name);
  }
  return found;
}

/**
 * For people: "Induction pattern 0.3 (default 0.4)".
 * @param {Thresholds} thresholds
 */
export const describeThresholds = (thresholds) =>
  Object.keys(definitions.thresholds)
    .filter((name) => name in thresholds)
    .map((name) => {
      const { label } = categoryNamed(name);
      return `${label} ${thresholds[name]} (default ${definitions.thresholds[name]})`;
    })
    .join(", ");

/**
 * Every threshold that had a say, for one who has only the picture.
 * @param {Payload} payload
 */
export function thresholdCaption(payload) {
  const given = readThresholds(payload.t, definitions.thresholds, []);
  const said = Object.entries(definitions.thresholds)
    .filter(([name]) => payload.scores.includes(definitions.scoreOf[name]))
    .map(([name, usual]) => {
      const { label } = categoryNamed(name);
      return name in given ? `${label} ${given[name]} (default ${usual})` : `${label} ${usual}`;
    });
  return `${payload.t ? "what-if" : "default"} thresholds: ${said.join(", ")}`;
}

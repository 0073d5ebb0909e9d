// The heads whose category is another under changed thresholds. The rules themselves run on the
// server (vocabulary/rules.py), the same code as the worker's.
import { percentOf } from "./bins.js";
import { categories } from "./definitions.js";
import { headCount } from "./grid.js";
import { headsOf } from "./heads.js";
import { unpack } from "./packing.js";
import { plural } from "./phrases.js";

/** @import { Payload } from "./heads.js" */
/** @typedef {{now: number, before: number}} Count */

const storedCategories = new WeakMap();

/**
 * The heads whose category is another than the stored one, places in the detailed taxonomy.
 * @param {Payload} payload
 * @returns {{head: number, from: number, to: number}[]}
 */
export function changedHeads(payload) {
  if (!payload.stored) return [];
  if (!storedCategories.has(payload)) {
    const before = unpack(payload.stored, 1);
    const { detailed } = headsOf(payload);
    const moved = [...before.keys()].filter((head) => before[head] !== detailed[head]);
    storedCategories.set(
      payload,
      moved.map((head) => ({ head, from: before[head], to: detailed[head] })),
    );
  }
  return storedCategories.get(payload);
}

/** @param {Payload} payload */
export function changedText(payload) {
  const count = changedHeads(payload).length;
  const all = headCount(payload);
  if (!count) return `None of the ${all.toLocaleString("en-US")} heads changes its category.`;
  const verb = count === 1 ? "changes its" : "change their";
  return `${count.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} heads ` +
    `(${percentOf(count, all)}) ${verb} category.`;
}

/**
 * Heads in each category now, and as stored.
 * @param {Payload} payload
 * @returns {Record<string, Count>}
 */
export function thresholdCounts(payload) {
  const counts = categories().map(() => ({ now: 0, before: 0 }));
  headsOf(payload).detailed.forEach((place) => (counts[place].now += 1));
  const before = payload.stored ? unpack(payload.stored, 1) : headsOf(payload).detailed;
  before.forEach((place) => (counts[place].before += 1));
  return Object.fromEntries(categories().map(({ name }, place) => [name, counts[place]]));
}

/** @param {Count} count */
export function countText({ now, before }) {
  const step = stepText(now - before);
  const said = plural(now, "head");
  return step ? `${said} (${step})` : said;
}

/**
 * "+43", "−2", or nothing for no step.
 * @param {number} step
 */
export const stepText = (step) => step ? `${step > 0 ? "+" : "−"}${Math.abs(step)}` : "";

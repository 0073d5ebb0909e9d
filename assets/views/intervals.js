// Between which numbers a bin's count of heads lies, given the scores' standard errors: the sum
// that app/views/intervals.py explains, digit for digit (tests/twins.json).
import { definitions } from "./definitions.js";
import { rowOf } from "./grid.js";
import { unpack } from "./packing.js";

/** @import { Bin } from "./bins.js" */
/** @import { Payload } from "./heads.js" */

const TAIL = 0.025; // left out at each end: together 5 %
const PARTS = 1000;

/** A head that is not certain. @typedef {{ row: number, chances: Map<number, number> }} Near */

/** @type {WeakMap<object, Near[]>} */
const kept = new WeakMap();

/**
 * The heads that are not certain by row, with the chance of each segment in thousandths.
 * @param {Payload} payload
 * @returns {Near[]}
 */
function nearHeads(payload) {
  const known = kept.get(payload);
  if (known) return known;
  const numbers = unpack(payload.chances || "", 6);
  const { of } = /** @type {{ of?: number[] }} */ (definitions.views[payload.as]);
  /** @type {Map<number, Map<number, number>>} */
  const byRow = new Map();
  for (const number of numbers) {
    const chance = number % 36 ** 2;
    const category = Math.floor(number / 36 ** 2) % 36;
    const row = Math.floor(number / 36 ** 3);
    const place = of ? of[category] : category;
    const chances = byRow.get(row) || new Map();
    chances.set(place, Math.min(PARTS, (chances.get(place) || 0) + chance));
    byRow.set(row, chances);
  }
  const near = [...byRow].map(([row, chances]) => ({ row, chances }));
  kept.set(payload, near);
  return near;
}

/**
 * [low, high] of a bin's count of heads in a segment; null where nothing is known.
 * @param {Payload} payload
 * @param {number[]} index - the segment of each head
 * @param {Bin} bin
 * @param {number} place - of the segment
 * @returns {[number, number] | null}
 */
export function headsInterval(payload, index, bin, place) {
  if (typeof payload.chances !== "string") return null;
  const [from, to] = [rowOf(payload, bin.start, 0), rowOf(payload, bin.stop, 0)];
  const inside = nearHeads(payload).filter(({ row }) => row >= from && row < to);
  const own = inside.flatMap(({ chances }) => chances.get(place) ?? []);
  const unsure = inside.filter(({ row }) => index[row] === place).length;
  const drawn = bin.counts[place];
  return countInterval(own, drawn - unsure, drawn);
}

/**
 * @param {number[]} chances - of each head that may be one of them, in thousandths
 * @param {number} certain - heads that are ones in any case
 * @param {number} drawn - the count that the stored scores give
 * @returns {[number, number]}
 */
export function countInterval(chances, certain, drawn) {
  let ways = [1]; // ways[k]: the probability of k of the heads so far
  for (const part of chances) {
    const chance = part / PARTS;
    const before = ways;
    ways = [...before, 0].map((_, count) =>
      (before[count] ?? 0) * (1 - chance) + (before[count - 1] ?? 0) * chance
    );
  }
  let low = -1, below = 0, high = 0;
  while (high < ways.length) {
    below += ways[high];
    if (low < 0 && below > TAIL) low = high;
    if (below >= 1 - TAIL) break;
    high += 1;
  }
  high = Math.min(high, ways.length - 1);
  return [Math.min(certain + Math.max(low, 0), drawn), Math.max(certain + high, drawn)];
}

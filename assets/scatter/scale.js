// Where a value stands on an axis. A few heads have most of an effect, and along a straight axis
// all others would lie on its zero line: effects stand at their signed roots.
import { shadeOf } from "../chart/coloured.js";
import { effectNames } from "../views/measures.js";

const APART = 0.1; // of the axis, between two ticks
const STEPS = [5, 2, 1]; // times powers of ten

/** @param {string} name */
export const isRooted = (name) => effectNames().includes(name);

/** @param {string} name @param {number} value @returns {number} */
export const placeOf = (name, value) => isRooted(name) ? shadeOf(value) ?? NaN : value;

/**
 * Where one standard error either way of a value ends; null: it is not known.
 * @param {string} name @param {number} value @param {number} error
 * @returns {[number, number] | null}
 */
export const endsOf = (name, value, error) =>
  Number.isFinite(error) ? [placeOf(name, value - error), placeOf(name, value + error)] : null;

/**
 * The values that an axis of roots is marked at: 0, and round ones from the largest down, as long
 * as there is room between them.
 * @param {[number, number]} range - of the axis, in roots
 */
export function rootTicks([low, high]) {
  const room = APART * (high - low);
  return [...side(-low, room).map((value) => -value).reverse(), 0, ...side(high, room)];
}

/** Rising, of one side. @param {number} end - of the axis @param {number} room */
function side(end, room) {
  const ticks = [];
  const largest = end > 0 ? Math.floor(Math.log10(end ** 2)) : 0;
  let before = Infinity;
  for (let power = largest; end > 0 && Math.sqrt(5 * 10 ** power) >= room; power -= 1) {
    for (const step of STEPS) {
      const value = Number(`${step}e${power}`);
      const at = Math.sqrt(value);
      if (at > end || before - at < room || at < room) continue;
      ticks.unshift(value);
      before = at;
    }
  }
  return ticks;
}

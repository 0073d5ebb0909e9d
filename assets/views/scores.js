// Heads by the number that their place in the drawn view rests on.
import { viewOf } from "./catalogue.js";

/** @import { Payload } from "./heads.js" */

/**
 * @param {Payload} payload
 */
const viewScores = (payload) => viewOf(payload).scores(payload);

/**
 * Heads by falling score, of several rules' by score/threshold; those without one are left out.
 * @param {Payload} payload
 * @param {number[]} members
 */
export function byScore(payload, members) {
  const { order } = viewScores(payload);
  return members
    .filter((head) => Number.isFinite(order[head]))
    .sort((one, other) => order[other] - order[one] || one - other);
}

/**
 * The same, and then those without one.
 * @param {Payload} payload
 * @param {number[]} members
 */
export function inOrder(payload, members) {
  const scored = byScore(payload, members);
  return scored.concat(members.filter((head) => !scored.includes(head)));
}

// How near a head is to its category's rule, or, where no rule claimed it, to the nearest one.
// Scores of different rules are different quantities: they are named, and compared by their share
// of the rule's threshold.
import { categories, definitions } from "./definitions.js";
import { headsOf } from "./heads.js";
import { scoreText } from "./phrases.js";
import { readThresholds, thresholdDigits } from "./thresholds.js";

/** @import { Payload } from "./heads.js" */

/**
 * {category, claimed: whether the rule claimed the head}; null where nothing is known.
 * @param {Payload} payload
 * @param {number} head
 */
function ruleOf(payload, head) {
  const { detailed, runnerUp } = headsOf(payload);
  const own = categories()[detailed[head]];
  if (own && own.name in definitions.scoreOf) return { category: own, claimed: true };
  const nearest = categories()[runnerUp[head]];
  return nearest ? { category: nearest, claimed: false } : null;
}

/**
 * The thresholds in force. A delimiter head must also beat twice its text's share of delimiters.
 * @param {Payload} payload
 */
const limits = (payload) => ({
  ...definitions.thresholds,
  ...readThresholds(payload.t, definitions.thresholds, []),
});

const orders = new WeakMap();

/**
 * Score/threshold of each head; NaN where nothing is known.
 * @param {Payload} payload
 * @returns {number[]}
 */
export function nearness(payload) {
  if (!orders.has(payload)) {
    const { score, margin } = headsOf(payload);
    const limit = limits(payload);
    const order = score.map((value, head) => {
      const rule = ruleOf(payload, head);
      if (!rule) return NaN;
      const { name } = rule.category;
      return name === "delimiter" && !rule.claimed ? 1 - margin[head] : value / limit[name];
    });
    orders.set(payload, order);
  }
  return orders.get(payload);
}

/**
 * @param {Payload} payload
 * @param {number} head
 */
export const isClaimed = (payload, head) => Boolean(ruleOf(payload, head)?.claimed);

/**
 * "Entropy 0.34 ± 0.01": the score with its name.
 * @param {Payload} payload
 * @param {number} head
 */
export function namedScore(payload, head) {
  const rule = ruleOf(payload, head);
  if (!rule) return "";
  const { score, error } = headsOf(payload);
  const label = definitions.scoreLabels[definitions.scoreOf[rule.category.name]];
  return `${label} ${scoreText(score[head], error[head])}`;
}

/**
 * "Entropy 0.34 ± 0.01; Broad needs 0.78", of a head that no rule claimed.
 * @param {Payload} payload
 * @param {number} head
 */
export function nearestText(payload, head) {
  const rule = ruleOf(payload, head);
  if (!rule) return "";
  const { name, label } = rule.category;
  const whose = definitions.scoreOf[name] === name ? "" : `${label} `;
  const least = name === "delimiter" ? "at least " : "";
  const needed = thresholdDigits(limits(payload)[name]);
  return `${namedScore(payload, head)}; ${whose}needs ${least}${needed}`;
}

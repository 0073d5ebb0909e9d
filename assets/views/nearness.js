// How near a head is to its category's rule, or, where no rule claimed it, to the nearest one.
// Scores of different rules are different quantities: they are named, and compared by their share
// of the rule's threshold.
import { definitions } from "./definitions.js";
import { headsOf } from "./heads.js";
import { scoreText } from "./phrases.js";
import { readThresholds, thresholdDigits } from "./thresholds.js";
import { DETAILED } from "./view.js";

// {category, claimed: whether the rule claimed the head}; null where nothing is known.
function ruleOf(payload, head) {
  const { detailed, runnerUp } = headsOf(payload);
  const { segments } = definitions.views.detailed;
  const own = segments[detailed[head]];
  if (own.name in definitions.scoreOf) return { category: own, claimed: true };
  const nearest = segments[runnerUp[head]];
  return nearest ? { category: nearest, claimed: false } : null;
}

// The thresholds in force. A delimiter head must also beat twice its text's share of delimiters.
const limits = (payload) => ({
  ...definitions.thresholds,
  ...readThresholds(payload.t, definitions.thresholds, []),
});

const orders = new WeakMap();

// Score/threshold of each head; NaN where nothing is known.
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

export const isClaimed = (payload, head) => Boolean(ruleOf(payload, head)?.claimed);

// "Entropy 0.34 ± 0.01": the score with its name.
function namedScore(payload, head) {
  const rule = ruleOf(payload, head);
  if (!rule) return "";
  const { score, error } = headsOf(payload);
  const label = definitions.scoreLabels[definitions.scoreOf[rule.category.name]];
  return `${label} ${scoreText(score[head], error[head])}`;
}

// "Entropy 0.34 ± 0.01; Broad needs 0.78", of a head that no rule claimed.
export function nearestText(payload, head) {
  const rule = ruleOf(payload, head);
  if (!rule) return "";
  const { name, label } = rule.category;
  const whose = definitions.scoreOf[name] === name ? "" : `${label} `;
  const least = name === "delimiter" ? "at least " : "";
  const needed = thresholdDigits(limits(payload)[name]);
  return `${namedScore(payload, head)}; ${whose}needs ${least}${needed}`;
}

// A head's number where the heads of one list are counted under one category, or under several.
export function toldScore(payload, head) {
  if (!isClaimed(payload, head)) return nearestText(payload, head);
  if (payload.as === "grouped") return namedScore(payload, head);
  const { score, error } = headsOf(payload);
  return scoreText(score[head], error[head]);
}

// Whether a segment's heads have scores of several kinds.
export const mixesScores = (payload, members) =>
  payload.as === "grouped" ||
  (payload.as === DETAILED && members.some((head) => !isClaimed(payload, head)));

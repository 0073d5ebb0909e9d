// The number that a head's place in the drawn view rests on, and the order by it.
import { budgetOf } from "./budget.js";
import { definitions } from "./definitions.js";
import { headsOf } from "./heads.js";
import { nearness, toldScore } from "./nearness.js";
import { operationsOf, operationText, signOfCopying } from "./operations.js";
import { scoreText } from "./phrases.js";

// {score, error, order, told}: the number that a head's place in the drawn view rests on, a head
// each; what heads are sorted by; and the number in words.
export function viewScores(payload) {
  if (payload.as === "budget") {
    const { share } = budgetOf(payload);
    return { score: share, error: [], order: share, told: (head) => scoreText(share[head]) };
  }
  if (payload.as === "operations") return operationsOf(payload).scores;
  return {
    ...headsOf(payload),
    order: nearness(payload),
    told: (head) => toldScore(payload, head),
  };
}

// Further lines of a head's hover in the map.
export function viewLines(payload, head) {
  if (payload.as === "budget") {
    const { top, share } = budgetOf(payload);
    const { label } = definitions.views.budget.segments[top[head]];
    return [`Most of its attention: ${label.toLowerCase()}, ${(100 * share[head]).toFixed(1)}%`];
  }
  if (payload.as !== "operations") return [];
  const known = operationsOf(payload);
  const said = (words, list) => (list.length ? [`${words}: ${operationText(list)}`] : []);
  const sign = signOfCopying(known, head);
  return [
    ...said("Implements", known.implements[head]),
    ...said("Suppresses", known.suppresses[head]),
    ...(sign ? [`With what it attends to: ${sign}`] : []),
  ];
}

// Heads by falling score, of several rules' by score/threshold; those without one are left out.
export function byScore(payload, members) {
  const { order } = viewScores(payload);
  return members
    .filter((head) => Number.isFinite(order[head]))
    .sort((one, other) => order[other] - order[one] || one - other);
}

export function inOrder(payload, members) {
  const scored = byScore(payload, members);
  return scored.concat(members.filter((head) => !scored.includes(head)));
}

"use strict";
// How near a head is to its category's rule, or, where no rule claimed it, to the nearest one.
// Scores of different rules are different quantities: they are named, and compared by their share
// of the rule's threshold.
window.headstrata = window.headstrata || {};

(function () {
  const H = window.headstrata;

  // {category, claimed: whether the rule claimed the head}; null where nothing is known.
  const ruleOf = function (payload, definitions, head) {
    const { detailed, runnerUp } = H.heads(payload);
    const { segments } = definitions.taxonomies.detailed;
    const own = segments[detailed[head]];
    if (own.name in definitions.scoreOf) return { category: own, claimed: true };
    const nearest = segments[runnerUp[head]];
    return nearest ? { category: nearest, claimed: false } : null;
  };

  // The thresholds in force. A delimiter head must also beat twice its text's share of delimiters.
  const limits = (payload, definitions) => ({
    ...definitions.thresholds,
    ...H.readThresholds(payload.t, definitions.thresholds, []),
  });

  const orders = new WeakMap();

  // Score/threshold of each head; NaN where nothing is known.
  H.nearness = function (payload, definitions) {
    if (!orders.has(payload)) {
      const { score, margin } = H.heads(payload);
      const limit = limits(payload, definitions);
      const order = score.map((value, head) => {
        const rule = ruleOf(payload, definitions, head);
        if (!rule) return NaN;
        const { name } = rule.category;
        return name === "delimiter" && !rule.claimed ? 1 - margin[head] : value / limit[name];
      });
      orders.set(payload, order);
    }
    return orders.get(payload);
  };

  H.isClaimed = (payload, definitions, head) =>
    Boolean(ruleOf(payload, definitions, head)?.claimed);

  // "Entropy 0.34 ± 0.01": the score with its name.
  H.namedScore = function (payload, definitions, head) {
    const rule = ruleOf(payload, definitions, head);
    if (!rule) return "";
    const { score, error } = H.heads(payload);
    const label = definitions.scoreLabels[definitions.scoreOf[rule.category.name]];
    return `${label} ${H.scoreText(score[head], error[head])}`;
  };

  // "Entropy 0.34 ± 0.01; Broad needs 0.78", of a head that no rule claimed.
  H.nearestText = function (payload, definitions, head) {
    const rule = ruleOf(payload, definitions, head);
    if (!rule) return "";
    const { name, label } = rule.category;
    const needs = `needs ${name === "delimiter" ? "at least " : ""}${H.thresholdDigits(limits(payload, definitions)[name])}`;
    const same = definitions.scoreOf[name] === name;
    return `${H.namedScore(payload, definitions, head)}; ${same ? "" : `${label} `}${needs}`;
  };

  // A head's number where the heads of one list are counted under one category, or under several.
  H.toldScore = function (payload, definitions, head) {
    if (!H.isClaimed(payload, definitions, head)) return H.nearestText(payload, definitions, head);
    if (payload.as === "grouped") return H.namedScore(payload, definitions, head);
    const { score, error } = H.heads(payload);
    return H.scoreText(score[head], error[head]);
  };

  // Whether a segment's heads have scores of several kinds.
  H.mixesScores = (payload, definitions, members) =>
    payload.as === "grouped" ||
    (payload.as === H.DETAILED && members.some((head) => !H.isClaimed(payload, definitions, head)));
})();

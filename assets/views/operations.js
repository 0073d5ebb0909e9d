// The operations that were published for a table's heads, and the sign of copying.
import { definitions } from "./definitions.js";
import { headCount } from "./grid.js";
import { headsOf } from "./heads.js";
import { SCORE_UNIT } from "./packing.js";
import { scoreText } from "./phrases.js";

const unpackedOperations = new WeakMap();

// {implements, suppresses: [head] -> [{label, family, score}] by falling score, family: segment
// of each head, by its strongest operation, scores: as viewScores gives them}.
export function operationsOf(payload) {
  const packed = payload.operations;
  if (!unpackedOperations.has(packed)) {
    const heads = headCount(payload);
    const known = {
      implements: operationRecords(packed.implements, heads),
      suppresses: operationRecords(packed.suppresses, heads),
    };
    const families = definitions.views.operations.segments.map((segment) => segment.name);
    known.family = known.implements.map((list) =>
      list.length ? families.indexOf(list[0].family) : families.length - 1
    );
    const score = known.implements.map((list) => (list.length ? list[0].score : NaN));
    known.scores = {
      score,
      error: [],
      order: score,
      told: (head) =>
        known.implements[head].slice(0, 1).map(({ score: value, label }) =>
          `${scoreText(value)} ${label}`
        ).join(""),
    };
    unpackedOperations.set(packed, known);
  }
  return unpackedOperations.get(packed);
}

function operationRecords(text, heads) {
  const found = Array.from({ length: heads }, () => []);
  for (let at = 0; at < text.length; at += 6) {
    const number = (from, to) => parseInt(text.slice(at + from, at + to), 36);
    const operation = definitions.views.operations.list[number(3, 4)];
    found[number(0, 3)].push({ ...operation, score: number(4, 6) * SCORE_UNIT });
  }
  return found;
}

// "Name copying 0.55, Word copying 0.31".
export const operationText = (list) =>
  list.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ");

// What a head does with the token it attends to; "" where neither reaches the threshold.
export function signOfCopying(known, head) {
  const copying = (list) => list.some(({ family }) => family === "copying");
  const copies = copying(known.implements[head]);
  const suppresses = copying(known.suppresses[head]);
  if (copies && suppresses) return "copies and suppresses";
  return copies ? "copies" : suppresses ? "suppresses" : "";
}

// What each sign is drawn as in the map.
export const SIGNS = { copies: "+", suppresses: "−", "copies and suppresses": "±", "": "○" };

// The sign of copying on every head with the induction pattern: Map of head to sign.
export function inductionSigns(payload) {
  const { segments } = definitions.views.detailed;
  const induction = segments.findIndex((segment) => segment.name === "induction");
  const known = operationsOf(payload);
  const { detailed } = headsOf(payload);
  const heads = [...detailed.keys()].filter((head) => detailed[head] === induction);
  return new Map(heads.map((head) => [head, signOfCopying(known, head)]));
}

// " By strongest operation: Name copying 30, Word copying 16." of one family; else nothing.
export function strongestOperations(payload, name) {
  if (payload.as !== "operations") return "";
  const counts = new Map();
  operationsOf(payload).implements.forEach(([first]) => {
    if (!first || first.family !== name) return;
    counts.set(first.label, (counts.get(first.label) || 0) + 1);
  });
  const told = [...counts].sort(([, one], [, other]) => other - one).map((pair) => pair.join(" "));
  return told.length ? ` By strongest operation: ${told.join(", ")}.` : "";
}

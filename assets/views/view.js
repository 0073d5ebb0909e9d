"use strict";
// Ways to look at a table: its categories, its groups, the operations that were published for
// its heads, or where its heads' attention goes. `payload.as` names the one that is drawn.
window.headstrata = window.headstrata || {};

headstrata.DETAILED = "detailed";

// What can be drawn now of what was asked for.
headstrata.drawnAs = function (table, taxonomy, show) {
  if (show === "budget" && table.has.includes("budget")) return "budget";
  if (taxonomy === "operations" && !table.has.includes("operations")) return headstrata.DETAILED;
  return taxonomy || headstrata.DETAILED;
};

headstrata.needsExtras = (as) => as === "budget" || as === "operations";

// "count" or "percent": what the bars' heights mean. A budget is always a share of 100 %.
headstrata.drawnShow = function (payload, show) {
  if (payload.as === "budget") return "percent";
  return show === "budget" ? "count" : show;
};

headstrata.skeleton = (payload, definitions) =>
  definitions.figures[payload.as] || definitions.figures.detailed;

// {segments, index}: what the heads are counted under, and the segment of each head.
headstrata.view = function (payload, definitions) {
  const known = definitions.taxonomies[payload.as] || definitions.taxonomies.detailed;
  return { segments: known.segments, index: headstrata.segmentOfHeads(payload, known, definitions) };
};

headstrata.segmentOfHeads = function (payload, known, definitions) {
  if (known.by === "destination") return headstrata.budget(payload).top;
  if (known.by === "family") return headstrata.operations(payload, definitions).family;
  const { detailed } = headstrata.heads(payload);
  return known.of ? detailed.map((category) => known.of[category]) : detailed;
};

// {segments, index, bins} of the drawn view. In a budget a bin's shares are those of its heads'
// attention; its members are the heads that send most of theirs to the segment.
headstrata.binned = function (payload, width, definitions) {
  const { segments, index } = headstrata.view(payload, definitions);
  const bins = headstrata.binHeads(index, payload.layers, payload.heads, width, segments.length);
  if (payload.as === "budget") {
    const { layers } = headstrata.budget(payload);
    bins.forEach((bin) => {
      bin.tenths = headstrata.tenthsOfMasses(layers.slice(bin.start, bin.stop));
    });
  }
  return { segments, index, bins };
};

// The heads that a segment's table lists: in a budget each of the bin's heads has a part in it.
headstrata.listed = (payload, bin, place) =>
  payload.as === "budget" ? bin.members.flat() : bin.members[place];

// layers: one array of masses (millionths) a layer. Every layer has as many heads.
headstrata.sumOfMasses = (layers) =>
  layers[0].map((_, place) => layers.reduce((sum, one) => sum + one[place], 0));

headstrata.tenthsOfMasses = (layers) =>
  headstrata.tenthsOfPercent(headstrata.sumOfMasses(layers));

// One array of masses a layer, from a text of four digits a mass.
headstrata.layerMasses = function (text, layers) {
  const masses = headstrata.unpack(text, 4);
  const size = masses.length / layers;
  return Array.from({ length: layers }, (_, at) => masses.slice(at * size, (at + 1) * size));
};

const unpackedBudgets = new WeakMap();

// {layers: [layer][destination] in millionths, top: destination of each head, share: of it}.
headstrata.budget = function (payload) {
  const packed = payload.budget;
  if (!unpackedBudgets.has(packed)) {
    const { unpack, SCORE_UNIT } = headstrata;
    unpackedBudgets.set(packed, {
      layers: headstrata.layerMasses(packed.layers, payload.layers),
      top: unpack(packed.top, 1),
      share: unpack(packed.share, 2, SCORE_UNIT),
    });
  }
  return unpackedBudgets.get(packed);
};

const unpackedOperations = new WeakMap();

// {implements, suppresses: [head] -> [{label, family, score}] by falling score, family: segment
// of each head, by its strongest operation, scores: as viewScores gives them}.
headstrata.operations = function (payload, definitions) {
  const packed = payload.operations;
  if (!unpackedOperations.has(packed)) {
    const heads = payload.layers * payload.heads;
    const known = {
      implements: headstrata.operationRecords(packed.implements, heads, definitions),
      suppresses: headstrata.operationRecords(packed.suppresses, heads, definitions),
    };
    const families = definitions.taxonomies.operations.segments.map((segment) => segment.name);
    known.family = known.implements.map((list) =>
      list.length ? families.indexOf(list[0].family) : families.length - 1
    );
    const score = known.implements.map((list) => (list.length ? list[0].score : NaN));
    known.scores = {
      score,
      error: [],
      order: score,
      told: (head) => known.implements[head].slice(0, 1).map(({ score: value, label }) =>
        `${headstrata.scoreText(value)} ${label}`).join(""),
    };
    unpackedOperations.set(packed, known);
  }
  return unpackedOperations.get(packed);
};

headstrata.operationRecords = function (text, heads, definitions) {
  const found = Array.from({ length: heads }, () => []);
  for (let at = 0; at < text.length; at += 6) {
    const number = (from, to) => parseInt(text.slice(at + from, at + to), 36);
    const operation = definitions.operations.list[number(3, 4)];
    found[number(0, 3)].push({ ...operation, score: number(4, 6) * headstrata.SCORE_UNIT });
  }
  return found;
};

// "Name copying 0.55, Word copying 0.31".
headstrata.operationText = (list) =>
  list.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ");

// What a head does with the token it attends to; "" where neither reaches the threshold.
headstrata.signOfCopying = function (known, head) {
  const copying = (list) => list.some(({ family }) => family === "copying");
  const copies = copying(known.implements[head]);
  const suppresses = copying(known.suppresses[head]);
  if (copies && suppresses) return "copies and suppresses";
  return copies ? "copies" : suppresses ? "suppresses" : "";
};

// What each sign is drawn as in the map.
headstrata.SIGNS = { copies: "+", suppresses: "−", "copies and suppresses": "±", "": "○" };

// The sign of copying on every head with the induction pattern: Map of head to sign.
headstrata.inductionSigns = function (payload, definitions) {
  const { segments } = definitions.taxonomies.detailed;
  const induction = segments.findIndex((segment) => segment.name === "induction");
  const known = headstrata.operations(payload, definitions);
  const { detailed } = headstrata.heads(payload);
  const heads = [...detailed.keys()].filter((head) => detailed[head] === induction);
  return new Map(heads.map((head) => [head, headstrata.signOfCopying(known, head)]));
};

// " By strongest operation: Name copying 30, Word copying 16." of one family; else nothing.
headstrata.strongestOperations = function (payload, definitions, name) {
  if (payload.as !== "operations") return "";
  const counts = new Map();
  headstrata.operations(payload, definitions).implements.forEach(([first]) => {
    if (!first || first.family !== name) return;
    counts.set(first.label, (counts.get(first.label) || 0) + 1);
  });
  const told = [...counts].sort(([, one], [, other]) => other - one).map((pair) => pair.join(" "));
  return told.length ? ` By strongest operation: ${told.join(", ")}.` : "";
};

// {score, error, order, told}: the number that a head's place in the drawn view rests on, a head
// each; what heads are sorted by; and the number in words.
headstrata.viewScores = function (payload, definitions) {
  if (payload.as === "budget") {
    const { share } = headstrata.budget(payload);
    return { score: share, error: [], order: share, told: (head) => headstrata.scoreText(share[head]) };
  }
  if (payload.as === "operations") return headstrata.operations(payload, definitions).scores;
  return {
    ...headstrata.heads(payload),
    order: headstrata.nearness(payload, definitions),
    told: (head) => headstrata.toldScore(payload, definitions, head),
  };
};

// Further lines of a head's hover in the map.
headstrata.viewLines = function (payload, definitions, head) {
  if (payload.as === "budget") {
    const { top, share } = headstrata.budget(payload);
    const { label } = definitions.taxonomies.budget.segments[top[head]];
    return [`Most of its attention: ${label.toLowerCase()}, ${(100 * share[head]).toFixed(1)}%`];
  }
  if (payload.as !== "operations") return [];
  const known = headstrata.operations(payload, definitions);
  const said = (words, list) => (list.length ? [`${words}: ${headstrata.operationText(list)}`] : []);
  const sign = headstrata.signOfCopying(known, head);
  return [
    ...said("Implements", known.implements[head]),
    ...said("Suppresses", known.suppresses[head]),
    ...(sign ? [`With what it attends to: ${sign}`] : []),
  ];
};

// Whether a table with these scores could name a head after a segment. One that shows "0" of what
// nobody measured would be read as having none. "Mixed" and "unclassified" need every score.
headstrata.isMeasured = function (name, as, scores, definitions) {
  const { scoreOf, taxonomies } = definitions;
  if (as === "grouped") {
    const { segments, of } = taxonomies.grouped;
    return taxonomies.detailed.segments.some(
      (category, at) =>
        segments[of[at]].name === name &&
        headstrata.isMeasured(category.name, headstrata.DETAILED, scores, definitions)
    );
  }
  if (as !== headstrata.DETAILED || name === "not_measured") return true;
  const needed = name in scoreOf ? [scoreOf[name]] : Object.values(scoreOf);
  return needed.every((score) => scores.includes(score));
};

headstrata.NOT_MEASURED = "not measured"; // what the dash means, for whoever points at it

// The dash that stands where a number would be.
headstrata.unmeasured = () =>
  headstrata.element("Span", { className: "nothing", title: headstrata.NOT_MEASURED }, "–",
    headstrata.element("Span", { className: "visually-hidden" }, ` ${headstrata.NOT_MEASURED}`));

// Whether nothing but a dash can stand for a segment of the shown table.
headstrata.isUnknown = (payload, definitions, segment, count) =>
  !count && !headstrata.isMeasured(segment.name, payload.as, payload.scores, definitions);

// A chip's number: heads; in a budget the share of all attention; a dash where nobody measured.
headstrata.chipCount = function (payload, definitions, totals, place) {
  const { segments } = headstrata.view(payload, definitions);
  if (headstrata.isUnknown(payload, definitions, segments[place], totals[place])) return "–";
  if (payload.as !== "budget") return totals[place].toLocaleString("en-US");
  const [all] = headstrata.binned(payload, payload.layers, definitions).bins;
  return headstrata.percentText(all.tenths[place]);
};

// What a link may name; the budget is chosen by show=budget.
headstrata.taxonomyNames = (definitions) =>
  Object.keys(definitions.taxonomies).filter((name) => name !== "budget");

// What the y axis counts.
headstrata.heightTitle = function (payload, show) {
  if (payload.as === "budget") return "share of attention";
  return show === "percent" ? "share of heads" : "# heads";
};

// Ways to look at a table: its categories, its groups, the operations that were published for
// its heads, or where its heads' attention goes. `payload.as` names the one that is drawn.
import { binHeads, percentText } from "./bins.js";
import { budgetOf, tenthsOfMasses } from "./budget.js";
import { definitions } from "./definitions.js";
import { headsOf } from "./heads.js";
import { operationsOf } from "./operations.js";

export const DETAILED = "detailed";

export const VIEW_NAMES = {
  detailed: "detailed categories",
  grouped: "groups",
  operations: "operations",
  budget: "attention budget",
};

export const SEGMENT_NOUN = {
  detailed: "Category",
  grouped: "Group",
  operations: "Operations",
  budget: "Attention to",
};

export const SHOWS = ["count", "percent", "budget"];

// What can be drawn now of what was asked for.
export function drawnAs(table, taxonomy, show) {
  if (show === "budget" && table.has.includes("budget")) return "budget";
  if (taxonomy === "operations" && !table.has.includes("operations")) return DETAILED;
  return taxonomy || DETAILED;
}

export const needsExtras = (as) => as === "budget" || as === "operations";

// "count" or "percent": what the bars' heights mean. A budget is always a share of 100 %.
export function drawnShow(payload, show) {
  if (payload.as === "budget") return "percent";
  return show === "budget" ? "count" : show;
}

export const skeletonOf = (payload) =>
  definitions.figures[payload.as] || definitions.figures.detailed;

// {segments, index}: what the heads are counted under, and the segment of each head.
export function segmentation(payload) {
  const known = definitions.views[payload.as] || definitions.views.detailed;
  return { segments: known.segments, index: segmentOfHeads(payload, known) };
}

function segmentOfHeads(payload, known) {
  if (payload.as === "budget") return budgetOf(payload).top;
  if (payload.as === "operations") return operationsOf(payload).family;
  const { detailed } = headsOf(payload);
  return known.of ? detailed.map((category) => known.of[category]) : detailed;
}

// {segments, index, bins} of the drawn view. In a budget a bin's shares are those of its heads'
// attention; its members are the heads that send most of theirs to the segment.
export function binned(payload, width) {
  const { segments, index } = segmentation(payload);
  const bins = binHeads(index, payload, width, segments.length);
  if (payload.as === "budget") {
    const { layers } = budgetOf(payload);
    bins.forEach((bin) => {
      bin.tenths = tenthsOfMasses(layers.slice(bin.start, bin.stop));
    });
  }
  return { segments, index, bins };
}

// The heads that a segment's table lists: in a budget each of the bin's heads has a part in it.
export const listedHeads = (payload, bin, place) =>
  payload.as === "budget" ? bin.members.flat() : bin.members[place];

// Whether a table with these scores could name a head after a segment. One that shows "0" of what
// nobody measured would be read as having none. "Mixed" and "unclassified" need every score.
export function isMeasured(name, as, scores) {
  const { scoreOf, views } = definitions;
  if (as === "grouped") {
    const { segments, of } = views.grouped;
    return views.detailed.segments.some(
      (category, at) =>
        segments[of[at]].name === name &&
        isMeasured(category.name, DETAILED, scores),
    );
  }
  if (as !== DETAILED || name === "not_measured") return true;
  const needed = name in scoreOf ? [scoreOf[name]] : Object.values(scoreOf);
  return needed.every((score) => scores.includes(score));
}

// Whether nothing but a dash can stand for a segment of the shown table.
export const isUnknown = (payload, segment, count) =>
  !count && !isMeasured(segment.name, payload.as, payload.scores);

export const NOT_MEASURED = "not measured"; // what the dash means, for whoever points at it

// A chip's number: heads; in a budget the share of all attention; a dash where nobody measured.
export function chipCount(payload, totals, place) {
  const { segments } = segmentation(payload);
  if (isUnknown(payload, segments[place], totals[place])) return "–";
  if (payload.as !== "budget") return totals[place].toLocaleString("en-US");
  const [all] = binned(payload, payload.layers).bins;
  return percentText(all.tenths[place]);
}

// What a link may name; the budget is chosen by show=budget.
export const taxonomyNames = () =>
  Object.keys(definitions.views).filter((name) => name !== "budget");

// What the y axis counts.
export function heightTitle(payload, show) {
  if (payload.as === "budget") return "share of attention";
  return show === "percent" ? "share of heads" : "# heads";
}

// How the bars are to be read, in a line below them.
import { viewOf } from "../views/catalogue.js";
import { binned } from "../views/drawn.js";
import { plural } from "../views/phrases.js";

/** @param {ChartState} state */
export function readingText({ payload, show, width }) {
  const view = viewOf(payload);
  const { bins } = binned(payload, width);
  const [first, last] = [bins[0], bins[bins.length - 1]];
  const [wide, rest] = [first.stop - first.start, last.stop - last.start];
  const borderline = view.borderline(payload);
  return [
    view.said.countsHeads && show === "count" && "Height: heads; in the bars: share of the bin.",
    borderline?.includes(1) &&
    "The line inside a segment: its borderline heads, whose category could flip within two " +
      "standard errors.",
    rest < wide && `The last bar is narrower: ${last.label} has ${plural(rest, "layer")}.`,
  ].filter(Boolean).join(" ");
}

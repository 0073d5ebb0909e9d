// The chart's numbers as a table and as sentences: for keyboards and screen readers.
import { swatch, unmeasured } from "./swatch.js";
import { element } from "../dash/element.js";
import { viewOf } from "../views/catalogue.js";
import { amountText, binned, isUnknown, listedSegments } from "../views/drawn.js";
import { NO_ATTENTION } from "../views/grid.js";
import { plural } from "../views/phrases.js";
import { findSegment } from "../views/segment.js";

// The chart's numbers as a table of buttons: the keyboard's way to every segment.
/** @param {ChartState} state */
export function chartTable(state) {
  const { payload, selection } = state;
  const { segments, bins } = binned(payload, state.width);
  const chosen = findSegment(selection.segment, bins, segments);
  const head = element(
    "Thead",
    {},
    element(
      "Tr",
      {},
      element("Th", { scope: "col" }, "Layer bin"),
      ...bins.map((bin) => element("Th", { scope: "col" }, bin.label)),
    ),
  );
  const rows = listedSegments(payload).map(({ segment, place }) =>
    element(
      "Tr",
      {},
      element("Th", { scope: "row" }, swatch(segment), segment.label),
      ...bins.map((bin, at) =>
        element(
          "Td",
          {},
          !bin.total
            ? unmeasured(NO_ATTENTION)
            : isUnknown(payload, segment, bin.counts[place])
            ? unmeasured()
            : chartTableCell(bin, at, segment, place, chosen, payload),
        )
      ),
    )
  );
  return element("Table", {}, head, element("Tbody", {}, ...rows));
}

/**
 * @param {Bin} bin @param {number} at @param {Segment} segment @param {number} place
 * @param {Place | null} chosen @param {Payload} payload
 */
function chartTableCell(bin, at, segment, place, chosen, payload) {
  const [low, high] = viewOf(payload).interval(payload, bin, place) ?? [0, 0];
  const open = low === high ? "" : ` (${low} to ${high})`;
  const text = amountText(payload, bin, place, (count, share) => `${count} · ${share}${open}`);
  if (!bin.parts[place]) return element("Span", { className: "nothing" }, "0");
  return element(
    "Button",
    {
      type: "button",
      className: "cell",
      "data-segment": `${bin.start}:${segment.name}`,
      "aria-pressed": String(Boolean(chosen && chosen.bin === at && chosen.place === place)),
      "aria-label": `${segment.label}, layers ${bin.label}: ${text}`,
    },
    text,
  );
}

// The chart in one sentence a bin, for those who do not see it.
/** @param {ChartState} state */
export function summaryOf(state) {
  const { payload } = state;
  const { segments, index, bins } = binned(payload, state.width);
  const { said } = viewOf(payload);
  const told = bins.slice(0, 12).map((bin) => {
    if (!bin.total) return `${bin.label}: ${NO_ATTENTION}.`;
    /** @param {number} place */
    const amount = (place) =>
      amountText(payload, bin, place, (count, share) => `${count} (${share})`);
    const largest = [...segments.keys()]
      .filter((place) => bin.parts[place])
      .sort((one, other) => bin.parts[other] - bin.parts[one])
      .slice(0, 4)
      .map((place) => `${segments[place].label} ${amount(place)}`);
    return `${bin.label}: ${largest.join(", ")}.`;
  });
  const more = bins.length > 12
    ? ` And ${bins.length - 12} more bins; the table below has all.`
    : "";
  return (
    `${payload.title}: stacked bars of ${said.countsHeads ? "" : `the ${said.shared} of `}` +
    `${plural(index.length, "attention head")} in ` +
    `${plural(bins.length, "bin")} of layers. ${told.join(" ")}${more}`
  );
}

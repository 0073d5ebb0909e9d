// The chart's numbers as a table and as sentences: for keyboards and screen readers.
import { swatch, unmeasured } from "./swatch.js";
import { element } from "../dash/element.js";
import { percentText } from "../views/bins.js";
import { plural } from "../views/phrases.js";
import { findSegment } from "../views/segment.js";
import { binned, isUnknown } from "../views/view.js";

// The chart's numbers as a table of buttons: the keyboard's way to every segment.
/** @param {ChartState} state */
export function chartTable(state) {
  const { payload, selection } = state;
  const { segments, index, bins } = binned(payload, state.width);
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
  const rows = segments
    .map((segment, place) => ({ segment, place }))
    .filter(({ segment, place }) => segment.name !== "not_measured" || index.includes(place))
    .map(({ segment, place }) =>
      element(
        "Tr",
        {},
        element("Th", { scope: "row" }, swatch(segment), segment.label),
        ...bins.map((bin, at) =>
          element(
            "Td",
            {},
            isUnknown(payload, segment, bin.counts[place])
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
  const share = percentText(bin.tenths[place]);
  const text = payload.as === "budget" ? share : `${bin.counts[place]} · ${share}`;
  if (!bin.tenths[place]) return element("Span", { className: "nothing" }, "0");
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
  const told = bins.slice(0, 12).map((bin) => {
    const parts = segments
      .map((segment, place) => ({ segment, count: bin.counts[place], tenths: bin.tenths[place] }))
      .filter(({ tenths }) => tenths)
      .sort((one, other) => other.tenths - one.tenths)
      .slice(0, 4)
      .map(({ segment, count, tenths }) => {
        const share = percentText(tenths);
        return payload.as === "budget"
          ? `${segment.label} ${share}`
          : `${segment.label} ${count} (${share})`;
      });
    return `${bin.label}: ${parts.join(", ")}.`;
  });
  const more = bins.length > 12
    ? ` And ${bins.length - 12} more bins; the table below has all.`
    : "";
  return (
    `${payload.title}: stacked bars of ${payload.as === "budget" ? "the attention of " : ""}` +
    `${plural(index.length, "attention head")} in ` +
    `${plural(bins.length, "bin")} of layers. ${told.join(" ")}${more}`
  );
}

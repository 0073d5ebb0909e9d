// The legend's chips, as Dash components.
import { swatch } from "./swatch.js";
import { element } from "../dash/element.js";
import { percentText, tenthsOfPercent } from "../views/bins.js";
import { chipCount, isUnknown, NOT_MEASURED, segmentation } from "../views/view.js";

// One chip a segment; one that nobody could have (not measured, in a computed table) is left out.
/** @param {Payload} payload @param {string | null} only */
export function chipList(payload, only) {
  const { segments, index } = segmentation(payload);
  const totals = segments.map(() => 0);
  index.forEach((place) => (totals[place] += 1));
  const share = tenthsOfPercent(totals);
  return segments.flatMap((segment, place) => {
    if (segment.name === "not_measured" && !totals[place]) return [];
    const pressed = only === segment.name;
    const kinds = {
      chip: true,
      none: !totals[place] && payload.as !== "budget",
      dimmed: only && !pressed,
    };
    const unknown = isUnknown(payload, segment, totals[place]);
    return element(
      "Button",
      {
        id: `chip-${segment.name}`,
        type: "button",
        className: Object.entries(kinds).filter(([, is]) => is).map(([kind]) => kind).join(" "),
        "data-chip": segment.name,
        "aria-pressed": String(pressed),
        "aria-describedby": "chip-sentence",
      },
      swatch(segment),
      element("Span", { className: "chip-label" }, segment.label),
      element(
        "Span",
        {
          className: "chip-count",
          title: unknown ? NOT_MEASURED : percentText(share[place]),
        },
        chipCount(payload, totals, place),
        unknown && element("Span", { className: "visually-hidden" }, ` ${NOT_MEASURED}`),
      ),
    );
  });
}

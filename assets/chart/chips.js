// The legend's chips, as Dash components.
import { swatch } from "./swatch.js";
import { element } from "../dash/element.js";
import { percentText } from "../views/bins.js";
import { chipCount, isUnknown, listedSegments, NOT_MEASURED, wholeBin } from "../views/drawn.js";

// One chip a segment; one that nobody could have (not measured, in a computed table) is left out.
/** @param {Payload} payload @param {string | null} only */
export function chipList(payload, only) {
  const whole = wholeBin(payload);
  return listedSegments(payload).map(({ segment, place }) => {
    const pressed = only === segment.name;
    const kinds = {
      chip: true,
      none: !whole.parts[place],
      dimmed: only && !pressed,
    };
    const unknown = isUnknown(payload, segment, whole.counts[place]);
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
          title: unknown ? NOT_MEASURED : percentText(whole.tenths[place]),
        },
        chipCount(payload, whole, place),
        unknown && element("Span", { className: "visually-hidden" }, ` ${NOT_MEASURED}`),
      ),
    );
  });
}

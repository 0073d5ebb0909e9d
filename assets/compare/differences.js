// The numbers under the two charts of a comparison: every segment in both tables, the
// difference over all layers and in each bin of depth.
import { binsOfBoth, bothByDepth, depthText } from "./depth.js";
import { swatch, unmeasured } from "../chart/swatch.js";
import { element } from "../dash/element.js";
import { percentText } from "../views/bins.js";
import { viewNamed } from "../views/catalogue.js";

/**
 * @typedef {object} DifferenceState
 * @property {import("../views/view.js").View} view
 * @property {[string[], string[]]} scores - of each table
 * @property {Segment[]} segments
 * @property {DepthBin[][]} found - bins of each table
 * @property {DepthBin[]} whole - all layers of each table
 */

// "+3.1", in percentage points; "0" where both are drawn the same: the nearest tenth, halves
// away from zero, as Python writes the sentences above (app/page/compare/comparison.py).
/** @param {number} step */
export function pointsText(step) {
  const tenths = Math.floor(1000 * Math.abs(step) + 0.5);
  return tenths ? `${step > 0 ? "+" : "−"}${(tenths / 10).toFixed(1)}` : "0";
}

/** @param {Payload} payload @param {Compared} compared @param {number} width */
export function differenceTable(payload, compared, width) {
  const view = viewNamed(compared.as);
  /** @param {number} bins */
  const by = (bins) => bothByDepth(payload, compared, bins);
  /** @type {DifferenceState} */
  const state = {
    view,
    scores: [payload.scores, compared.scores],
    segments: view.segments,
    found: by(binsOfBoth(payload, compared, width)),
    whole: by(1).map(([all]) => all),
  };
  /** @param {string} name */
  const place = (name) => state.segments.findIndex((segment) => segment.name === name);
  const told = compared.told.map(place);
  const rest = [...state.segments.keys()].filter(
    (at) => !told.includes(at) && state.whole.some((side) => side.shares[at] > 0),
  );
  // One bin is all layers; and nothing is told of what only one table could name.
  const bins = state.found[0].length > 1 && told.length ? state.found[0] : [];
  /** @param {string} text @param {Record<string, unknown>} [props] */
  const head = (text, props = {}) => element("Th", { scope: "col", ...props }, text);
  /** @param {boolean} comparable */
  const row = (comparable) => (/** @type {number} */ at) =>
    differenceRow(state, at, bins.length, comparable);
  return [
    ...(told.length ? [differenceNote(compared.names, bins.length)] : []),
    element(
      "Div",
      {
        className: "table-frame",
        tabIndex: "0",
        role: "region",
        "aria-label": "Differences in numbers",
      },
      element(
        "Table",
        { className: "numbers" },
        element(
          "Thead",
          {},
          element(
            "Tr",
            {},
            head(view.heading),
            ...compared.names.map((name) => head(name)),
            head("Difference"),
            ...bins.map((bin) => head(depthText(bin), { className: "by-depth" })),
          ),
        ),
        element("Tbody", {}, ...told.map(row(true)), ...rest.map(row(false))),
      ),
    ),
  ];
}

/** @param {[string, string]} of @param {number} bins */
function differenceNote([one, other], bins) {
  const where = `over all layers${bins ? " and in each bin of depth" : ""}`;
  const said = `Difference: ${other} minus ${one}, ${where}, in percentage points (pp).`;
  return element("P", { className: "quiet" }, said);
}

// comparable: whether both tables could name a head after it.
/**
 * @param {DifferenceState} state @param {number} at @param {number} bins
 * @param {boolean} comparable
 */
function differenceRow(state, at, bins, comparable) {
  const { segments, found, whole } = state;
  const [one, other] = whole;
  /** @param {number} side */
  const measured = (side) => state.view.isMeasured(segments[at].name, state.scores[side]);
  /** @param {DepthBin} bin @param {number} side */
  const cell = ({ counts, parts, tenths }, side) => {
    if (!parts[at] && !measured(side)) return unmeasured();
    const share = percentText(tenths[at]);
    return counts ? `${counts[at].toLocaleString("en-US")} · ${share}` : share;
  };
  const steps = [...Array(bins).keys()].map((bin) =>
    found[1][bin].shares[at] - found[0][bin].shares[at]
  );
  const total = pointsText(other.shares[at] - one.shares[at]);
  return element(
    "Tr",
    {},
    element("Th", { scope: "row" }, swatch(segments[at]), segments[at].label),
    ...whole.map((side, place) => element("Td", {}, cell(side, place))),
    element(
      "Td",
      { className: "step" },
      comparable ? `${total}${total === "0" ? "" : " pp"}` : "–",
    ),
    ...steps.map((step) => differenceCell(step, comparable)),
  );
}

/** @param {number} step @param {boolean} comparable */
function differenceCell(step, comparable) {
  const text = comparable ? pointsText(step) : "–";
  const way = !comparable || text === "0" ? "none" : step > 0 ? "more" : "less";
  const strength = `${Math.min(100, Math.round(Math.abs(step) * 160))}%`;
  return element(
    "Td",
    {
      className: `by-depth ${way}`,
      ...(way === "none" ? {} : { style: { "--strength": strength } }),
    },
    text,
  );
}

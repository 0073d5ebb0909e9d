// The numbers under the two charts of a comparison: every segment in both tables, the
// difference over all layers and in each bin of depth.
import { binsOfBoth, bothByDepth, depthText } from "./depth.js";
import { swatch, unmeasured } from "../chart/swatch.js";
import { element } from "../dash/element.js";
import { percentText } from "../views/bins.js";
import { viewNamed } from "../views/catalogue.js";
import { plural } from "../views/phrases.js";

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
  /** @param {string} label @param {DepthBin[]} by @param {Child[]} rows */
  const table = (label, by, rows) =>
    element(
      "Div",
      { className: "table-frame", tabIndex: "0", role: "region", "aria-label": label },
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
            ...by.map((bin) => head(depthText(bin), { className: "by-depth" })),
          ),
        ),
        element("Tbody", {}, ...rows),
      ),
    );
  // What a table could not name is no row to compare.
  const [known, lacking] = parted(rest, (at) => isKnown(state, at, 0) && isKnown(state, at, 1));
  const shown = [...told.map(row(true)), ...known.map(row(false))];
  return [
    ...(told.length ? [differenceNote(compared.names, bins.length)] : []),
    ...(shown.length ? [table("Differences in numbers", bins, shown)] : []),
    ...(lacking.length
      ? [
        element(
          "Details",
          { className: "lacking" },
          element("Summary", {}, lackingText(lacking.length)),
          table("Figures of one table", [], lacking.map(row(false))),
        ),
      ]
      : []),
  ];
}

/** @template T @param {T[]} all @param {(one: T) => boolean} fits @returns {[T[], T[]]} */
const parted = (all, fits) => [all.filter(fits), all.filter((one) => !fits(one))];

// Whether one of the tables has a number of heads there, none included.
/** @param {DifferenceState} state @param {number} at @param {number} side */
const isKnown = ({ view, segments, scores, whole }, at, side) =>
  Boolean(whole[side].parts[at]) || view.isMeasured(segments[at].name, scores[side]);

/** @param {number} count */
const lackingText = (count) =>
  `${plural(count, "row")} that only one of the tables has figures for`;

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
  /** @param {DepthBin} bin @param {number} side */
  const cell = ({ counts, tenths }, side) => {
    if (!isKnown(state, at, side)) return unmeasured();
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
  const known = comparable && !Number.isNaN(step); // NaN: one table has no heads there
  const text = known ? pointsText(step) : "–";
  const way = !known || text === "0" ? "none" : step > 0 ? "more" : "less";
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

// The view of the attention budget: where the heads' attention goes on natural text. A bin's
// shares are those of its heads' attention; its members are the heads that send most of theirs to
// the segment.
import { binHeads, percentText, shared, sumOfLayers } from "./bins.js";
import { headsIn } from "./grid.js";
import { packedFor } from "./heads.js";
import { SCORE_UNIT, unpack, unpackLayers } from "./packing.js";
import { plural, scoreText } from "./phrases.js";
import { View } from "./view.js";

/** @import { Bin } from "./bins.js" */
/** @import { Segment } from "./definitions.js" */
/** @import { Grid } from "./grid.js" */
/** @import { Payload } from "./heads.js" */
/** @import { Compared } from "./view.js" */

const unpackedBudgets = new WeakMap();

/**
 * {layers: whole parts [layer][destination], top: destination of each head, share: of it}.
 * @param {Payload} payload
 * @returns {{layers: number[][], top: number[], share: number[]}}
 */
function budgetOf(payload) {
  const packed = packedFor(payload, "budget");
  if (!unpackedBudgets.has(packed)) {
    unpackedBudgets.set(packed, {
      layers: weighted(packed.layers, payload),
      top: unpack(packed.top, 1),
      share: unpack(packed.share, 2, SCORE_UNIT),
    });
  }
  return unpackedBudgets.get(packed);
}

/**
 * Each layer's parts of its mean budget (app/views/budget.py: they add up to a million) times its
 * number of heads: a bin's are their sums.
 * @param {string} text
 * @param {Grid} table
 */
const weighted = (text, table) =>
  unpackLayers(text, table.layers).map((parts, layer) => {
    const heads = headsIn(table, layer, layer + 1);
    return parts.map((part) => part * heads);
  });

class Budget extends View {
  /** @param {Payload} payload */
  index(payload) {
    return budgetOf(payload).top;
  }

  /**
   * @param {Payload} payload
   * @param {number} width
   */
  bins(payload, width) {
    const { layers, top } = budgetOf(payload);
    return binHeads(top, payload, width, this.segments.length).map((bin) => ({
      ...bin,
      ...shared(sumOfLayers(layers.slice(bin.start, bin.stop))),
    }));
  }

  /** @param {Payload} payload */
  layerParts(payload) {
    return budgetOf(payload).layers;
  }

  /** @param {Compared} compared */
  comparedParts(compared) {
    return weighted(/** @type {string} */ (compared.masses), compared);
  }

  /**
   * Each of the bin's heads has a part in every segment.
   * @param {Bin} bin
   */
  listed(bin) {
    return bin.members.flat();
  }

  /** @param {Payload} payload */
  scores(payload) {
    const { share } = budgetOf(payload);
    const told = (/** @type {number} */ head) => scoreText(share[head]);
    return { score: share, error: [], order: share, told };
  }

  /**
   * @param {Payload} payload
   * @param {number} head
   */
  hoverLines(payload, head) {
    const { top, share } = budgetOf(payload);
    const { label } = this.segments[top[head]];
    return [`Most of its attention: ${label.toLowerCase()}, ${(100 * share[head]).toFixed(1)}%`];
  }

  marks() {
    return { heads: [], texts: null };
  }

  /**
   * A share for each destination, the chosen segment's first.
   * @param {Column[]} stored
   * @param {Segment} segment
   */
  columns([name, number, ...rest], segment) {
    const { sort, ...plain } = number;
    const column = (/** @type {Segment} */ one) => ({
      ...plain,
      field: one.name,
      headerName: one.label,
      headerTooltip: one.sentence,
      width: 190,
    });
    const others = this.segments.filter((one) => one.name !== segment.name);
    const first = { ...column(segment), field: number.field, sort };
    return [name, first, ...others.map(column), ...rest];
  }

  /**
   * @param {Payload} _payload
   * @param {number} _head
   * @param {HeadRow} row
   * @param {Segment} segment
   */
  cells(_payload, _head, row, segment) {
    return { main: row[segment.name], main_se: null };
  }

  get heading() {
    return "Attention to";
  }

  /**
   * @param {Bin} bin
   * @param {number} place
   */
  described(bin, place) {
    if (!bin.total) return super.described(bin, place);
    const count = bin.counts[place];
    return `${percentText(bin.tenths[place])} of the attention of the bin's ${bin.total} heads; ` +
      `the largest destination of ${count ? plural(count, "head") : "none of them"}`;
  }

  notes() {
    return [{
      title: "Attention budget: ",
      parts: [
        "how the heads of a bin share out their attention on natural text, on average. No " +
        "thresholds; in the map, each head's largest destination.",
      ],
    }];
  }

  basis() {
    return ["attention on natural text, no thresholds"];
  }
}

export const budget = new Budget("budget");

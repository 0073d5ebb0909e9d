/* Made by scripts/make_assets.py (make assets): do not edit. */
(() => {
  var __defProp = Object.defineProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };

  // assets/chart/callbacks.js
  var callbacks_exports = {};
  __export(callbacks_exports, {
    drawChart: () => drawChart,
    drawChips: () => drawChips,
    drawMap: () => drawMap,
    drawTwin: () => drawTwin,
    letGo: () => letGo,
    lightColumns: () => lightColumns,
    lightSegment: () => lightSegment,
    restoreColour: () => restoreColour,
    restoreOnly: () => restoreOnly,
    restoreUnmeasured: () => restoreUnmeasured,
    tellView: () => tellView,
    wantColour: () => wantColour,
    watchColour: () => watchColour
  });

  // assets/dash/element.js
  var element = (type, props, ...children) => ({
    type,
    namespace: "dash_html_components",
    props: {
      ...props,
      children
    }
  });
  var framed = (...tree) => ({
    type: "Frame",
    namespace: "headstrata",
    props: {
      tree: tree.flat(Infinity)
    }
  });

  // assets/views/grid.js
  var firstRows = /* @__PURE__ */ new WeakMap();
  function startsOf(counts) {
    const known2 = firstRows.get(counts);
    if (known2) return known2;
    const starts = [
      0
    ];
    for (const heads2 of counts) starts.push(starts[starts.length - 1] + heads2);
    firstRows.set(counts, starts);
    return starts;
  }
  var headCount = (table2) => rowOf(table2, table2.layers, 0);
  var headsIn = (table2, start, stop) => rowOf(table2, stop, 0) - rowOf(table2, start, 0);
  var layerHeads = (table2, layer) => table2.heads_by_layer ? table2.heads_by_layer[layer] : table2.heads;
  var rowOf = (table2, layer, head) => (table2.heads_by_layer ? startsOf(table2.heads_by_layer)[layer] : layer * table2.heads) + head;
  function layerOf(table2, row3) {
    if (!table2.heads_by_layer) return Math.floor(row3 / table2.heads);
    const starts = startsOf(table2.heads_by_layer);
    let [low, high] = [
      0,
      table2.layers
    ];
    while (high - low > 1) {
      const middle2 = low + high >> 1;
      if (starts[middle2] <= row3) low = middle2;
      else high = middle2;
    }
    return low;
  }
  var headOf = (table2, row3) => table2.heads_by_layer ? row3 - rowOf(table2, layerOf(table2, row3), 0) : row3 % table2.heads;
  var keyOf = (layer, head) => `${layer}.${head}`;
  var headKey = (table2, row3) => keyOf(layerOf(table2, row3), headOf(table2, row3));
  function parseHead(key) {
    const [layer, head = NaN] = (key || "").split(".").map(Number);
    return [
      layer,
      head
    ];
  }
  function hasHead(table2, key) {
    const [layer, head] = parseHead(key);
    return layer < table2.layers && head < layerHeads(table2, layer);
  }
  function neighbour(table2, [layer, head], [across, down]) {
    let next = layer + across;
    while (across && layerHeads(table2, next) === 0 && next >= 0 && next < table2.layers) {
      next += across;
    }
    const there = next >= 0 && next < table2.layers ? next : layer;
    return [
      there,
      Math.max(0, Math.min(head + down, layerHeads(table2, there) - 1))
    ];
  }
  function headsText(table2) {
    const few = Math.min(...(table2.heads_by_layer || []).filter(Boolean), table2.heads);
    return few === table2.heads ? String(few) : `${few} to ${table2.heads}`;
  }
  var NO_ATTENTION = "no layer with attention";
  function attentionText({ layers, heads_by_layer }) {
    const count2 = heads_by_layer ? heads_by_layer.filter(Boolean).length : layers;
    if (count2 === layers) return "";
    return `${count2} of ${layers} layers ${count2 === 1 ? "has" : "have"} attention`;
  }
  var headLabel = (key) => `L${key.replace(".", ".H")}`;
  var headName = (table2, row3) => headLabel(headKey(table2, row3));
  var keyOfName = (name) => name.slice(1).replace(".H", ".");
  function compareNames(one, other) {
    const [layer, head] = parseHead(keyOfName(one));
    const [otherLayer, otherHead] = parseHead(keyOfName(other));
    return layer - otherLayer || head - otherHead;
  }

  // assets/views/bins.js
  var tenthsOfPercent = (part2, total) => Math.floor((2e3 * part2 + total) / (2 * total));
  var percentText = (tenths) => Number.isNaN(tenths) ? "\u2013" : `${Math.floor(tenths / 10)}.${tenths % 10}%`;
  var percentOf = (part2, total) => total ? percentText(tenthsOfPercent(part2, total)) : "\u2013";
  function shared(parts2) {
    const whole = parts2.reduce((sum, part2) => sum + part2, 0);
    return {
      parts: parts2,
      whole,
      tenths: parts2.map((part2) => whole ? tenthsOfPercent(part2, whole) : NaN)
    };
  }
  var percentHeight = (bin, place2) => bin.whole ? 100 * bin.parts[place2] / bin.whole : 0;
  function binHeads(index, table2, width, segments) {
    const bins = [];
    for (let start = 0; start < table2.layers; start += width) {
      const stop = Math.min(start + width, table2.layers);
      const members = emptyLists(segments);
      for (let row3 = rowOf(table2, start, 0); row3 < rowOf(table2, stop, 0); row3 += 1) {
        members[index[row3]].push(row3);
      }
      const counts = members.map((heads2) => heads2.length);
      bins.push({
        start,
        stop,
        members,
        counts,
        label: `[${start}, ${stop})`,
        total: headsIn(table2, start, stop),
        ...shared(counts)
      });
    }
    return bins;
  }
  var emptyLists = (size) => Array.from({
    length: size
  }, () => []);
  var countLayers = (index, table2, segments) => binHeads(index, table2, 1, segments).map((bin) => bin.counts);
  var sumOfLayers = (layers) => layers[0].map((_, place2) => layers.reduce((sum, parts2) => sum + parts2[place2], 0));
  function defaultWidth(layers) {
    const quarter = layers / 4;
    const floor = Math.floor(quarter);
    const half = quarter - floor === 0.5;
    return Math.max(1, half ? floor + floor % 2 : Math.round(quarter));
  }

  // assets/views/packing.js
  var SCORE_UNIT = 1e-3;
  var MARGIN_UNIT = 0.01;
  var MARGIN_WIDTH = 4;
  function unpack(text, width, unit = 1) {
    return Array.from({
      length: text.length / width
    }, (_, place2) => {
      const digits = text.slice(place2 * width, (place2 + 1) * width);
      return digits[0] === "~" ? NaN : parseInt(digits, 36) * unit;
    });
  }
  function unpackLayers(text, layers) {
    const parts2 = unpack(text, 4);
    const size = parts2.length / layers;
    return Array.from({
      length: layers
    }, (_, at) => parts2.slice(at * size, (at + 1) * size));
  }

  // assets/views/heads.js
  var packedFor = (payload, view) => (
    /** @type {Record<string, string>} */
    payload[view]
  );
  var unpacked = /* @__PURE__ */ new WeakMap();
  function headsOf(payload) {
    if (!unpacked.has(payload)) {
      unpacked.set(payload, {
        detailed: unpack(payload.detailed, 1),
        runnerUp: unpack(payload.runner_up, 1),
        borderline: unpack(payload.borderline, 1),
        score: unpack(payload.score, 2, SCORE_UNIT),
        error: unpack(payload.error, 2, SCORE_UNIT),
        margin: unpack(payload.margin, MARGIN_WIDTH, MARGIN_UNIT)
      });
    }
    return unpacked.get(payload);
  }

  // assets/views/phrases.js
  function scoreText(score, error = NaN) {
    if (!Number.isFinite(score)) return "";
    const value = score.toFixed(2);
    if (!Number.isFinite(error)) return value;
    return error < 5e-3 ? `${value} \xB1 <0.01` : `${value} \xB1 ${error.toFixed(2)}`;
  }
  var plural = (count2, noun) => `${count2.toLocaleString("en-US")} ${noun}${count2 === 1 ? "" : "s"}`;
  var quoted = (value) => `\u201C${value.length > 40 ? `${value.slice(0, 40)}\u2026` : value}\u201D`;
  var escapeHtml = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  // assets/views/definitions.js
  var definitions = (
    /** @type {Definitions} */
    /** @type {unknown} */
    null
  );
  function setDefinitions(given) {
    definitions = given;
  }
  var categories = () => definitions.views.detailed.segments;
  var categoryNamed = (name) => (
    /** @type {Segment} */
    categories().find((segment) => segment.name === name)
  );

  // assets/views/thresholds.js
  var thresholdText = (thresholds, defaults) => Object.keys(defaults).flatMap((name) => {
    const value = thresholds?.[name];
    return value === void 0 || value === defaults[name] ? [] : [
      `${name}:${value}`
    ];
  }).join(",");
  var thresholdDigits = (value) => value.toFixed(3).replace(/0$/, "");
  function readThresholds(text, defaults, notes2) {
    const found = {};
    const named = /* @__PURE__ */ new Set();
    for (const part2 of (text || "").split(",").filter((one) => /[^ ]/.test(one))) {
      const [, name, number2] = /^ *([a-z_]+) *: *(\d*\.?\d+) *$/.exec(part2) || [];
      const value = Math.round(Number(number2) * 1e3) / 1e3;
      if (!name || !Object.hasOwn(defaults, name)) {
        notes2.push(`t=${quoted(part2)} is not CATEGORY:VALUE with one of ${Object.keys(defaults).join(", ")}.`);
      } else if (!(value > 0 && value <= 1)) {
        notes2.push(`t=${quoted(part2)}: a threshold is above 0 and at most 1.`);
      } else if (named.has(name)) {
        notes2.push(`t=${quoted(part2)}: ${name} is given twice.`);
      } else if (value !== defaults[name]) {
        found[name] = value;
      }
      named.add(name);
    }
    return found;
  }
  var describeThresholds = (thresholds) => Object.keys(definitions.thresholds).filter((name) => name in thresholds).map((name) => {
    const { label } = categoryNamed(name);
    return `${label} ${thresholds[name]} (default ${definitions.thresholds[name]})`;
  }).join(", ");
  function thresholdCaption(payload) {
    const given = readThresholds(payload.t, definitions.thresholds, []);
    const said3 = Object.entries(definitions.thresholds).filter(([name]) => payload.scores.includes(definitions.scoreOf[name])).map(([name, usual]) => {
      const { label } = categoryNamed(name);
      return name in given ? `${label} ${given[name]} (default ${usual})` : `${label} ${usual}`;
    });
    return `${payload.t ? "what-if" : "default"} thresholds: ${said3.join(", ")}`;
  }

  // assets/views/view.js
  var unpackedIndices = /* @__PURE__ */ new WeakMap();
  var View = class {
    /** @param {string} name - in links, in the API; the key of what is fetched for it */
    constructor(name) {
      this.name = name;
    }
    // --- what the server says ---------------------------------------------------------------------
    get said() {
      return definitions.views[this.name];
    }
    get segments() {
      return this.said.segments;
    }
    // --- what bars are made of --------------------------------------------------------------------
    /**
     * The segment of each head, by place, layer-major.
     * @param {Payload} payload
     * @returns {number[]}
     */
    index(payload) {
      const packed = packedFor(payload, this.name);
      if (!unpackedIndices.has(packed)) unpackedIndices.set(packed, unpack(packed.index, 1));
      return unpackedIndices.get(packed);
    }
    /**
     * @param {Payload} payload
     * @param {number} width - layers a bin
     * @returns {Bin[]}
     */
    bins(payload, width) {
      return binHeads(this.index(payload), payload, width, this.segments.length);
    }
    /**
     * The whole parts of each layer's bar, [layer][segment]; a bin's are their sums.
     * @param {Payload} payload
     */
    layerParts(payload) {
      return countLayers(this.index(payload), payload, this.segments.length);
    }
    /**
     * The same of a second table.
     * @param {Compared} compared
     */
    comparedParts(compared) {
      const packed = (
        /** @type {string} */
        compared.index
      );
      return countLayers(unpack(packed, 1), compared, this.segments.length);
    }
    /**
     * Whether a table with these scores could have the segment. One that shows "0" of what nobody
     * measured would be read as having none.
     * @param {string} _segment - its name
     * @param {string[]} _scores
     */
    isMeasured(_segment, _scores) {
      return true;
    }
    // --- heads ------------------------------------------------------------------------------------
    /**
     * The heads that a segment's table lists.
     * @param {Bin} bin
     * @param {number} place
     */
    listed(bin, place2) {
      return bin.members[place2];
    }
    /**
     * @param {Payload} _payload
     * @returns {Scores}
     */
    scores(_payload) {
      return {
        score: [],
        error: [],
        order: [],
        told: () => ""
      };
    }
    /**
     * What the score's column is called where these heads' scores are of several rules; "": of one.
     * @param {Payload} _payload
     * @param {number[]} _heads
     */
    mixedScores(_payload, _heads) {
      return "";
    }
    /**
     * What the first heads by score are called in a bar's hover.
     * @param {Payload} _payload
     * @param {number[]} _heads
     */
    strongest(_payload, _heads) {
      return "Strongest";
    }
    /**
     * Further lines of a head's hover in the map.
     * @param {Payload} _payload
     * @param {number} _head
     * @returns {string[]}
     */
    hoverLines(_payload, _head) {
      return [];
    }
    /**
     * @param {Payload} payload
     * @returns {Marks}
     */
    marks(payload) {
      const { borderline } = headsOf(payload);
      return {
        heads: [
          ...borderline.keys()
        ].filter((head) => borderline[head]),
        texts: null
      };
    }
    /**
     * The columns of the segment's table: what the view counts stands right behind the head's name.
     * @param {Column[]} stored - name, score, and the rest (app/page/selection/grid.py)
     * @param {Segment} _segment - the chosen one
     * @returns {Column[]}
     */
    columns(stored, _segment) {
      return stored;
    }
    /**
     * What a row of that table has beside the stored columns, or instead of them.
     * @param {Payload} _payload
     * @param {number} _head
     * @param {HeadRow} _row - of the head table
     * @param {Segment} _segment - the chosen one
     * @returns {Record<string, unknown>}
     */
    cells(_payload, _head, _row, _segment) {
      return {};
    }
    // --- words ------------------------------------------------------------------------------------
    /** What a column of segments is called. */
    get heading() {
      const { noun } = this.said;
      return noun[0].toUpperCase() + noun.slice(1);
    }
    /**
     * How many stand in a segment and what share of the bin that is, beside its name.
     * @param {Bin} bin
     * @param {number} place
     */
    described(bin, place2) {
      if (!bin.total) return NO_ATTENTION;
      return `${plural(bin.counts[place2], "head")}, ${percentText(bin.tenths[place2])} of the bin`;
    }
    /**
     * Which heads could stand in another segment within two standard errors, 1 or 0 a head; null:
     * the view has no such heads.
     * @param {Payload} _payload
     * @returns {number[] | null}
     */
    borderline(_payload) {
      return null;
    }
    /**
     * Between which numbers the heads of a segment lie in 95 of 100 cases, given the scores' standard
     * errors; null: unknown.
     * @param {Payload} _payload
     * @param {Bin} _bin
     * @param {number} _place
     * @returns {[number, number] | null}
     */
    interval(_payload, _bin, _place) {
      return null;
    }
    /**
     * What must be said beside the chart while the view is drawn.
     * @param {Payload} _payload
     * @returns {Note[]}
     */
    notes(_payload) {
      return [];
    }
    /**
     * Where the drawn numbers are from, for who has only the picture.
     * @param {Payload} payload
     */
    source(payload) {
      return payload.note.includes(payload.when) ? [
        payload.note
      ] : [
        payload.note,
        payload.when
      ];
    }
    /**
     * Under which conditions heads stand where they stand, likewise.
     * @param {Payload} payload
     * @returns {string[]}
     */
    basis(payload) {
      return [
        thresholdCaption(payload)
      ];
    }
    /** Lines that a chip's sentence takes. */
    get sentenceLines() {
      return 1;
    }
    /**
     * What follows a chip's sentence in this table.
     * @param {Payload} _payload
     * @param {string} _segment - its name
     */
    chipRemark(_payload, _segment) {
      return "";
    }
  };

  // assets/views/budget.js
  var unpackedBudgets = /* @__PURE__ */ new WeakMap();
  function budgetOf(payload) {
    const packed = packedFor(payload, "budget");
    if (!unpackedBudgets.has(packed)) {
      unpackedBudgets.set(packed, {
        layers: weighted(packed.layers, payload),
        top: unpack(packed.top, 1),
        share: unpack(packed.share, 2, SCORE_UNIT)
      });
    }
    return unpackedBudgets.get(packed);
  }
  var weighted = (text, table2) => unpackLayers(text, table2.layers).map((parts2, layer) => {
    const heads2 = headsIn(table2, layer, layer + 1);
    return parts2.map((part2) => part2 * heads2);
  });
  var Budget = class extends View {
    /** @param {Payload} payload */
    index(payload) {
      return budgetOf(payload).top;
    }
    /**
     * @param {Payload} payload
     * @param {number} width
     */
    bins(payload, width) {
      const { layers, top: top2 } = budgetOf(payload);
      return binHeads(top2, payload, width, this.segments.length).map((bin) => ({
        ...bin,
        ...shared(sumOfLayers(layers.slice(bin.start, bin.stop)))
      }));
    }
    /** @param {Payload} payload */
    layerParts(payload) {
      return budgetOf(payload).layers;
    }
    /** @param {Compared} compared */
    comparedParts(compared) {
      return weighted(
        /** @type {string} */
        compared.masses,
        compared
      );
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
      const { share: share2 } = budgetOf(payload);
      const told3 = (head) => scoreText(share2[head]);
      return {
        score: share2,
        error: [],
        order: share2,
        told: told3
      };
    }
    /**
     * @param {Payload} payload
     * @param {number} head
     */
    hoverLines(payload, head) {
      const { top: top2, share: share2 } = budgetOf(payload);
      const { label } = this.segments[top2[head]];
      return [
        `Most of its attention: ${label.toLowerCase()}, ${(100 * share2[head]).toFixed(1)}%`
      ];
    }
    marks() {
      return {
        heads: [],
        texts: null
      };
    }
    /**
     * A share for each destination, the chosen segment's first.
     * @param {Column[]} stored
     * @param {Segment} segment
     */
    columns([name, number2, ...rest], segment) {
      const { sort, ...plain2 } = number2;
      const column = (one) => ({
        ...plain2,
        field: one.name,
        headerName: one.label,
        headerTooltip: one.sentence,
        width: 190
      });
      const others2 = this.segments.filter((one) => one.name !== segment.name);
      const first3 = {
        ...column(segment),
        field: number2.field,
        sort
      };
      return [
        name,
        first3,
        ...others2.map(column),
        ...rest
      ];
    }
    /**
     * @param {Payload} _payload
     * @param {number} _head
     * @param {HeadRow} row
     * @param {Segment} segment
     */
    cells(_payload, _head, row3, segment) {
      return {
        main: row3[segment.name],
        main_se: null
      };
    }
    get heading() {
      return "Attention to";
    }
    /**
     * @param {Bin} bin
     * @param {number} place
     */
    described(bin, place2) {
      if (!bin.total) return super.described(bin, place2);
      const count2 = bin.counts[place2];
      return `${percentText(bin.tenths[place2])} of the attention of the bin's ${bin.total} heads; the largest destination of ${count2 ? plural(count2, "head") : "none of them"}`;
    }
    notes() {
      return [
        {
          title: "Attention budget: ",
          parts: [
            "how the heads of a bin share out their attention on natural text, on average. No thresholds; in the map, each head's largest destination."
          ]
        }
      ];
    }
    basis() {
      return [
        "attention on natural text, no thresholds"
      ];
    }
  };
  var budget = new Budget("budget");

  // assets/views/intervals.js
  var TAIL = 0.025;
  var PARTS = 1e3;
  var kept = /* @__PURE__ */ new WeakMap();
  function nearHeads(payload) {
    const known2 = kept.get(payload);
    if (known2) return known2;
    const numbers = unpack(payload.chances || "", 6);
    const { of: of2 } = (
      /** @type {{ of?: number[] }} */
      definitions.views[payload.as]
    );
    const byRow = /* @__PURE__ */ new Map();
    for (const number2 of numbers) {
      const chance = number2 % 36 ** 2;
      const category = Math.floor(number2 / 36 ** 2) % 36;
      const row3 = Math.floor(number2 / 36 ** 3);
      const place2 = of2 ? of2[category] : category;
      const chances = byRow.get(row3) || /* @__PURE__ */ new Map();
      chances.set(place2, Math.min(PARTS, (chances.get(place2) || 0) + chance));
      byRow.set(row3, chances);
    }
    const near = [
      ...byRow
    ].map(([row3, chances]) => ({
      row: row3,
      chances
    }));
    kept.set(payload, near);
    return near;
  }
  function headsInterval(payload, index, bin, place2) {
    if (typeof payload.chances !== "string") return null;
    const [from, to] = [
      rowOf(payload, bin.start, 0),
      rowOf(payload, bin.stop, 0)
    ];
    const inside = nearHeads(payload).filter(({ row: row3 }) => row3 >= from && row3 < to);
    const own = inside.flatMap(({ chances }) => chances.get(place2) ?? []);
    const unsure = inside.filter(({ row: row3 }) => index[row3] === place2).length;
    const drawn3 = bin.counts[place2];
    return countInterval(own, drawn3 - unsure, drawn3);
  }
  function countInterval(chances, certain, drawn3) {
    let ways = [
      1
    ];
    for (const part2 of chances) {
      const chance = part2 / PARTS;
      const before = ways;
      ways = [
        ...before,
        0
      ].map((_, count2) => (before[count2] ?? 0) * (1 - chance) + (before[count2 - 1] ?? 0) * chance);
    }
    let low = -1, below = 0, high = 0;
    while (high < ways.length) {
      below += ways[high];
      if (low < 0 && below > TAIL) low = high;
      if (below >= 1 - TAIL) break;
      high += 1;
    }
    high = Math.min(high, ways.length - 1);
    return [
      Math.min(certain + Math.max(low, 0), drawn3),
      Math.max(certain + high, drawn3)
    ];
  }

  // assets/views/nearness.js
  function ruleOf(payload, head) {
    const { detailed: detailed2, runnerUp } = headsOf(payload);
    const own = categories()[detailed2[head]];
    if (own && own.name in definitions.scoreOf) return {
      category: own,
      claimed: true
    };
    const nearest = categories()[runnerUp[head]];
    return nearest ? {
      category: nearest,
      claimed: false
    } : null;
  }
  var limits = (payload) => ({
    ...definitions.thresholds,
    ...readThresholds(payload.t, definitions.thresholds, [])
  });
  var orders = /* @__PURE__ */ new WeakMap();
  function nearness(payload) {
    if (!orders.has(payload)) {
      const { score, margin } = headsOf(payload);
      const limit = limits(payload);
      const order = score.map((value, head) => {
        const rule = ruleOf(payload, head);
        if (!rule) return NaN;
        const { name } = rule.category;
        return name === "delimiter" && !rule.claimed ? 1 - margin[head] : value / limit[name];
      });
      orders.set(payload, order);
    }
    return orders.get(payload);
  }
  var isClaimed = (payload, head) => Boolean(ruleOf(payload, head)?.claimed);
  function namedScore(payload, head) {
    const rule = ruleOf(payload, head);
    if (!rule) return "";
    const { score, error } = headsOf(payload);
    const label = definitions.scoreLabels[definitions.scoreOf[rule.category.name]];
    return `${label} ${scoreText(score[head], error[head])}`;
  }
  function nearestText(payload, head) {
    const rule = ruleOf(payload, head);
    if (!rule) return "";
    const { name, label } = rule.category;
    const whose = definitions.scoreOf[name] === name ? "" : `${label} `;
    const least = name === "delimiter" ? "at least " : "";
    const needed = thresholdDigits(limits(payload)[name]);
    return `${namedScore(payload, head)}; ${whose}needs ${least}${needed}`;
  }

  // assets/views/categories.js
  var Categories = class extends View {
    /** @param {Payload} payload */
    index(payload) {
      return headsOf(payload).detailed;
    }
    /**
     * "Mixed" and "unclassified" need every score of a rule that all tables can have.
     * @param {string} segment
     * @param {string[]} scores
     */
    isMeasured(segment, scores) {
      if (segment === "not_measured") return true;
      const { scoreOf, ruledScores } = definitions;
      const needed = segment in scoreOf ? [
        scoreOf[segment]
      ] : ruledScores;
      return needed.every((score) => scores.includes(score));
    }
    /** @param {Payload} payload */
    borderline(payload) {
      return headsOf(payload).borderline;
    }
    /**
     * @param {Payload} payload
     * @param {Bin} bin
     * @param {number} place
     */
    interval(payload, bin, place2) {
      return headsInterval(payload, this.index(payload), bin, place2);
    }
    /** @param {Payload} payload */
    scores(payload) {
      const { score, error } = headsOf(payload);
      const told3 = (head) => isClaimed(payload, head) ? this.told(payload, head) : nearestText(payload, head);
      return {
        score,
        error,
        order: nearness(payload),
        told: told3
      };
    }
    /**
     * The number of a head that a rule claimed. Its category says which score it is.
     * @param {Payload} payload
     * @param {number} head
     */
    told(payload, head) {
      const { score, error } = headsOf(payload);
      return scoreText(score[head], error[head]);
    }
    /**
     * @param {Payload} payload
     * @param {number[]} heads
     * @returns {string}
     */
    mixedScores(payload, heads2) {
      if (!heads2.every((head) => isClaimed(payload, head))) return "Nearest score";
      const { detailed: detailed2 } = headsOf(payload);
      return new Set(heads2.map((head) => detailed2[head])).size > 1 ? "Score" : "";
    }
    /**
     * @param {Payload} payload
     * @param {number[]} heads
     */
    strongest(payload, heads2) {
      return heads2.some((head) => isClaimed(payload, head)) ? "Strongest" : "Nearest to a category";
    }
  };
  var Groups = class extends Categories {
    /** of: the group of each category, by place. */
    get said() {
      return (
        /** @type {Said & {of: number[]}} */
        super.said
      );
    }
    /** @param {Payload} payload */
    index(payload) {
      const { of: of2 } = this.said;
      return super.index(payload).map((category) => of2[category]);
    }
    /**
     * @param {string} segment
     * @param {string[]} scores
     */
    isMeasured(segment, scores) {
      const { of: of2 } = this.said;
      return categories().some((category, place2) => this.segments[of2[place2]].name === segment && super.isMeasured(category.name, scores));
    }
    /**
     * A group's categories have scores of several kinds: they are named.
     * @param {Payload} payload
     * @param {number} head
     */
    told(payload, head) {
      return namedScore(payload, head);
    }
    mixedScores() {
      return "Score";
    }
  };
  var detailed = new Categories("detailed");
  var grouped = new Groups("grouped");

  // assets/views/operations.js
  var unpackedOperations = /* @__PURE__ */ new WeakMap();
  function readRecords(text, heads2, operations2) {
    const found = Array.from({
      length: heads2
    }, () => []);
    for (let at = 0; at < text.length; at += 6) {
      const number2 = (from, to) => parseInt(text.slice(at + from, at + to), 36);
      found[number2(0, 3)].push({
        ...operations2[number2(3, 4)],
        score: number2(4, 6) * SCORE_UNIT
      });
    }
    return found;
  }
  var operationText = (list) => list.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ");
  function signOfCopying(known2, head) {
    const copying = (list) => list.some(({ family }) => family === "copying");
    const copies = copying(known2.implements[head]);
    const suppresses = copying(known2.suppresses[head]);
    if (copies && suppresses) return "copies and suppresses";
    return copies ? "copies" : suppresses ? "suppresses" : "";
  }
  var SIGNS = {
    copies: "+",
    suppresses: "\u2212",
    "copies and suppresses": "\xB1",
    "": "\u25CB"
  };
  var COLUMNS = [
    {
      field: "sign",
      headerName: "Copying",
      width: 104,
      tooltipField: "sign",
      headerTooltip: "what it does with the token it attends to"
    },
    {
      field: "operations",
      headerName: "Implements",
      width: 240,
      tooltipField: "operations",
      headerTooltip: "all operations from the threshold on"
    },
    {
      field: "suppresses",
      headerName: "Suppresses",
      width: 240,
      tooltipField: "suppresses",
      headerTooltip: "operations it writes the opposite of"
    }
  ];
  var Operations = class extends View {
    get said() {
      return (
        /** @type {Said & Published} */
        super.said
      );
    }
    /**
     * @param {Payload} payload
     * @returns {Known}
     */
    known(payload) {
      const packed = packedFor(payload, "operations");
      if (!unpackedOperations.has(packed)) {
        const read = (text) => readRecords(text, headCount(payload), this.said.list);
        const implemented = read(packed.implements);
        unpackedOperations.set(packed, {
          implements: implemented,
          suppresses: read(packed.suppresses),
          family: this.families(implemented),
          scores: scoresOf(implemented)
        });
      }
      return unpackedOperations.get(packed);
    }
    /** @param {Operation[][]} implemented */
    families(implemented) {
      const names = this.segments.map((segment) => segment.name);
      return implemented.map((list) => list.length ? names.indexOf(list[0].family) : names.length - 1);
    }
    /** @param {Payload} payload */
    index(payload) {
      return this.known(payload).family;
    }
    /** @param {Payload} payload */
    scores(payload) {
      return this.known(payload).scores;
    }
    /**
     * @param {Payload} payload
     * @param {number} head
     */
    hoverLines(payload, head) {
      const known2 = this.known(payload);
      const said3 = (words, list) => list.length ? [
        `${words}: ${operationText(list)}`
      ] : [];
      const sign = signOfCopying(known2, head);
      return [
        ...said3("Implements", known2.implements[head]),
        ...said3("Suppresses", known2.suppresses[head]),
        ...sign ? [
          `With what it attends to: ${sign}`
        ] : []
      ];
    }
    /**
     * The sign of copying on every head with the induction pattern: Map of head to sign.
     * @param {Payload} payload
     */
    inductionSigns(payload) {
      const induction = categories().findIndex((category) => category.name === "induction");
      const known2 = this.known(payload);
      const { detailed: detailed2 } = headsOf(payload);
      const heads2 = [
        ...detailed2.keys()
      ].filter((head) => detailed2[head] === induction);
      return new Map(heads2.map((head) => [
        head,
        signOfCopying(known2, head)
      ]));
    }
    /** @param {Payload} payload */
    marks(payload) {
      const signs = this.inductionSigns(payload);
      return {
        heads: [
          ...signs.keys()
        ],
        texts: [
          ...signs.values()
        ].map((sign) => SIGNS[sign])
      };
    }
    /** @param {Column[]} stored */
    columns([name, number2, ...rest]) {
      return [
        name,
        number2,
        ...COLUMNS,
        ...rest
      ];
    }
    /**
     * @param {Payload} payload
     * @param {number} head
     */
    cells(payload, head) {
      const known2 = this.known(payload);
      return {
        operations: operationText(known2.implements[head]),
        suppresses: operationText(known2.suppresses[head]),
        sign: signOfCopying(known2, head)
      };
    }
    get heading() {
      return "Operations";
    }
    /**
     * @param {Payload} payload
     * @returns {Note[]}
     */
    notes(payload) {
      const { source, url, threshold } = this.said;
      return [
        {
          title: "Operations: ",
          parts: [
            "what heads write rather than what they attend to, by each head's strongest operation. Published scores (",
            {
              text: source,
              href: url
            },
            `), from ${threshold} on; not Headstrata's. ${this.signSentence(payload)}`
          ]
        }
      ];
    }
    /**
     * Copying or suppressing on the heads with the induction pattern, and how the map shows it.
     * @param {Payload} payload
     */
    signSentence(payload) {
      const signs = [
        ...this.inductionSigns(payload).values()
      ];
      if (!signs.length) return "No head has the induction pattern.";
      const count2 = (word) => signs.filter((sign) => sign.includes(word)).length;
      const both = signs.filter((sign) => SIGNS[sign] === "\xB1").length;
      const neither = signs.filter((sign) => !sign).length;
      return `Of the ${plural(signs.length, "head")} with the induction pattern, ${count2("copies")} copy the token they attend to (+ in the map) and ${count2("suppresses")} suppress it (${SIGNS.suppresses})${both ? `, ${both} of them both (\xB1)` : ""}; ${neither} do neither (${SIGNS[""]}).`;
    }
    source() {
      const { source, threshold } = this.said;
      return [
        `operations published by ${source}, from a score of ${threshold}`
      ];
    }
    basis() {
      return [];
    }
    get sentenceLines() {
      return 2;
    }
    /**
     * " By strongest operation: Name copying 30, Word copying 16." of one family.
     * @param {Payload} payload
     * @param {string} segment
     */
    chipRemark(payload, segment) {
      const counts = /* @__PURE__ */ new Map();
      this.known(payload).implements.forEach(([first3]) => {
        if (!first3 || first3.family !== segment) return;
        counts.set(first3.label, (counts.get(first3.label) || 0) + 1);
      });
      const told3 = [
        ...counts
      ].sort(([, one], [, other]) => other - one).map((pair) => pair.join(" "));
      return told3.length ? ` By strongest operation: ${told3.join(", ")}.` : "";
    }
  };
  function scoresOf(implemented) {
    const score = implemented.map((list) => list.length ? list[0].score : NaN);
    const told3 = (head) => implemented[head].slice(0, 1).map((one) => `${scoreText(one.score)} ${one.label}`).join("");
    return {
      score,
      error: [],
      order: score,
      told: told3
    };
  }
  var operations = new Operations("operations");

  // assets/views/catalogue.js
  var VIEWS = [
    detailed,
    grouped,
    operations,
    budget
  ];
  var viewNamed = (name) => (
    /** @type {View} */
    VIEWS.find((view) => view.name === name)
  );
  var viewOf = (payload) => viewNamed(payload.as);

  // assets/views/drawn.js
  var NOT_MEASURED = "not measured";
  var skeletonOf = (payload) => definitions.figures[payload.as];
  function segmentation(payload) {
    const view = viewOf(payload);
    return {
      segments: view.segments,
      index: view.index(payload)
    };
  }
  var binned = (payload, width) => ({
    ...segmentation(payload),
    bins: viewOf(payload).bins(payload, width)
  });
  var wholeBin = (payload) => viewOf(payload).bins(payload, payload.layers)[0];
  var UNMEASURED = "not_measured";
  function unmeasuredHeads(payload) {
    const { segments, index } = segmentation(payload);
    const place2 = segments.findIndex((segment) => segment.name === UNMEASURED);
    return place2 < 0 ? 0 : index.filter((own) => own === place2).length;
  }
  function leftOut(payload) {
    const missing = payload.unmeasured ? 0 : unmeasuredHeads(payload);
    return missing > 0 && missing < segmentation(payload).index.length;
  }
  function drawnOnly(payload, only) {
    if (only?.length || !leftOut(payload)) return only ?? [];
    return segmentation(payload).segments.map(({ name }) => name).filter((one) => one !== UNMEASURED);
  }
  function listedSegments(payload) {
    const { segments, index } = segmentation(payload);
    return segments.map((segment, place2) => ({
      segment,
      place: place2
    })).filter(({ segment, place: place2 }) => !segment.optional || index.includes(place2) || wholeBin(payload).tenths[place2] > 0);
  }
  var isUnknown = (payload, segment, count2) => !count2 && !viewOf(payload).isMeasured(segment.name, payload.scores);
  function amountText(payload, bin, place2, both) {
    const share2 = percentText(bin.tenths[place2]);
    return viewOf(payload).said.countsHeads ? both(bin.counts[place2], share2) : share2;
  }
  function chipCount(payload, whole, place2) {
    if (isUnknown(payload, viewOf(payload).segments[place2], whole.counts[place2])) return "\u2013";
    return amountText(payload, whole, place2, (count2) => count2.toLocaleString("en-US"));
  }
  var heightTitle = (payload, show) => show === "percent" ? `share of ${viewOf(payload).said.shared}` : "# heads";

  // assets/chart/swatch.js
  var swatch = (segment) => element("Span", {
    className: `swatch pattern-${PATTERN_NAMES[segment.pattern] || "plain"}`,
    style: {
      "--swatch": segment.colour,
      "--swatch-ink": segment.ink,
      ...segment.dark ? {
        "--swatch-dark": segment.dark,
        "--swatch-ink-dark": segment.dark_ink
      } : {}
    },
    "aria-hidden": "true"
  });
  var PATTERN_NAMES = {
    "/": "slash",
    "\\": "backslash",
    "|": "bar",
    "-": "dash",
    "+": "plus",
    x: "cross",
    ".": "dot"
  };
  var unmeasured = (why = NOT_MEASURED) => element("Span", {
    className: "nothing",
    title: why
  }, "\u2013", element("Span", {
    className: "visually-hidden"
  }, ` ${why}`));

  // assets/views/segment.js
  function parseSegment(segment) {
    const [start, name] = (segment || "").split(":");
    return segment ? {
      start: Number(start),
      name
    } : null;
  }
  function findSegment(segment, bins, segments) {
    const wanted = parseSegment(segment);
    if (!wanted) return null;
    const bin = bins.findIndex((one) => one.start === wanted.start);
    const place2 = segments.findIndex((one) => one.name === wanted.name);
    return bin < 0 || place2 < 0 ? null : {
      bin,
      place: place2
    };
  }
  function hasSegment(payload, width, segment) {
    if (!segment) return false;
    const { segments, bins } = binned(payload, width);
    return Boolean(findSegment(segment, bins, segments));
  }

  // assets/chart/chart-table.js
  function chartTable(state2) {
    const { payload, selection: selection3 } = state2;
    const { segments, bins } = binned(payload, state2.width);
    const chosen = findSegment(selection3.segment, bins, segments);
    const head = element("Thead", {}, element("Tr", {}, element("Th", {
      scope: "col"
    }, "Layer bin"), ...bins.map((bin) => element("Th", {
      scope: "col"
    }, bin.label))));
    const rows = listedSegments(payload).map(({ segment, place: place2 }) => element("Tr", {}, element("Th", {
      scope: "row"
    }, swatch(segment), segment.label), ...bins.map((bin, at) => element("Td", {}, !bin.total ? unmeasured(NO_ATTENTION) : isUnknown(payload, segment, bin.counts[place2]) ? unmeasured() : chartTableCell(bin, at, segment, place2, chosen, payload)))));
    return element("Table", {}, head, element("Tbody", {}, ...rows));
  }
  function chartTableCell(bin, at, segment, place2, chosen, payload) {
    const [low, high] = viewOf(payload).interval(payload, bin, place2) ?? [
      0,
      0
    ];
    const open3 = low === high ? "" : ` (${low} to ${high})`;
    const text = amountText(payload, bin, place2, (count2, share2) => `${count2} \xB7 ${share2}${open3}`);
    if (!bin.parts[place2]) return element("Span", {
      className: "nothing"
    }, "0");
    return element("Button", {
      type: "button",
      className: "cell",
      "data-segment": `${bin.start}:${segment.name}`,
      "aria-pressed": String(Boolean(chosen && chosen.bin === at && chosen.place === place2)),
      "aria-label": `${segment.label}, layers ${bin.label}: ${text}`
    }, text);
  }
  function summaryOf(state2) {
    const { payload } = state2;
    const { segments, index, bins } = binned(payload, state2.width);
    const { said: said3 } = viewOf(payload);
    const told3 = bins.slice(0, 12).map((bin) => {
      if (!bin.total) return `${bin.label}: ${NO_ATTENTION}.`;
      const amount2 = (place2) => amountText(payload, bin, place2, (count2, share2) => `${count2} (${share2})`);
      const largest2 = [
        ...segments.keys()
      ].filter((place2) => bin.parts[place2]).sort((one, other) => bin.parts[other] - bin.parts[one]).slice(0, 4).map((place2) => `${segments[place2].label} ${amount2(place2)}`);
      return `${bin.label}: ${largest2.join(", ")}.`;
    });
    const more = bins.length > 12 ? ` And ${bins.length - 12} more bins; the table below has all.` : "";
    return `${payload.title}: stacked bars of ${said3.countsHeads ? "" : `the ${said3.shared} of `}${plural(index.length, "attention head")} in ${plural(bins.length, "bin")} of layers. ${told3.join(" ")}${more}`;
  }

  // assets/views/changes.js
  var storedCategories = /* @__PURE__ */ new WeakMap();
  function changedHeads(payload) {
    if (!payload.stored) return [];
    if (!storedCategories.has(payload)) {
      const before = unpack(payload.stored, 1);
      const { detailed: detailed2 } = headsOf(payload);
      const moved = [
        ...before.keys()
      ].filter((head) => before[head] !== detailed2[head]);
      storedCategories.set(payload, moved.map((head) => ({
        head,
        from: before[head],
        to: detailed2[head]
      })));
    }
    return storedCategories.get(payload);
  }
  function changedText(payload) {
    const count2 = changedHeads(payload).length;
    const all = headCount(payload);
    if (!count2) return `None of the ${all.toLocaleString("en-US")} heads changes its category.`;
    const verb = count2 === 1 ? "changes its" : "change their";
    return `${count2.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} heads (${percentOf(count2, all)}) ${verb} category.`;
  }
  function thresholdCounts(payload) {
    const counts = categories().map(() => ({
      now: 0,
      before: 0
    }));
    headsOf(payload).detailed.forEach((place2) => counts[place2].now += 1);
    const before = payload.stored ? unpack(payload.stored, 1) : headsOf(payload).detailed;
    before.forEach((place2) => counts[place2].before += 1);
    return Object.fromEntries(categories().map(({ name }, place2) => [
      name,
      counts[place2]
    ]));
  }
  function countText({ now, before }) {
    const step2 = stepText(now - before);
    const said3 = plural(now, "head");
    return step2 ? `${said3} (${step2})` : said3;
  }
  var stepText = (step2) => step2 ? `${step2 > 0 ? "+" : "\u2212"}${Math.abs(step2)}` : "";

  // assets/chart/chips.js
  function chipList(payload, only) {
    const whole = wholeBin(payload);
    const steps = changesOf(payload, whole);
    const listed2 = listedSegments(payload);
    const isDashed = ({ segment, place: place2 }) => isUnknown(payload, segment, whole.counts[place2]);
    const dashed = listed2.filter(isDashed).map(({ segment }) => segment.label);
    const isDrawn2 = ({ name }) => name !== UNMEASURED || only.includes(name) || !leftOut(payload);
    const chips = listed2.filter((one) => !isDashed(one) && isDrawn2(one.segment)).map(({ segment, place: place2 }) => {
      const pressed = only.includes(segment.name);
      const kinds = {
        chip: true,
        none: !whole.parts[place2],
        dimmed: only.length > 0 && !pressed
      };
      return element("Button", {
        id: `chip-${segment.name}`,
        type: "button",
        className: Object.entries(kinds).filter(([, is]) => is).map(([kind]) => kind).join(" "),
        "data-chip": segment.name,
        "aria-pressed": String(pressed),
        "aria-describedby": "chip-sentence"
      }, swatch(segment), element("Span", {
        className: "chip-label"
      }, segment.short || segment.label), element("Span", {
        className: "chip-count",
        title: percentText(whole.tenths[place2])
      }, chipCount(payload, whole, place2), steps[place2] && element("Span", {
        className: "chip-step"
      }, ` (${steps[place2]})`)));
    });
    return [
      ...chips,
      dashed.length > 0 && notMeasured(dashed)
    ].filter(Boolean);
  }
  var notMeasured = (labels) => element("Span", {
    id: "chips-unmeasured",
    className: "chips-rest",
    title: labels.join(", ")
  }, `${labels.length} ${NOT_MEASURED}`, element("Span", {
    className: "visually-hidden"
  }, `: ${labels.join(", ")}`));
  function changesOf(payload, whole) {
    if (!payload.stored || !viewOf(payload).said.countsHeads) return [];
    const before = wholeBin({
      ...payload,
      detailed: payload.stored,
      stored: void 0
    });
    return whole.counts.map((count2, place2) => stepText(count2 - before.counts[place2]));
  }

  // assets/chart/geometry.js
  var MARGINS = {
    left: 58,
    right: 12,
    top: 26,
    bottom: 46
  };
  function plotBox(graph) {
    const { left, right, top: top2, bottom } = MARGINS;
    return {
      width: Math.max(80, graph.clientWidth - left - right),
      height: Math.max(80, graph.clientHeight - top2 - bottom)
    };
  }
  var plotted = (graph) => (
    /** @type {Plotted} */
    graph.querySelector(".js-plotly-plot")
  );
  var GAP = 0.16;
  function segmentBox(bins, bin, place2, show, top2, payload, box2) {
    const one = bins[bin];
    if (!one.parts[place2]) return null;
    const values = one.counts.map((count2, at) => show === "percent" ? percentHeight(one, at) : count2);
    const below = values.slice(0, place2).reduce((sum, value) => sum + value, 0);
    const { left, top: above } = MARGINS;
    const layer = box2.width / payload.layers;
    const wide = one.stop - one.start;
    const y = (value) => above + box2.height * (1 - value / top2);
    return {
      left: `${left + (one.start + wide * GAP / 2) * layer}px`,
      width: `${wide * (1 - GAP) * layer}px`,
      top: `${y(below + values[place2])}px`,
      height: `${box2.height * values[place2] / top2}px`
    };
  }
  function binOf(point) {
    const [, start, stop] = (
      /** @type {RegExpExecArray} */
      /\[(\d+), (\d+)\)/.exec(point.customdata[0])
    );
    return {
      start: Number(start),
      stop: Number(stop)
    };
  }

  // assets/chart/theme.js
  var colours = /* @__PURE__ */ new Map();
  function colour(name) {
    const key = `${document.documentElement.dataset.theme} ${name}`;
    if (!colours.has(key)) {
      const style = getComputedStyle(document.documentElement);
      colours.set(key, style.getPropertyValue(`--${name}`).trim());
    }
    return colours.get(key);
  }
  var paint = (segment) => segment.dark && document.documentElement.dataset.theme === "dark" ? {
    colour: segment.dark,
    ink: segment.dark_ink
  } : segment;
  function painted(trace, segment) {
    const { colour: colour2, ink } = paint(segment);
    if (colour2 === segment.colour) return trace;
    const pattern = {
      ...trace.marker.pattern,
      fgcolor: ink
    };
    return {
      ...trace,
      marker: {
        ...trace.marker,
        color: colour2,
        pattern
      },
      textfont: {
        ...trace.textfont,
        color: ink
      }
    };
  }
  function tinted(template) {
    const axis = {
      gridcolor: colour("grid"),
      linecolor: colour("line"),
      tickcolor: colour("line")
    };
    const layout = template.layout;
    return {
      layout: {
        ...layout,
        paper_bgcolor: colour("surface"),
        plot_bgcolor: colour("surface"),
        font: {
          ...layout.font,
          color: colour("ink")
        },
        xaxis: {
          ...layout.xaxis,
          ...axis,
          tickfont: {
            ...layout.xaxis.tickfont,
            color: colour("ink-2")
          }
        },
        yaxis: {
          ...layout.yaxis,
          ...axis,
          tickfont: {
            ...layout.yaxis.tickfont,
            color: colour("ink-2")
          }
        },
        hoverlabel: {
          ...layout.hoverlabel,
          bgcolor: colour("raised"),
          bordercolor: colour("line-strong"),
          font: {
            ...layout.hoverlabel.font,
            color: colour("ink")
          }
        }
      }
    };
  }

  // assets/chart/edges.js
  var LINE = 3;
  var INSET = 4;
  var NARROW = 0.2;
  function edgeTrace({ bins, scale, show, payload, only }, segments) {
    const borderline = viewOf(payload).borderline(payload);
    const marks = borderline ? bins.flatMap((bin) => {
      const wide = (bin.stop - bin.start) * (1 - GAP);
      const right = bin.stop - 0.5 - (bin.stop - bin.start) * GAP / 2;
      const [line2, inset] = [
        LINE,
        INSET
      ].map((px2) => Math.min(px2 / scale.perLayer, NARROW * wide));
      let top2 = 0;
      return bin.members.flatMap((members, place2) => {
        if (only.length && !only.includes(segments[place2].name)) return [];
        const count2 = members.filter((head) => borderline[head]).length;
        const height2 = show === "percent" ? percentHeight(bin, place2) : bin.counts[place2];
        top2 += height2;
        if (!count2) return [];
        const y = height2 * count2 / members.length;
        return [
          {
            x: right - inset - line2 / 2,
            y,
            base: top2 - y,
            line: line2
          }
        ];
      });
    }) : [];
    return {
      type: "bar",
      x: marks.map(({ x }) => x),
      y: marks.map(({ y }) => y),
      base: marks.map(({ base }) => base),
      width: marks.map(({ line: line2 }) => line2),
      marker: {
        color: colour("surface"),
        line: {
          width: 0
        }
      },
      hoverinfo: "skip",
      showlegend: false,
      visible: marks.length > 0
    };
  }

  // assets/chart/text.js
  var widths = /* @__PURE__ */ new Map();
  var ruler = null;
  function textWidth(text) {
    const known2 = widths.get(text);
    if (known2 !== void 0) return known2;
    ruler ??= /** @type {CanvasRenderingContext2D} */
    document.createElement("canvas").getContext("2d");
    ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const { width } = ruler.measureText(text);
    widths.set(text, width);
    return width;
  }

  // assets/views/scores.js
  var viewScores = (payload) => viewOf(payload).scores(payload);
  function byScore(payload, members) {
    const { order } = viewScores(payload);
    return members.filter((head) => Number.isFinite(order[head])).sort((one, other) => order[other] - order[one] || one - other);
  }
  function inOrder(payload, members) {
    const scored = byScore(payload, members);
    return scored.concat(members.filter((head) => !scored.includes(head)));
  }

  // assets/chart/bars.js
  var NO_INTERVAL = "<br>no interval: no standard errors are known";
  var STRONGEST = 4;
  var SLIM = 3;
  var TEXT_HEIGHT = 15;
  var TEXT_PADDING = 6;
  function chartFigure(state2) {
    const { payload, show, selection: selection3, box: box2 } = state2;
    const skeleton = skeletonOf(payload).chart;
    const { segments, bins } = binned(payload, state2.width);
    const scale = chartScale(bins, payload, show, selection3.only, segments, box2);
    const chosen = findSegment(selection3.segment, bins, segments);
    const drawn3 = {
      bins,
      show,
      scale,
      chosen,
      payload,
      only: selection3.only
    };
    return {
      data: [
        ...skeleton.data.map((trace, place2) => barTrace(painted(trace, segments[place2]), place2, drawn3)),
        edgeTrace(drawn3, segments)
      ],
      layout: chartLayout(skeleton.layout, {
        bins,
        scale,
        show,
        payload
      })
    };
  }
  function chartScale(bins, payload, show, only, segments, box2) {
    const alone = [
      ...segments.keys()
    ].filter((place2) => only.includes(segments[place2].name));
    const heights2 = bins.map((bin) => barHeight(bin, show, alone));
    const tallest = Math.max(...heights2, 1e-9);
    const top2 = show === "percent" && !alone.length ? 100 : tallest * 1.04;
    return {
      top: top2,
      perUnit: box2.height / top2,
      perLayer: box2.width / payload.layers
    };
  }
  var barHeights = (bins, place2, show) => bins.map((bin) => show === "percent" ? percentHeight(bin, place2) : bin.counts[place2]);
  var fitsText = (text, wide, high) => high >= TEXT_HEIGHT && wide >= textWidth(text) + TEXT_PADDING;
  function barHeight(bin, show, alone) {
    if (!alone.length) return show === "percent" ? 100 : bin.total;
    const height2 = (place2) => show === "percent" ? percentHeight(bin, place2) : bin.counts[place2];
    return alone.reduce((sum, place2) => sum + height2(place2), 0);
  }
  function barTrace(trace, place2, state2) {
    const { bins, show, scale, chosen, payload, only } = state2;
    const hidden = only.length > 0 && !only.includes(trace.meta);
    const unit = (bin) => show === "percent" ? percentHeight(bin, place2) : bin.counts[place2];
    const width = (bin) => (bin.stop - bin.start) * (1 - GAP);
    const marked = (bin) => chosen && chosen.bin === bin && chosen.place === place2;
    const edge = colour("segment-edge");
    const thin = width(bins[0]) * scale.perLayer < 16 ? 0.5 : 1;
    const isSlim = (bin) => bin.parts[place2] > 0 && unit(bin) * scale.perUnit < SLIM;
    const slim = bins.some(isSlim);
    const each = (marks, usual) => chosen || slim ? bins.map((_, bin) => marks(bin)) : usual;
    return {
      ...trace,
      visible: !hidden && bins.some((bin) => bin.parts[place2]),
      x: bins.map((bin) => (bin.start + bin.stop - 1) / 2),
      y: bins.map((bin) => hidden ? 0 : unit(bin)),
      width: bins.map(width),
      text: bins.map((bin) => {
        const text = percentText(bin.tenths[place2]);
        const fits = fitsText(text, width(bin) * scale.perLayer, unit(bin) * scale.perUnit);
        return fits && !hidden && bin.parts[place2] ? text : "";
      }),
      customdata: bins.map((bin) => [
        bin.label,
        bin.counts[place2].toLocaleString("en-US"),
        percentText(bin.tenths[place2]),
        strongestText(payload, bin.members[place2]),
        trace.meta,
        intervalText(payload, bin, place2)
      ]),
      textfont: {
        ...trace.textfont,
        color: chosen ? bins.map((_, bin) => marked(bin) ? trace.textfont.color : colour("ink")) : trace.textfont.color
      },
      marker: {
        ...trace.marker,
        opacity: chosen ? bins.map((_, bin) => marked(bin) ? 1 : 0.38) : 1,
        line: {
          color: each((bin) => marked(bin) ? colour("ink") : isSlim(bins[bin]) ? trace.marker.color : edge, edge),
          width: each((bin) => marked(bin) ? 2.5 : isSlim(bins[bin]) ? 1.5 : thin, thin)
        }
      }
    };
  }
  function intervalText(payload, bin, place2) {
    if (!bin.counts[place2]) return "";
    const view = viewOf(payload);
    const found = view.interval(payload, bin, place2);
    if (!found) {
      return payload.chances === null && view.said.by.includes("category") ? NO_INTERVAL : "";
    }
    const [low, high] = found;
    if (low === high) return "<br>none near a threshold that could change the number";
    return `<br>95% interval ${low.toLocaleString("en-US")} to ${plural(high, "head")}, from the scores\u2019 standard errors`;
  }
  function strongestText(payload, members) {
    const view = viewOf(payload);
    const { told: told3 } = view.scores(payload);
    const named = byScore(payload, members).slice(0, STRONGEST);
    if (!named.length) return "";
    const lines = named.map((head) => `${headName(payload, head)}  ${told3(head)}`);
    return `<br><br>${view.strongest(payload, named)}:<br>${lines.join("<br>")}`;
  }
  function chartLayout(layout, { bins, scale, show, payload }) {
    const shown5 = everyNth(bins, scale.perLayer);
    return {
      ...layout,
      template: tinted(layout.template),
      title: {
        text: payload.t ? "What if" : ""
      },
      meta: {
        title: escapeHtml(payload.title) + (payload.t ? " \xB7 what if" : "")
      },
      autosize: true,
      xaxis: {
        ...layout.xaxis,
        range: [
          -0.5,
          payload.layers - 0.5
        ],
        tickvals: shown5.map((bin) => (bin.start + bin.stop - 1) / 2),
        ticktext: shown5.map((bin) => bin.label)
      },
      yaxis: {
        ...layout.yaxis,
        range: [
          0,
          scale.top
        ],
        ticksuffix: show === "percent" ? "%" : "",
        ...show !== "percent" && scale.top < 6 && {
          dtick: 1
        },
        title: {
          text: heightTitle(payload, show)
        }
      }
    };
  }
  function everyNth(bins, perLayer) {
    const end = bins[bins.length - 1].stop * perLayer + MARGINS.right;
    const fits = ({ start, stop, label }) => (start + stop) / 2 * perLayer + textWidth(label) / 2 <= end;
    const widest = Math.max(...bins.map((bin) => textWidth(bin.label))) + 10;
    const step2 = Math.ceil(widest / ((bins[0].stop - bins[0].start) * perLayer));
    return bins.filter((bin, place2) => place2 % step2 === 0 && (bins.length === 1 || fits(bin)));
  }

  // assets/chart/sketch.js
  var STROKES = {
    // as app/picture/canvas.py: path in a tile of 7 px, width of its stroke
    "/": [
      "M-1 1 L1 -1 M0 7 L7 0 M6 8 L8 6",
      1
    ],
    "\\": [
      "M-1 6 L1 8 M0 0 L7 7 M6 -1 L8 1",
      1
    ],
    x: [
      "M0 7 L7 0 M0 0 L7 7",
      0.5
    ],
    "|": [
      "M3.5 0 V7",
      1
    ],
    "-": [
      "M0 3.5 H7",
      1
    ],
    "+": [
      "M3.5 0 V7 M0 3.5 H7",
      0.5
    ],
    ".": [
      "M3.5 3.5 h0.01",
      3
    ]
  };
  var canSketch = ({ selection: selection3 }) => !selection3.segment;
  function sketch(graph, state2) {
    const frame = (
      /** @type {HTMLElement} */
      graph.parentElement
    );
    let place2 = frame.querySelector(".sketch");
    if (!place2) {
      place2 = document.createElement("div");
      place2.className = "first-chart sketch";
      place2.setAttribute("aria-hidden", "true");
      graph.after(place2);
    }
    const title = plotted(graph).layout.title?.text || "";
    place2.innerHTML = picture(state2, title);
  }
  var unsketch = (graph) => graph.parentElement?.querySelector(".sketch")?.remove();
  function picture(state2, title) {
    const { payload, show, box: box2, selection: { only } } = state2;
    const { segments, bins } = binned(payload, state2.width);
    const scale = chartScale(bins, payload, show, only, segments, box2);
    const labels = ticks(scale.top, box2, show === "percent" ? "%" : "");
    const widest = Math.max(...labels.map(([, text]) => textWidth(text)));
    const below = bins.map(() => 0);
    const stacks = segments.map((segment, place2) => only.length && !only.includes(segment.name) ? NONE : stack(segment, place2, {
      bins,
      show,
      scale,
      below,
      box: box2
    }));
    return [
      `<p class="first-title">${title}</p>`,
      '<svg class="first-plot"><defs>',
      ...stacks.map(({ pattern }) => pattern),
      "</defs>",
      ...heights(labels, scale, box2),
      ...everyNth(bins, scale.perLayer).map((bin) => binName(bin, scale.perLayer, box2)),
      ...stacks.map(({ bars }) => bars),
      ...stacks.map(({ texts }) => texts),
      `<text class="first-axis" x="${box2.width / 2}" y="${box2.height}" dy="39">Layer bin</text>`,
      `<text class="first-axis" transform="translate(${-widest - 19.7} ${box2.height / 2}) rotate(-90)">`,
      `${heightTitle(payload, show)}</text></svg>`
    ].join("");
  }
  var NONE = {
    pattern: "",
    bars: "",
    texts: ""
  };
  function stack(segment, place2, { bins, show, scale, below, box: box2 }) {
    const { colour: colour2, ink } = paint(segment);
    let path = "", texts = "";
    barHeights(bins, place2, show).forEach((value, at) => {
      if (!value) return;
      const bin = bins[at];
      const wide = (bin.stop - bin.start) * (1 - GAP) * scale.perLayer;
      const x = (bin.start + (bin.stop - bin.start) * GAP / 2) * scale.perLayer;
      const high = value * scale.perUnit;
      below[at] += value;
      const y = box2.height - below[at] * scale.perUnit;
      path += `M${px(x)} ${px(y)}h${px(wide)}v${px(high)}h${px(-wide)}z`;
      const text = percentText(bin.tenths[place2]);
      if (!fitsText(text, wide, high)) return;
      texts += `<text x="${px(x + wide / 2)}" y="${px(y + high / 2)}" dy="4">${text}</text>`;
    });
    const thin = (bins[0].stop - bins[0].start) * (1 - GAP) * scale.perLayer < 16 ? 0.5 : 1;
    const [lines, stroke] = STROKES[
      /** @type {keyof typeof STROKES} */
      segment.pattern
    ] || [];
    const name = `sketch-${segment.name}`;
    const over = lines ? `<path d="${path}" fill="url(#${name})"/>` : "";
    return {
      pattern: lines && path ? `<pattern id="${name}" width="7" height="7" patternUnits="userSpaceOnUse"><path d="${lines}" stroke="${ink}" stroke-width="${stroke}" stroke-opacity="0.2" stroke-linecap="round"/></pattern>` : "",
      bars: path && `<path d="${path}" fill="${colour2}" class="sketch-bar" stroke-width="${thin}"/>${over}`,
      texts: texts && `<g style="--on:${ink}" class="first-percents">${texts}</g>`
    };
  }
  function ticks(top2, box2, unit) {
    const step2 = tick(top2, box2.height);
    return [
      ...Array(Math.floor(top2 / step2 + 1e-9) + 1).keys()
    ].map((at) => [
      at * step2,
      `${(at * step2).toLocaleString("en-US")}${unit}`
    ]);
  }
  var heights = (labels, { perUnit }, { width, height: height2 }) => labels.map(([value, text]) => {
    const y = px(height2 - value * perUnit);
    return `<g class="first-tick"><path class="line" d="M0 ${y}H${width}"/><path d="M-4 ${y}h4"/><text x="-7.4" y="${y}" dy="4">${text}</text></g>`;
  });
  function tick(top2, height2) {
    if (top2 < 6) return 1;
    const rough = top2 / (Math.min(9, Math.max(4, height2 / 40)) + 1);
    const power = 10 ** Math.floor(Math.log10(rough));
    const nice = [
      1,
      2,
      5
    ].find((one) => power * one >= rough * (1 - 1e-9)) || 10;
    return power * nice;
  }
  function binName(bin, perLayer, { height: height2 }) {
    const x = px((bin.start + bin.stop) / 2 * perLayer);
    return `<g class="first-tick bin"><path d="M${x} ${height2}v4"/><text x="${x}" y="${height2}" dy="19.4">${bin.label}</text></g>`;
  }
  var px = (number2) => Math.round(number2 * 100) / 100;

  // assets/dash/dom.js
  function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`The page has no element #${id}.`);
    return found;
  }
  var closest = ({ target }, selector) => target instanceof Element ? target.closest(selector) : null;
  var toggledDetails = ({ target }) => target instanceof HTMLDetailsElement ? target : null;
  var detailsById = (id) => (
    /** @type {HTMLDetailsElement} */
    byId(id)
  );
  var markBusy = (id, busy) => byId(id).setAttribute("aria-busy", String(busy));

  // assets/chart/overlays.js
  var LEAST = 6;
  var linesHelp = (layers, width, px2) => width > 1 && px2 * width / layers >= LEAST;
  function placeBinLines(payload, width) {
    const inner = byId("map-inner");
    const lines = (
      /** @type {HTMLElement} */
      inner.querySelector(".bin-lines")
    );
    lines.hidden = !linesHelp(payload.layers, width, lines.clientWidth || inner.clientWidth - 70);
    inner.style.setProperty("--bin-share", `${100 * width / payload.layers}%`);
    inner.style.setProperty("--layers", String(payload.layers));
    inner.style.setProperty("--per-layer", String(payload.heads));
  }
  function lightUp(name, box2) {
    const light = byId(name);
    light.classList.toggle("on", Boolean(box2));
    if (box2) Object.assign(light.style, box2);
  }
  function placeChosenCell(head) {
    const cell = byId("map-chosen");
    const [layer, row3] = parseHead(head);
    cell.classList.toggle("on", Boolean(head));
    cell.style.setProperty("--layer", String(layer || 0));
    cell.style.setProperty("--row", String(row3 || 0));
  }

  // assets/chart/reading.js
  function readingText({ payload, show, width }) {
    const view = viewOf(payload);
    const { bins } = binned(payload, width);
    const [first3, last3] = [
      bins[0],
      bins[bins.length - 1]
    ];
    const [wide, rest] = [
      first3.stop - first3.start,
      last3.stop - last3.start
    ];
    const borderline = view.borderline(payload);
    return [
      view.said.countsHeads && show === "count" && "Height: heads; in the bars: share of the bin.",
      borderline?.includes(1) && "The line inside a segment: its borderline heads, whose category could flip within two standard errors.",
      rest < wide && `The last bar is narrower: ${last3.label} has ${plural(rest, "layer")}.`
    ].filter(Boolean).join(" ");
  }

  // assets/chart/plot.js
  var resized = null;
  var drawnSize = /* @__PURE__ */ new WeakMap();
  function whenPlotly(run) {
    if (window.Plotly) run();
    else document.getElementById("plotly")?.addEventListener("load", run, {
      once: true
    });
  }
  var sizeOf = (place2) => `${place2.clientWidth} x ${place2.clientHeight}`;
  function plot(place2, { data, layout }) {
    whenPlotly(() => plotNow(place2, {
      data,
      layout
    }));
  }
  function plotNow(place2, { data, layout }) {
    resized = resized || new ResizeObserver(fit);
    drawnSize.set(place2, sizeOf(place2));
    const own = {
      ...structuredClone(layout),
      autosize: true
    };
    window.Plotly.react(place2, data, own, definitions.config);
    resized.observe(place2);
  }
  function fit(entries) {
    entries.forEach(({ target }) => {
      const graph = (
        /** @type {Plotted} */
        target
      );
      if (!graph.data || !graph.clientWidth || drawnSize.get(graph) === sizeOf(graph)) return;
      drawnSize.set(graph, sizeOf(graph));
      window.Plotly.Plots.resize(graph);
    });
  }

  // assets/dash/props.js
  var keep = () => window.dash_clientside.no_update;
  var getProps = (id) => window.dash_component_api.getLayout(id).props;
  var setProps = (id, props) => window.dash_clientside.set_props(id, props);
  var getData = (id) => getProps(id).data;
  var setData = (id, data) => setProps(id, {
    data
  });
  function registerCallbacks(callbacks) {
    window.dash_clientside ??= /** @type {DashClientside} */
    {};
    window.dash_clientside.headstrata = callbacks;
  }

  // assets/chart/viewport.js
  var RESIZED_MS = 120;
  var measure = () => ({
    width: window.innerWidth,
    height: window.innerHeight,
    theme: document.documentElement.dataset.theme || null
  });
  var drawAgain = (why = {}) => setData("viewport", {
    ...measure(),
    ...why
  });
  function watchWindow() {
    let resting;
    window.addEventListener("resize", () => {
      clearTimeout(resting);
      resting = setTimeout(drawAgain, RESIZED_MS);
    });
  }

  // assets/dash/timing.js
  var REST_MS = 220;
  var timers = /* @__PURE__ */ new Map();
  var sent = /* @__PURE__ */ new Map();
  var dragged = false;
  function watchDrag() {
    document.addEventListener("pointerdown", (event) => {
      dragged = Boolean(closest(event, "#bin-width"));
    });
    const release = () => {
      dragged = false;
    };
    document.addEventListener("pointerup", release);
    document.addEventListener("pointercancel", release);
  }
  function debounce(name, run) {
    clearTimeout(timers.get(name));
    const attempt = () => {
      if (dragged) timers.set(name, setTimeout(attempt, REST_MS));
      else run();
    };
    timers.set(name, setTimeout(attempt, REST_MS));
  }
  function throttle(name, wait, run) {
    clearTimeout(timers.get(name));
    const due = Math.max(0, (sent.get(name) || 0) + wait - performance.now());
    const now = () => {
      sent.set(name, performance.now());
      run();
    };
    timers.set(name, setTimeout(now, due));
  }
  var forget = (name) => clearTimeout(timers.get(name));

  // assets/chart/draw.js
  var chart = () => byId("head-chart");
  var watched = null;
  var drawn = null;
  var drawnChart = () => drawn;
  function draw(state2) {
    if (!drawn) watchFrame();
    drawn = state2;
    whenPlotted();
    placeBinLines(state2.payload, state2.width);
    byId("chart-reading").textContent = readingText(state2);
    return chartFigure(state2);
  }
  function redraw(changes) {
    if (!drawn || !plotted(chart())) return;
    const { data, layout } = draw({
      ...drawn,
      ...changes
    });
    window.Plotly.react(plotted(chart()), data, layout);
  }
  function follow(width) {
    if (!drawn || !plotted(chart())) return;
    const state2 = {
      ...drawn,
      width
    };
    if (!canSketch(state2)) return redraw({
      width
    });
    drawn = state2;
    placeBinLines(state2.payload, width);
    byId("chart-reading").textContent = readingText(state2);
    sketch(chart(), state2);
    debounce("chart", () => redraw({}));
  }
  function whenPlotted() {
    forget("chart");
    const graph = plotted(chart());
    if (!graph || graph === watched) return;
    watched = graph;
    graph.on("plotly_afterplot", () => unsketch(chart()));
  }
  var chartBox = () => plotBox(chart());
  function watchFrame() {
    new ResizeObserver(() => {
      const now = chartBox();
      if (drawn?.box.width === now.width && drawn?.box.height === now.height) return;
      debounce("viewport", () => drawAgain(now));
    }).observe(chart());
  }
  function drawIn(name, figure) {
    const [place2] = byId(name).children;
    plot(place2, figure);
  }

  // assets/dash/questions.js
  var asked = {};
  var same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  function ask(store, next) {
    if (same(asked[store], next)) return;
    asked[store] = next;
    setData(store, next);
  }
  var lastAsked = (store) => asked[store];
  var askAllAgain = () => Object.entries(asked).forEach(([store, data]) => setData(store, data));
  var isAbout = (answer, table2) => answer && answer.model === table2.name && answer.stamp === table2.stamp;
  var aboutDrawn = ({ name, stamp, layers, as, t }, width) => ({
    model: name,
    stamp,
    width: Math.min(width, layers),
    taxonomy: as,
    t
  });

  // assets/views/measures.js
  var HOW_TO_MEASURE = "The command headstrata classify MODEL --evidence measures them.";
  var DIGITS = 3;
  var columnNames = () => [
    ...Object.keys(definitions.scoreLabels),
    ...Object.keys(definitions.measures)
  ];
  var effectNames = () => Object.keys(definitions.measures).filter((name) => definitions.measures[name].effect);
  var isMeasure = (name) => Object.hasOwn(definitions.measures, name);
  var isOffered = ({ measures }, name) => !isMeasure(name) || measures.includes(name);
  var isMeasured = ({ scores, measures }, name) => scores.includes(name) || measures.includes(name);
  var columnLabel = (name) => isMeasure(name) ? definitions.measures[name].label : definitions.scoreLabels[name];
  var axisTitle = (name) => isMeasure(name) ? `${columnLabel(name)} (${definitions.measures[name].unit})` : columnLabel(name);
  var numberText = (name, value) => isMeasure(name) ? signed(value.toFixed(DIGITS)) : value.toFixed(2);
  function valueText(name, value, error) {
    if (!isMeasure(name)) return scoreText(value, error);
    const known2 = Number.isFinite(error) ? ` \xB1 ${error.toFixed(DIGITS)}` : "";
    return `${numberText(name, value)}${known2}`;
  }
  var signed = (text) => Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
  var numbersOf = (numbers) => typeof numbers === "string" ? unpack(numbers, 2, SCORE_UNIT) : numbers.map((number2) => number2 ?? NaN);

  // assets/chart/coloured.js
  var colouredBy = (payload, by) => by && isMeasured(payload, by) ? by : null;
  var drawnColour = (payload, by, measured) => measured && colouredBy(payload, by) === measured.measure && isAbout(measured, payload) ? measured : null;
  var lacksColour = (payload, by) => by && !isMeasured(payload, by) ? `This table has no ${columnLabel(by)} (colour=${by}): its map shows the categories.` : "";
  var shadeOf = (value) => value === null || value === void 0 ? null : Math.sign(value) * Math.sqrt(Math.abs(value));
  var largest = ({ values }) => Math.max(...values.map((value) => Math.abs(value ?? 0)));
  var SIDES = [
    "map-below",
    "map-zero",
    "map-above"
  ];
  function scaleOf(measured) {
    const end = shadeOf(largest(measured)) || 1;
    return {
      zmin: -end,
      zmax: end,
      colorscale: SIDES.map((side3, at) => [
        at / 2,
        colour(side3)
      ])
    };
  }
  function measuredText({ measure: measure2, values, errors }, head) {
    const value = values[head];
    if (value === null) return `${columnLabel(measure2)}: \u2013 (not measured)`;
    const { unit } = definitions.measures[measure2];
    return `${columnLabel(measure2)}: ${valueText(measure2, value, errors[head] ?? NaN)} ${unit}`;
  }
  function colourChoice(payload, by) {
    if (!payload.measures.length) return null;
    const options = [
      element("Option", {
        value: ""
      }, "category"),
      ...payload.measures.map((name) => {
        const label = columnLabel(name);
        return element("Option", {
          value: name
        }, label[0].toLowerCase() + label.slice(1));
      })
    ];
    const select3 = {
      id: "colour-by",
      value: colouredBy(payload, by) ?? ""
    };
    return element("Label", {}, "Colour by", element("Select", select3, ...options));
  }
  function scaleBar(measured) {
    const { measure: measure2, values } = measured;
    const { unit, sense } = definitions.measures[measure2];
    const end = largest(measured);
    const ticks2 = [
      -end,
      -end / 4,
      0,
      end / 4,
      end
    ].map((value) => tickText(value, end));
    const missing = values.includes(null) ? " A dash: not measured." : "";
    return element("Div", {
      className: "map-scale"
    }, element("Span", {
      className: "map-scale-colours"
    }, element("Span", {
      className: "map-scale-bar",
      "aria-hidden": "true"
    }), element("Span", {
      className: "map-scale-ticks"
    }, ...ticks2.map((text) => element("Span", {}, text)))), element("Span", {
      className: "map-scale-unit"
    }, `${unit}; ${sense}. Colours go by the square root.${missing}`));
  }
  function tickText(value, end) {
    if (value === 0) return "0";
    return `${value > 0 ? "+" : "\u2212"}${Math.abs(value).toFixed(end >= 1 ? 1 : 3)}`;
  }

  // assets/chart/headmap.js
  var ABOVE_MAP = 596;
  var LOWEST = 56;
  var HIT = 6;
  var MANY = 40;
  var SMALL = 640;
  function mapFigure({ payload, selection: selection3, coloured }) {
    const skeleton = skeletonOf(payload).map;
    const { segments, index } = segmentation(payload);
    const [cells, dots] = skeleton.data;
    const { only } = selection3;
    const at = (layer, head) => head < layerHeads(payload, layer) ? rowOf(payload, layer, head) : NaN;
    const layers = [
      ...Array(payload.layers).keys()
    ];
    const rows = [
      ...Array(payload.heads).keys()
    ];
    const cell = cellSize(payload);
    const shown5 = (head) => !only.length || only.includes(segments[index[head]]?.name);
    const value = (head) => coloured ? shadeOf(coloured.values[head]) : index[head] ?? null;
    return {
      data: [
        {
          ...cells,
          ...coloured ? scaleOf(coloured) : {
            colorscale: mapColours(cells.colorscale, segments)
          },
          x: layers,
          y: rows,
          xgap: cell.width < 4 ? 0 : 1,
          ygap: cell.height < 4 ? 0 : 1,
          z: rows.map((head) => layers.map((layer) => {
            const row3 = at(layer, head);
            return shown5(row3) ? value(row3) : null;
          })),
          text: rows.map((head) => layers.map((layer) => {
            const row3 = at(layer, head);
            return Number.isNaN(row3) ? gapText(payload, layer) : headText(payload, row3, coloured);
          }))
        },
        {
          ...dots,
          ...coloured ? dashes(payload, coloured, shown5) : mapMarks(payload, shown5)
        }
      ],
      layout: mapLayout(skeleton.layout, payload)
    };
  }
  var mapColours = (scale, segments) => scale.map(([at], stop) => [
    at,
    paint(segments[Math.floor(stop / 2)]).colour
  ]);
  function mapMarks(payload, shown5) {
    const { segments, index } = segmentation(payload);
    const { heads: heads2, texts } = viewOf(payload).marks(payload);
    const marked = heads2.filter(shown5);
    const inks = marked.map((head) => paint(segments[index[head]]).ink);
    return {
      x: marked.map((head) => layerOf(payload, head)),
      y: marked.map((head) => headOf(payload, head)),
      ...texts ? {
        mode: "text",
        text: texts.filter((_, at) => shown5(heads2[at])),
        textfont: {
          size: signSize(payload),
          color: inks
        }
      } : {
        marker: {
          size: 3.5,
          color: inks
        }
      }
    };
  }
  function dashes(payload, { values }, shown5) {
    const heads2 = [
      ...values.keys()
    ].filter((head) => values[head] === null && shown5(head));
    return {
      x: heads2.map((head) => layerOf(payload, head)),
      y: heads2.map((head) => headOf(payload, head)),
      mode: "text",
      text: heads2.map(() => "\u2013"),
      textfont: {
        size: signSize(payload),
        color: colour("ink-2")
      }
    };
  }
  function signSize(payload) {
    const { clientWidth } = byId("map-inner");
    return Math.max(8, Math.min(15, (clientWidth - 70) / payload.layers * 0.85));
  }
  function cellSize(payload) {
    const { clientWidth } = byId("map-inner");
    return {
      width: (clientWidth - 70) / payload.layers,
      height: (mapHeight(payload, clientWidth) - 46) / payload.heads
    };
  }
  var tickStep = (cell, room) => 2 ** Math.max(0, Math.ceil(Math.log2(room / Math.max(cell, 0.1))));
  function mapLayout(layout, payload) {
    const cell = cellSize(payload);
    return {
      ...layout,
      template: tinted(layout.template),
      plot_bgcolor: colour("cell-gap"),
      autosize: true,
      xaxis: {
        ...layout.xaxis,
        range: [
          -0.5,
          payload.layers - 0.5
        ],
        tick0: 0,
        dtick: tickStep(cell.width, payload.layers > 100 ? 33 : 26)
      },
      yaxis: {
        ...layout.yaxis,
        range: [
          payload.heads - 0.5,
          -0.5
        ],
        tick0: 0,
        dtick: tickStep(cell.height, 17)
      }
    };
  }
  function headText(payload, head, coloured) {
    const { detailed: detailed2, score, error, runnerUp, margin, borderline } = headsOf(payload);
    const own = categories()[detailed2[head]];
    const claimed = isClaimed(payload, head);
    const value = claimed ? scoreText(score[head], error[head]) : "";
    const nearest = claimed ? "" : nearestText(payload, head);
    const rival = categories()[runnerUp[head]];
    const lines = [
      `<b>${headName(payload, head)}</b>  ${own.label}${value && `  ${value}`}`
    ];
    if (coloured) lines.push(measuredText(coloured, head));
    if (nearest) lines.push(`Nearest: ${nearest}`);
    else if (rival) lines.push(`Runner-up: ${rival.label}, margin ${margin[head].toFixed(2)}`);
    if (borderline[head]) lines.push("Borderline: could flip within two standard errors");
    return [
      ...lines,
      ...viewOf(payload).hoverLines(payload, head)
    ].join("<br>");
  }
  function gapText(payload, layer) {
    const heads2 = layerHeads(payload, layer);
    return `<b>Layer ${layer}</b>  ${heads2 ? `has ${plural(heads2, "head")}` : "has no attention"}`;
  }
  function mapHeight(payload, width) {
    const cell = Math.min(26, Math.max(10, (width - 70) / payload.layers));
    const room = Math.max(190, window.innerHeight - ABOVE_MAP);
    const most = width < SMALL ? 560 : Math.min(560, room);
    const least = payload.heads > MANY ? payload.heads * HIT : LOWEST;
    const cells = Math.max(least, Math.min(most - 46, payload.heads * cell));
    return Math.round(cells + 46);
  }

  // assets/chart/unmeasured.js
  var count = (number2) => number2.toLocaleString("en-US");
  function unmeasuredText(payload) {
    const missing = unmeasuredHeads(payload);
    if (!missing) return "";
    const [verb, rest] = leftOut(payload) ? [
      " and not drawn",
      " Percentages are of all heads of a bin."
    ] : [
      "",
      ""
    ];
    const are = missing === 1 ? "is" : "are";
    return `${count(missing)} of ${count(headCount(payload))} heads ${are} not measured${verb}.${rest}`;
  }
  function unmeasuredNote(payload) {
    const text = unmeasuredText(payload);
    if (!text) return [];
    const button2 = element("Button", {
      type: "button",
      className: "head-link",
      "data-action": "unmeasured"
    }, leftOut(payload) ? "Draw them" : "Leave them out");
    const only = unmeasuredHeads(payload) === headCount(payload);
    return [
      element("P", {
        className: "view-note",
        id: "unmeasured-note"
      }, `${text} `, !only && button2)
    ];
  }
  function watchUnmeasured() {
    document.addEventListener("click", (event) => {
      if (closest(event, "[data-action='unmeasured']")) setData("unmeasured", !getData("unmeasured"));
    });
  }

  // assets/chart/notes.js
  function viewNotes(payload, thresholds) {
    const said3 = viewOf(payload).notes(payload);
    return [
      ...payload.t ? [
        thresholdNote(payload, thresholds)
      ] : [],
      ...unmeasuredNote(payload),
      ...said3.map(({ title, parts: parts2 }) => note("", title, parts2.map(part)))
    ];
  }
  var note = (kind, title, parts2) => element("P", {
    className: `view-note${kind}`
  }, element("Strong", {}, title), ...parts2);
  var part = (one) => typeof one === "string" ? one : element("A", {
    href: one.href,
    rel: "noopener"
  }, one.text);
  var thresholdNote = (payload, thresholds) => note(" what-if-note", "What if: ", [
    `${describeThresholds(thresholds || {})}. ${changedText(payload)} `,
    element("Button", {
      type: "button",
      className: "head-link",
      "data-action": "reset-thresholds"
    }, "Reset to the defaults")
  ]);

  // assets/fields/widths.js
  var binsText = (width, layers) => `${plural(width, "layer")}, ${plural(Math.ceil(layers / width), "bin")}`;
  var unitText = (width, layers) => binsText(width, layers).replace(/^\S+ /, "");

  // assets/views/choice.js
  var HEIGHTS = [
    "count",
    "percent"
  ];
  var chosenBy = (control) => VIEWS.filter(({ said: said3 }) => said3.control === control);
  var USUAL = VIEWS[0].name;
  var taxonomies = () => chosenBy("taxonomy").map(({ name }) => name);
  var shows = () => [
    ...HEIGHTS,
    ...chosenBy("show").map(({ name }) => name)
  ];
  var shownView = (show) => chosenBy("show").find(({ name }) => name === show);
  var isOffered2 = (table2, name) => !needsFurther(name) || table2.has.includes(name);
  var needsFurther = (name) => viewNamed(name).said.packed;
  var offered = (choices, { lacks }) => choices.map(({ value, label }) => value in lacks ? {
    value,
    label,
    disabled: true,
    title: lacks[value]
  } : {
    value,
    label
  });
  var drawnAs = (table2, taxonomy, show) => [
    shownView(show)?.name,
    taxonomy
  ].find((name) => name && isOffered2(table2, name)) || USUAL;
  function drawnShow(payload, show) {
    if (!viewOf(payload).said.countsHeads) return "percent";
    return show === "percent" ? "percent" : "count";
  }

  // assets/chart/callbacks.js
  var state = (payload, width, show, selection3, only) => ({
    payload,
    show: drawnShow(payload, show),
    width: Math.min(width || defaultWidth(payload.layers), payload.layers),
    selection: {
      segment: selection3 && selection3.segment,
      only: drawnOnly(payload, only)
    },
    box: chartBox()
  });
  var settled = {
    width: (
      /** @type {number | null} */
      null
    )
  };
  function settle(width) {
    if (settled.width === width) return;
    settled.width = width;
    setData("settled-width", width);
  }
  function drawChart(payload, width, _taxonomy, show, selection3, only) {
    if (!payload) return [
      keep(),
      keep(),
      keep()
    ];
    const now = state(payload, width, show, selection3, only);
    debounce("width", () => settle(now.width));
    return [
      draw(now),
      unitText(now.width, payload.layers),
      summaryOf(now)
    ];
  }
  function barsPainted() {
    const started = performance.now();
    return new Promise((resolve) => {
      const look = () => {
        const isThere = document.querySelector("#head-chart .barlayer .point");
        if (isThere || performance.now() - started > 1e3) requestAnimationFrame(resolve);
        else setTimeout(look, 10);
      };
      look();
    });
  }
  async function drawMap(payload, _taxonomy, only, by, measured) {
    if (!payload) return [
      keep(),
      keep()
    ];
    if (!plotted(byId("head-map"))) await barsPainted();
    const inner = byId("map-inner");
    inner.style.setProperty("--map-height", `${mapHeight(payload, inner.clientWidth)}px`);
    inner.style.setProperty("--map-least", `${payload.layers * 9 + 72}px`);
    const coloured = drawnColour(payload, by, measured);
    const figure = mapFigure({
      payload,
      selection: {
        only: drawnOnly(payload, only)
      },
      coloured
    });
    return [
      figure,
      framed(colourChoice(payload, by), coloured && scaleBar(coloured))
    ];
  }
  function wantColour(payload, by) {
    const measure2 = payload && colouredBy(payload, by);
    if (measure2) ask("colour-wanted", {
      model: payload.name,
      stamp: payload.stamp,
      measure: measure2
    });
  }
  function watchColour() {
    document.addEventListener("change", ({ target }) => {
      const chosen = target instanceof HTMLSelectElement && target.matches("#colour-by");
      if (chosen) setData("colour-of", target.value || null);
    }, {
      capture: true
    });
  }
  function drawChips(payload, _taxonomy, only) {
    if (!payload) return keep();
    const { style } = byId("chip-sentence");
    style.setProperty("--lines", String(viewOf(payload).sentenceLines));
    return framed(chipList(payload, only ?? []));
  }
  function drawTwin(payload, width, _taxonomy, selection3, open3) {
    if (!payload || !width || !open3) return keep();
    return framed(chartTable(state(payload, width, "count", selection3, null)));
  }
  var restoreOnly = (url) => url.only;
  var restoreUnmeasured = (url) => url.unmeasured;
  var restoreColour = (url) => url.colour;
  function letGo(payload, only) {
    if (!payload || !only?.length) return keep();
    const { segments } = segmentation(payload);
    const held = only.filter((name) => segments.some((segment) => segment.name === name));
    return held.length === only.length ? keep() : held;
  }
  function tellView(payload, _show, thresholds) {
    if (!payload) return [
      keep(),
      keep()
    ];
    const chosenHere = viewOf(payload).said.control === "taxonomy";
    return [
      framed(viewNotes(payload, thresholds)),
      !chosenHere
    ];
  }
  function lightColumns(hover2, payload) {
    const point = hover2 && hover2.points && hover2.points[0];
    const bin = point ? binOf(point) : null;
    const share2 = (layers) => `${100 * layers / payload.layers}%`;
    lightUp("map-light", bin && {
      left: share2(bin.start),
      width: share2(bin.stop - bin.start)
    });
    return keep();
  }
  function lightSegment(hover2, payload, width, _taxonomy, show, only) {
    const point = hover2 && hover2.points && hover2.points[0];
    const on = point && hasHead(payload, keyOf(point.x, point.y));
    if (!on) lightUp("chart-light", null);
    if (!on || only?.length) return keep();
    const { index, bins } = binned(payload, width);
    const bin = Math.floor(point.x / width);
    const place2 = index[rowOf(payload, point.x, point.y)];
    const graph = byId("head-chart");
    const [, top2] = plotted(graph).layout.yaxis.range;
    const shown5 = drawnShow(payload, show);
    lightUp("chart-light", segmentBox(bins, bin, place2, shown5, top2, payload, plotBox(graph)));
    return keep();
  }

  // assets/compare/callbacks.js
  var callbacks_exports2 = {};
  __export(callbacks_exports2, {
    chooseScore: () => chooseScore,
    clickScatter: () => clickScatter,
    drawCompared: () => drawCompared2,
    drawScatter: () => drawScatter,
    offerTables: () => offerTables,
    restoreCompare: () => restoreCompare,
    wantCompared: () => wantCompared
  });

  // assets/compare/depth.js
  var relativeBins = (layers, width, otherLayers) => Math.min(Math.ceil(layers / width), layers, otherLayers);
  function depthBins(layers, bins) {
    const found = Array.from({
      length: bins
    }, (_, place2) => ({
      from: place2 / bins,
      to: (place2 + 1) / bins,
      start: layers,
      stop: 0
    }));
    for (let layer = 0; layer < layers; layer += 1) {
      const bin = found[Math.floor((2 * layer + 1) * bins / (2 * layers))];
      bin.start = Math.min(bin.start, layer);
      bin.stop = layer + 1;
    }
    return found;
  }
  function wholePercent(share2) {
    const floor = Math.floor(100 * share2);
    return 100 * share2 - floor === 0.5 ? floor + floor % 2 : Math.round(100 * share2);
  }
  var depthText = ({ from, to }) => `${wholePercent(from)}\u2013${wholePercent(to)}%`;
  function bothByDepth(payload, compared, bins) {
    const view = viewNamed(compared.as);
    return [
      partsByDepth(view, view.layerParts(payload), bins),
      partsByDepth(view, comparedParts(view, compared), bins)
    ];
  }
  var binsOfBoth = (payload, compared, width) => relativeBins(payload.layers, width || payload.layers, compared.layers);
  var ofCompared = /* @__PURE__ */ new WeakMap();
  function comparedParts(view, compared) {
    const known2 = ofCompared.get(compared) ?? view.comparedParts(compared);
    ofCompared.set(compared, known2);
    return known2;
  }
  var partsByDepth = (view, layers, bins) => depthBins(layers.length, bins).map((bin) => {
    const drawn3 = shared(sumOfLayers(layers.slice(bin.start, bin.stop)));
    return {
      ...bin,
      ...drawn3,
      counts: view.said.countsHeads ? drawn3.parts : null,
      shares: drawn3.parts.map((part2) => part2 / drawn3.whole)
    };
  });

  // assets/compare/bars.js
  function comparedFigures(payload, compared, width) {
    const { as } = compared;
    const bins = binsOfBoth(payload, compared, width);
    const found = bothByDepth(payload, compared, bins);
    return found.map((side3, at) => comparedFigure({
      as,
      title: compared.names[at]
    }, side3));
  }
  function legend(payload, compared) {
    const [one, other] = bothByDepth(payload, compared, 1).map(([all]) => all);
    return viewOf(compared).segments.filter((_, place2) => one.parts[place2] || other.parts[place2]).map((segment) => element("Li", {}, swatch(segment), segment.label));
  }
  function comparedFigure(table2, found) {
    const frame = document.querySelector(".compare-chart");
    const wide = Math.max(120, (frame ? frame.clientWidth : 400) - 60) / found.length;
    const skeleton = skeletonOf(table2).chart;
    const { segments, said: said3 } = viewOf(table2);
    return {
      data: skeleton.data.map((trace, place2) => depthBar(painted(trace, segments[place2]), place2, found, {
        wide,
        said: said3
      })),
      layout: depthLayout(skeleton.layout, table2, found, wide)
    };
  }
  var DEPTH_HEIGHT = 210;
  function depthBar(trace, place2, found, { wide, said: said3 }) {
    const edge = colour("segment-edge");
    const height2 = (bin) => percentHeight(bin, place2);
    return {
      ...trace,
      visible: found.some((bin) => bin.parts[place2]),
      x: found.map((_, bin) => bin),
      y: found.map(height2),
      width: 0.84,
      text: found.map((bin) => {
        const text = percentText(bin.tenths[place2]);
        const tall = height2(bin) * DEPTH_HEIGHT / 100 >= 16;
        return tall && wide * 0.84 >= text.length * 6.9 + 6 ? text : "";
      }),
      customdata: found.map((bin) => [
        `[${bin.start}, ${bin.stop}), depth ${depthText(bin)}`,
        bin.counts ? bin.counts[place2].toLocaleString("en-US") : "",
        percentText(bin.tenths[place2]),
        ""
      ]),
      hovertemplate: said3.countsHeads ? trace.hovertemplate : shareHover(trace.name, said3.shared),
      marker: {
        ...trace.marker,
        line: {
          color: edge,
          width: wide < 16 ? 0.5 : 1
        }
      }
    };
  }
  var shareHover = (label, shared2) => `<b>${label}</b><br>layers %{customdata[0]}<br><b>%{customdata[2]}</b> of the bin's ${shared2}<extra></extra>`;
  function depthLayout(layout, table2, found, wide) {
    const widest = Math.max(...found.map((bin) => depthText(bin).length)) * 6.9 + 8;
    const step2 = Math.ceil(widest / wide);
    const shown5 = found.map((_, bin) => bin).filter((bin) => bin % step2 === 0);
    return {
      ...layout,
      template: tinted(layout.template),
      title: {
        text: escapeHtml(table2.title),
        font: {
          size: 14
        }
      },
      autosize: true,
      margin: {
        l: 60,
        r: 16,
        t: 36,
        b: 44
      },
      xaxis: {
        ...layout.xaxis,
        title: {
          text: "Depth"
        },
        range: [
          -0.5,
          found.length - 0.5
        ],
        tickvals: shown5,
        ticktext: shown5.map((bin) => depthText(found[bin]))
      },
      yaxis: {
        ...layout.yaxis,
        range: [
          0,
          100
        ],
        ticksuffix: "%",
        title: {
          text: heightTitle(table2, "percent")
        }
      }
    };
  }

  // assets/compare/differences.js
  function pointsText(step2) {
    const tenths = Math.floor(1e3 * Math.abs(step2) + 0.5);
    return tenths ? `${step2 > 0 ? "+" : "\u2212"}${(tenths / 10).toFixed(1)}` : "0";
  }
  function differenceTable(payload, compared, width) {
    const view = viewNamed(compared.as);
    const by = (bins2) => bothByDepth(payload, compared, bins2);
    const state2 = {
      view,
      scores: [
        payload.scores,
        compared.scores
      ],
      segments: view.segments,
      found: by(binsOfBoth(payload, compared, width)),
      whole: by(1).map(([all]) => all)
    };
    const place2 = (name) => state2.segments.findIndex((segment) => segment.name === name);
    const told3 = compared.told.map(place2);
    const rest = [
      ...state2.segments.keys()
    ].filter((at) => !told3.includes(at) && state2.whole.some((side3) => side3.shares[at] > 0));
    const bins = state2.found[0].length > 1 && told3.length ? state2.found[0] : [];
    const head = (text, props = {}) => element("Th", {
      scope: "col",
      ...props
    }, text);
    const row3 = (comparable) => (at) => differenceRow(state2, at, bins.length, comparable);
    const table2 = (label, by2, rows) => element("Div", {
      className: "table-frame",
      tabIndex: "0",
      role: "region",
      "aria-label": label
    }, element("Table", {
      className: "numbers"
    }, element("Thead", {}, element("Tr", {}, head(view.heading), ...compared.names.map((name) => head(name)), head("Difference"), ...by2.map((bin) => head(depthText(bin), {
      className: "by-depth"
    })))), element("Tbody", {}, ...rows)));
    const [known2, lacking2] = parted(rest, (at) => isKnown(state2, at, 0) && isKnown(state2, at, 1));
    const shown5 = [
      ...told3.map(row3(true)),
      ...known2.map(row3(false))
    ];
    return [
      ...told3.length ? [
        differenceNote(compared.names, bins.length)
      ] : [],
      ...shown5.length ? [
        table2("Differences in numbers", bins, shown5)
      ] : [],
      ...lacking2.length ? [
        element("Details", {
          className: "lacking"
        }, element("Summary", {}, lackingText(lacking2.length)), table2("Figures of one table", [], lacking2.map(row3(false))))
      ] : []
    ];
  }
  var parted = (all, fits) => [
    all.filter(fits),
    all.filter((one) => !fits(one))
  ];
  var isKnown = ({ view, segments, scores, whole }, at, side3) => Boolean(whole[side3].parts[at]) || view.isMeasured(segments[at].name, scores[side3]);
  var lackingText = (count2) => `${plural(count2, "row")} that only one of the tables has figures for`;
  function differenceNote([one, other], bins) {
    const where = `over all layers${bins ? " and in each bin of depth" : ""}`;
    const said3 = `Difference: ${other} minus ${one}, ${where}, in percentage points (pp).`;
    return element("P", {
      className: "quiet"
    }, said3);
  }
  function differenceRow(state2, at, bins, comparable) {
    const { segments, found, whole } = state2;
    const [one, other] = whole;
    const cell = ({ counts, tenths }, side3) => {
      if (!isKnown(state2, at, side3)) return unmeasured();
      const share2 = percentText(tenths[at]);
      return counts ? `${counts[at].toLocaleString("en-US")} \xB7 ${share2}` : share2;
    };
    const steps = [
      ...Array(bins).keys()
    ].map((bin) => found[1][bin].shares[at] - found[0][bin].shares[at]);
    const total = pointsText(other.shares[at] - one.shares[at]);
    return element("Tr", {}, element("Th", {
      scope: "row"
    }, swatch(segments[at]), segments[at].label), ...whole.map((side3, place2) => element("Td", {}, cell(side3, place2))), element("Td", {
      className: "step"
    }, comparable ? `${total}${total === "0" ? "" : " pp"}` : "\u2013"), ...steps.map((step2) => differenceCell(step2, comparable)));
  }
  function differenceCell(step2, comparable) {
    const known2 = comparable && !Number.isNaN(step2);
    const text = known2 ? pointsText(step2) : "\u2013";
    const way = !known2 || text === "0" ? "none" : step2 > 0 ? "more" : "less";
    const strength = `${Math.min(100, Math.round(Math.abs(step2) * 160))}%`;
    return element("Td", {
      className: `by-depth ${way}`,
      ...way === "none" ? {} : {
        style: {
          "--strength": strength
        }
      }
    }, text);
  }

  // assets/compare/draw.js
  var shown = null;
  function setCompared(next) {
    shown = next;
  }
  function drawCompared(width) {
    if (!shown) return;
    const { payload, compared } = shown;
    const [one, other] = comparedFigures(payload, compared, width);
    drawIn("compare-chart-one", one);
    drawIn("compare-chart-other", other);
  }

  // assets/views/pin.js
  function readPin(key, text, notes2) {
    if (text === null || !text.includes("@")) return [
      text,
      null
    ];
    const at = text.indexOf("@");
    const [name, pin2] = [
      text.slice(0, at),
      text.slice(at + 1).toLowerCase()
    ];
    if (/^[0-9a-f]{8,64}$/.test(pin2)) return [
      name,
      pin2
    ];
    notes2.push(`${key}=${quoted(text)}: what follows the @ is not a hash of 8 to 64 hexadecimal digits.`);
    return [
      name,
      null
    ];
  }
  var withPin = (name, pin2) => pin2 ? `${name}@${pin2}` : name;
  var isPinned = (hash, pin2) => pin2.startsWith(hash) || hash.startsWith(pin2);

  // assets/compare/question.js
  var comparedView = (taxonomy, show) => ({
    taxonomy: taxonomy || USUAL,
    show: show || "count"
  });
  function isAnswer(compared, payload, other, taxonomy, show) {
    const view = comparedView(taxonomy, show);
    return compared.model === payload.name && compared.other === other && compared.taxonomy === view.taxonomy && shownView(compared.show) === shownView(view.show) && (!needsFurther(compared.as) || viewOf(compared) === viewOf(payload));
  }
  function readCompare(text, models, shown5, notes2) {
    const [name, pin2] = readPin("compare", text, notes2);
    if (name === null) return {
      compare: null,
      comparePin: null
    };
    const wanted = [
      name,
      `${name}-published`
    ];
    const found = models.find((model) => wanted.includes(model.name));
    if (found && found !== shown5) return {
      compare: found.name,
      comparePin: pin2
    };
    notes2.push(found ? `compare=${quoted(name)} is the shown table itself.` : `There is no table named ${quoted(name)} here to compare with.`);
    return {
      compare: null,
      comparePin: null
    };
  }
  var linked = {
    name: null,
    pin: null
  };
  function rememberPin(url) {
    linked = {
      name: url.compare,
      pin: url.comparePin
    };
  }
  var linkedPin = (name) => name === linked.name ? linked.pin : null;
  var linkedTable = (name) => name && withPin(name, linkedPin(name));
  var drawnTable = (name, compared) => name && compared?.other === name ? withPin(name, compared.hash) : linkedTable(name);

  // assets/compare/scatter.js
  function scatterFigure(pairs) {
    const places = unpack(pairs.places, 3);
    const read = {
      key: places.map((row3) => headKey(pairs, row3)),
      one: unpack(pairs.one, 2, SCORE_UNIT),
      other: unpack(pairs.other, 2, SCORE_UNIT),
      categories: pairs.categories.map((text) => unpack(text, 1)),
      differs: unpack(pairs.differs, 1)
    };
    const [before, after] = read.categories;
    const label = (place2) => categories()[place2].label;
    const differs = (at) => read.differs[at] === 1;
    const all = [
      ...read.one.keys()
    ];
    const trace = (name, heads2, marker) => ({
      type: "scatter",
      mode: "markers",
      name,
      x: heads2.map((at) => read.one[at]),
      y: heads2.map((at) => read.other[at]),
      customdata: heads2.map((at) => read.key[at]),
      text: heads2.map((at) => `<b>${headLabel(read.key[at])}</b>  ${read.one[at].toFixed(2)} \u2192 ${read.other[at].toFixed(2)}<br>${label(before[at])} \u2192 ${label(after[at])}`),
      hovertemplate: "%{text}<extra></extra>",
      marker
    });
    const same2 = all.filter((at) => !differs(at));
    return {
      data: [
        trace("Agree", same2, {
          size: 6,
          color: colour("line-strong"),
          opacity: 0.55
        }),
        trace("Disagree", all.filter(differs), {
          size: 8,
          symbol: "diamond",
          color: colour("accent"),
          line: {
            width: 1,
            color: colour("surface")
          }
        })
      ],
      layout: scatterLayout(pairs, [
        ...read.one,
        ...read.other
      ])
    };
  }
  function scatterLayout(pairs, scores) {
    const line2 = (x0, y0, x1, y1, dash) => ({
      type: "line",
      x0,
      y0,
      x1,
      y1,
      layer: "below",
      line: {
        color: colour("line-strong"),
        width: 1,
        dash
      }
    });
    const end = Math.min(1, 1.06 * Math.max(0.1, ...scores.filter(Number.isFinite)));
    const guides = (pairs.thresholds || []).flatMap((threshold, side3) => {
      if (threshold >= end) return [];
      return side3 ? line2(0, threshold, end, threshold, "dot") : line2(threshold, 0, threshold, end, "dot");
    });
    const axis = (name) => ({
      title: {
        text: escapeHtml(name),
        standoff: 8,
        font: {
          size: 12
        }
      },
      range: [
        -0.02 * end,
        1.02 * end
      ],
      dtick: end > 0.5 ? 0.2 : end > 0.25 ? 0.1 : 0.05,
      fixedrange: true
    });
    return {
      template: tinted(definitions.figures.detailed.chart.layout.template),
      autosize: true,
      showlegend: true,
      legend: {
        orientation: "h",
        x: 0,
        y: 1.02,
        yanchor: "bottom",
        font: {
          size: 12
        }
      },
      hovermode: "closest",
      clickmode: "event",
      dragmode: false,
      margin: {
        l: 54,
        r: 10,
        t: 34,
        b: 50
      },
      shapes: [
        line2(0, 0, end, end),
        ...guides
      ],
      xaxis: axis(pairs.names[0]),
      yaxis: axis(pairs.names[1])
    };
  }

  // assets/compare/callbacks.js
  function restoreCompare(url) {
    detailsById("compare-panel").open = Boolean(url.compare);
    rememberPin(url);
    return url.compare;
  }
  function wantCompared(payload, width, taxonomy, show, other, opened) {
    if (!payload || !width || !other || !(opened || {}).compare) return;
    const next = {
      model: payload.name,
      stamp: payload.stamp,
      other,
      pin: linkedPin(other),
      width: Math.min(width, payload.layers),
      ...comparedView(taxonomy, show),
      t: payload.t
    };
    debounce("compare", () => {
      const last3 = (
        /** @type {ComparedQuestion | undefined} */
        lastAsked("compare-wanted")
      );
      const sameTables = last3 && last3.model === next.model && last3.other === other;
      ask("compare-wanted", {
        ...next,
        score: sameTables ? last3.score : null
      });
    });
  }
  function offerTables(tables, payload, chosen) {
    if (!payload) return [
      tables,
      keep()
    ];
    const others2 = tables.filter(({ value }) => value !== payload.name);
    return [
      others2,
      chosen === payload.name ? null : keep()
    ];
  }
  function chooseScore(score, last3) {
    if (score && last3 && score !== last3.score) ask("compare-wanted", {
      ...last3,
      score
    });
  }
  function drawCompared2(payload, width, taxonomy, show, other, compared, opened) {
    const open3 = payload && width && other && (opened || {}).compare;
    if (open3 && compared && !isAnswer(compared, payload, other, taxonomy, show)) {
      markBusy("compare-body", true);
      return [
        true,
        false,
        keep(),
        keep(),
        keep()
      ];
    }
    const ready = open3 && compared;
    markBusy("compare-body", Boolean(open3 && !compared));
    setCompared(ready ? {
      payload,
      compared
    } : null);
    if (ready) requestAnimationFrame(() => drawCompared(width));
    const told3 = ready ? [
      framed(legend(payload, compared)),
      framed(differenceTable(payload, compared, width))
    ] : [
      null,
      null
    ];
    return [
      Boolean(other),
      !other,
      !ready,
      ...told3
    ];
  }
  function drawScatter(pairs) {
    return pairs ? scatterFigure(pairs) : keep();
  }
  function clickScatter(click, selection3) {
    const point = click && click.points && click.points[0];
    return point ? {
      ...selection3,
      head: point.customdata
    } : keep();
  }

  // assets/effects/callbacks.js
  var callbacks_exports3 = {};
  __export(callbacks_exports3, {
    drawEffects: () => drawEffects,
    restoreEffects: () => restoreEffects,
    wantEffects: () => wantEffects,
    watchEffects: () => watchEffects
  });

  // assets/effects/bars.js
  function effectBars(effects, payload) {
    const bins = effects.bins.map(([start, stop]) => ({
      start,
      stop,
      label: `[${start}, ${stop})`
    }));
    const wide = byId("effects-chart").clientWidth - MARGINS.left - MARGINS.right;
    const { layout } = definitions.figures.detailed.chart;
    const shown5 = everyNth(bins, Math.max(80, wide) / payload.layers);
    return {
      data: effects.categories.map((category) => bar(category, bins, effects)),
      layout: {
        ...layout,
        template: tinted(layout.template),
        autosize: true,
        barmode: "relative",
        margin: {
          ...layout.margin,
          t: 12
        },
        xaxis: {
          ...layout.xaxis,
          range: [
            -0.5,
            payload.layers - 0.5
          ],
          tickvals: shown5.map(middle),
          ticktext: shown5.map((bin) => bin.label)
        },
        yaxis: {
          fixedrange: true,
          range: heightsOf(effects),
          title: {
            text: `Summed effect (${unitOf(effects.effect)})`,
            standoff: 4,
            font: {
              size: 12
            }
          },
          ...zeroLine()
        }
      }
    };
  }
  var PALE = 0.35;
  var ROOM = 0.04;
  function heightsOf({ bins, categories: categories3 }) {
    const sums = (side3) => bins.map((_, bin) => categories3.reduce((sum, own) => sum + own.bins[bin][side3], 0));
    const [low, high] = [
      Math.min(0, ...sums("below")),
      Math.max(0, ...sums("above"))
    ];
    const room = ROOM * (high - low || 1);
    return [
      low - room,
      high + room
    ];
  }
  var unitOf = (effect) => definitions.measures[effect].unit;
  var zeroLine = () => ({
    zeroline: true,
    zerolinecolor: colour("ink-2"),
    zerolinewidth: 1.5
  });
  var middle = ({ start, stop }) => (start + stop - 1) / 2;
  function bar({ name, bins: weights }, bins, { effect, apart }) {
    const { segments } = definitions.views.detailed;
    const place2 = segments.findIndex((segment) => segment.name === name);
    const trace = painted(definitions.figures.detailed.chart.data[place2], segments[place2]);
    const x = bins.map(middle);
    const width = bins.map(({ start, stop }) => (stop - start) * (1 - GAP));
    const said3 = weights.map((weight, bin) => hover(segments[place2].label, weight, bins[bin], effect));
    return {
      type: "bar",
      name: trace.name,
      meta: name,
      marker: {
        ...trace.marker,
        opacity: apart ? 1 : PALE,
        line: {
          color: colour("segment-edge"),
          width: 0.5
        }
      },
      x: [
        ...x,
        ...x
      ],
      y: [
        ...weights.map(({ above }) => above),
        ...weights.map(({ below }) => below)
      ],
      width: [
        ...width,
        ...width
      ],
      hovertext: [
        ...said3,
        ...said3
      ],
      hovertemplate: "%{hovertext}<extra></extra>"
    };
  }
  function hover(label, { heads: heads2, above, below, differing, strongest: strongest2 }, bin, effect) {
    const sums = [
      above && `+${numberText(effect, above)}`,
      below && numberText(effect, below)
    ];
    return `<b>${label}</b> in layers ${bin.label}<br>${sums.filter(Boolean).join(" and ") || "0"} ${unitOf(effect)}: ${plural(heads2, "head")}, ${differing.toLocaleString("en-US")} differ from 0` + (strongest2.length ? `<br><br>Largest effects:<br>${strongest2.join("<br>")}` : "");
  }

  // assets/effects/table.js
  function effectTable({ categories: categories3, total, effect }) {
    const names = [
      "Category",
      "Heads",
      "Differ from 0",
      "Sum above",
      "Sum below"
    ];
    const rows = categories3.map(({ name, total: own }) => {
      const segment = categoryNamed(name);
      return row([
        swatch(segment),
        segment.label
      ], own, effect);
    });
    return element("Div", {
      className: "table-frame",
      tabIndex: "0",
      role: "region",
      "aria-label": "Summed effects"
    }, element("Table", {
      className: "numbers"
    }, element("Thead", {}, element("Tr", {}, ...names.map((name) => element("Th", {
      scope: "col"
    }, name)))), element("Tbody", {}, ...rows, row([
      "All"
    ], total, effect, "sum"))));
  }
  var row = (name, { heads: heads2, differing, above, below }, effect, className) => element("Tr", {
    className
  }, element("Th", {
    scope: "row"
  }, ...name), ...[
    heads2.toLocaleString("en-US"),
    differing.toLocaleString("en-US"),
    numberText(effect, above),
    numberText(effect, below)
  ].map((text) => element("Td", {}, text)));

  // assets/dash/beside.js
  var beside = {};
  var changed = () => {
  };
  function onBeside(run) {
    changed = run;
  }
  function tellAddress(key, value) {
    if ((beside[key] ?? null) === value) return;
    beside[key] = value;
    changed();
  }

  // assets/effects/callbacks.js
  var KEY = "effects";
  var ASKED_MS = 150;
  function restoreEffects(url) {
    detailsById("effects-panel").open = Boolean(url.effects);
    return url.effects || effectNames()[0];
  }
  var isOpen = (opened) => Boolean((opened || {})[KEY]);
  var measuredOf = ({ measures }) => effectNames().filter((name) => measures.includes(name));
  function shownOf(payload, chosen) {
    const measured = measuredOf(payload);
    return measured.includes(chosen) ? chosen : measured[0];
  }
  function wantEffects(payload, width, chosen, opened) {
    tellAddress(KEY, isOpen(opened) ? chosen : null);
    if (!payload || !width || !chosen || !isOpen(opened)) return;
    const effect = shownOf(payload, chosen);
    if (!effect) return;
    const { taxonomy: _, ...drawn3 } = aboutDrawn(payload, width);
    throttle(KEY, ASKED_MS, () => ask("effects-wanted", {
      ...drawn3,
      effect
    }));
  }
  function drawEffects(effects, payload, chosen, opened) {
    if (!payload || !chosen || !isOpen(opened)) return [
      keep(),
      keep(),
      keep()
    ];
    const measured = measuredOf(payload);
    const chart3 = (
      /** @type {HTMLElement} */
      byId("effects-chart").parentElement
    );
    chart3.hidden = !measured.length;
    const shown5 = shownOf(payload, chosen);
    const choice2 = framed(measured.map((name) => chip(name, shown5)));
    if (!shown5) return [
      null,
      `This table has no effects. ${HOW_TO_MEASURE}`,
      null
    ];
    const fits = effects && isAbout(effects, payload) && effects.effect === shown5 && effects.t === payload.t;
    if (!fits) return [
      choice2,
      keep(),
      keep()
    ];
    drawIn("effects-chart", effectBars(effects, payload));
    const words = effects.sentences.map((sentence) => element("P", {}, sentence));
    return [
      choice2,
      framed(words),
      framed(effectTable(effects), fileLink(effects))
    ];
  }
  function fileLink({ model, width, t }) {
    const query = new URLSearchParams({
      model,
      width: String(width),
      format: "csv"
    });
    if (t) query.set("t", t);
    return element("A", {
      href: `api/effects?${query}`,
      download: "",
      className: "effects-file"
    }, "These numbers in all bins (CSV)");
  }
  function chip(name, shown5) {
    const props = {
      type: "button",
      className: "chip",
      "data-effect": name,
      title: definitions.measures[name].sentence,
      "aria-pressed": String(name === shown5)
    };
    return element("Button", props, columnLabel(name));
  }
  function watchEffects() {
    document.addEventListener("click", (event) => {
      const button2 = closest(event, "[data-effect]");
      if (button2) setData("effects-of", button2.dataset.effect);
    });
  }

  // assets/observations/callbacks.js
  var callbacks_exports4 = {};
  __export(callbacks_exports4, {
    followWidth: () => followWidth,
    showObserved: () => showObserved,
    wantObservations: () => wantObservations
  });
  var first = null;
  function wantObservations(payload, width) {
    if (!payload || !width) return;
    const next = aboutDrawn(payload, width);
    first ??= next;
    const before = lastAsked("observations-wanted");
    if (before && !same(before, next)) markBusy("observations", true);
    debounce("observations", () => ask("observations-wanted", next));
  }
  function showObserved(_, payload, width) {
    if (!payload || !width) return;
    dimOthers(payload, width);
  }
  function followWidth(width) {
    const payload = getData("payload");
    if (payload) dimOthers(payload, width);
  }
  function dimOthers(payload, width) {
    const shown5 = lastAsked("observations-wanted") || first;
    markBusy("observations", Boolean(shown5) && !same(shown5, aboutDrawn(payload, width)));
  }

  // assets/page/callbacks.js
  var callbacks_exports10 = {};
  __export(callbacks_exports10, {
    adopt: () => adopt,
    restore: () => restore,
    restoreFeatures: () => restoreFeatures,
    tellFinding: () => tellFinding,
    toggleTheme: () => toggleTheme,
    useTheme: () => useTheme,
    writeUrl: () => writeUrl
  });

  // assets/patterns/callbacks.js
  var callbacks_exports5 = {};
  __export(callbacks_exports5, {
    restorePins: () => restorePins,
    showPatterns: () => showPatterns
  });

  // assets/selection/attention.js
  function unpackTriangle(text, size) {
    const bytes = atob(text);
    let at = 0;
    return Array.from({
      length: size
    }, (_, query) => Array.from({
      length: query + 1
    }, () => bytes.charCodeAt(at++) / 255));
  }
  var FAINT = 0.05;
  var scaleTop = (rows) => Math.max(FAINT, ...rows.slice(1).map((row3) => Math.max(...row3.slice(1))));
  var shade = (weight, top2) => Math.sqrt(Math.min(1, weight / top2));
  var around = (rows, at) => ({
    looks: rows.map((_, key) => rows[at][key] ?? 0),
    looked: rows.map((row3) => row3[at] ?? 0)
  });
  var TOLD = 3;
  var LEAST2 = 0.05;
  var strongest = (weights) => [
    ...weights.keys()
  ].filter((place2) => weights[place2] >= LEAST2).sort((one, other) => weights[other] - weights[one]).slice(0, TOLD);

  // assets/patterns/canvas.js
  var parse = (hex) => [
    1,
    3,
    5
  ].map((at) => parseInt(hex.slice(at, at + 2), 16));
  function drawCells(canvas, rows, top2 = scaleTop(rows)) {
    const size = rows.length;
    canvas.width = canvas.height = size;
    const image = new ImageData(size, size);
    const from = parse(colour("grid"));
    const to = parse(colour("accent"));
    rows.forEach((row3, query) => row3.forEach((weight, key) => {
      const share2 = shade(weight, top2);
      const mixed = from.map((one, at) => Math.round(one + (to[at] - one) * share2));
      image.data.set([
        ...mixed,
        255
      ], 4 * (query * size + key));
    }));
    canvas.getContext("2d")?.putImageData(image, 0, 0);
  }

  // assets/patterns/fetched.js
  var MOST = 48;
  var KEPT = 1500;
  var kept2 = /* @__PURE__ */ new Map();
  var nameOf = ({ name, stamp }, prompt, head) => `${name} ${stamp} ${prompt} ${head}`;
  function known(payload, prompt, head) {
    const name = nameOf(payload, prompt, head);
    const found = kept2.get(name);
    if (!found) return null;
    kept2.delete(name);
    kept2.set(name, found);
    return found;
  }
  async function fetchPatterns(payload, prompt, heads2, arrived) {
    const missing = heads2.filter((head) => {
      const found = known(payload, prompt, head);
      if (found) arrived(head, found);
      return !found;
    });
    for (let start = 0; start < missing.length; start += MOST) {
      const asked2 = missing.slice(start, start + MOST).join(",");
      const query = new URLSearchParams({
        model: payload.name,
        prompt,
        heads: asked2
      });
      const response = await fetch(`api/patterns?${query}`);
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.error);
      Object.entries(answer.heads).forEach(([head, triangle]) => {
        const { tokens } = answer;
        const drawn3 = {
          tokens,
          rows: unpackTriangle(triangle, tokens.length)
        };
        kept2.set(nameOf(payload, prompt, head), drawn3);
        arrived(head, drawn3);
      });
    }
    [
      ...kept2.keys()
    ].slice(0, -KEPT).forEach((old) => kept2.delete(old));
  }

  // assets/patterns/gallery.js
  var AHEAD = "300px";
  var TOGETHER_MS = 80;
  var watched2 = null;
  var waiting = /* @__PURE__ */ new Set();
  var shown2 = "";
  function drawGallery(payload, prompt, heads2) {
    const gallery = byId("gallery");
    const { theme } = document.documentElement.dataset;
    const next = [
      payload.name,
      payload.stamp,
      prompt,
      theme,
      ...heads2
    ].join(" ");
    if (next === shown2) return;
    shown2 = next;
    watched2?.disconnect();
    waiting.clear();
    watched2 = new IntersectionObserver((entries) => comes(entries, payload, prompt), {
      rootMargin: AHEAD
    });
    gallery.replaceChildren(...heads2.map(thumbnail));
    gallery.querySelectorAll(".thumb").forEach((one) => watched2?.observe(one));
  }
  function thumbnail(head, place2) {
    const one = document.createElement("div");
    one.className = "thumb waiting";
    one.dataset.thumb = head;
    const open3 = document.createElement("button");
    open3.type = "button";
    open3.dataset.head = head;
    open3.tabIndex = place2 ? -1 : 0;
    open3.append(document.createElement("canvas"), headLabel(head));
    const pin2 = document.createElement("button");
    pin2.type = "button";
    pin2.className = "pin";
    pin2.dataset.pin = head;
    pin2.tabIndex = -1;
    pin2.title = "Pin (key P)";
    pin2.setAttribute("aria-label", `Pin ${headLabel(head)}`);
    pin2.textContent = "+";
    one.append(open3, pin2);
    return one;
  }
  function comes(entries, payload, prompt) {
    const before = waiting.size;
    entries.forEach(({ target, isIntersecting }) => {
      const one = (
        /** @type {HTMLElement} */
        target
      );
      if (isIntersecting) waiting.add(one);
      else waiting.delete(one);
    });
    if (!before && waiting.size) setTimeout(() => fetchWaiting(payload, prompt), TOGETHER_MS);
  }
  async function fetchWaiting(payload, prompt) {
    const places = new Map([
      ...waiting
    ].map((one) => [
      one.dataset.thumb ?? "",
      one
    ]));
    waiting.clear();
    places.forEach((one) => watched2?.unobserve(one));
    const gallery = byId("gallery");
    gallery.setAttribute("aria-busy", "true");
    try {
      await fetchPatterns(payload, prompt, [
        ...places.keys()
      ], (head, { rows }) => {
        const one = places.get(head);
        const canvas = one?.querySelector("canvas");
        if (canvas) drawCells(canvas, rows);
        one?.classList.remove("waiting");
      });
      byId("gallery-problem").textContent = "";
    } catch (error) {
      shown2 = "";
      byId("gallery-problem").textContent = `No patterns: ${/** @type {Error} */
      error.message}.`;
    }
    gallery.setAttribute("aria-busy", "false");
  }
  function markGallery(chosen, pins) {
    document.querySelectorAll("#gallery .thumb").forEach((element2) => {
      const one = (
        /** @type {HTMLElement} */
        element2
      );
      const head = one.dataset.thumb ?? "";
      one.classList.toggle("chosen", head === chosen);
      const pin2 = (
        /** @type {Element} */
        one.querySelector(".pin")
      );
      const on = pins.includes(head);
      pin2.setAttribute("aria-pressed", String(on));
      pin2.textContent = on ? "\xD7" : "+";
    });
  }
  var STEPS = (
    /** @type {Record<string, [number, number]>} */
    {
      ArrowLeft: [
        -1,
        0
      ],
      ArrowRight: [
        1,
        0
      ],
      ArrowUp: [
        0,
        -1
      ],
      ArrowDown: [
        0,
        1
      ]
    }
  );
  function walkGallery(event) {
    const { target, key } = event;
    const one = target instanceof Element ? target.closest("#gallery .thumb") : null;
    if (!one || event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === "p" || key === "P") return (
      /** @type {HTMLElement} */
      one.lastElementChild.click()
    );
    const step2 = STEPS[key];
    if (!step2) return;
    event.preventDefault();
    const all = [
      ...byId("gallery").children
    ];
    const across = all.findIndex((other) => other.getBoundingClientRect().top > all[0].getBoundingClientRect().top);
    const to = all[all.indexOf(one) + step2[0] + step2[1] * (across < 0 ? all.length : across)];
    if (!to) return;
    const button2 = (
      /** @type {HTMLElement} */
      to.firstElementChild
    );
    one.firstElementChild.tabIndex = -1;
    button2.tabIndex = 0;
    button2.focus();
  }

  // assets/selection/listed.js
  function listedHeads(payload, width, segment, only) {
    const { segments, bins } = binned(payload, width);
    const chosen = findSegment(segment, bins, segments);
    if (chosen) return of(payload, bins[chosen.bin], [
      chosen.place
    ], false);
    const pressed = pressedPlaces(payload, only);
    return pressed.length ? of(payload, wholeBin(payload), pressed, true) : null;
  }
  function pressedPlaces(payload, only) {
    const { segments } = segmentation(payload);
    const wanted = viewOf(payload).said.countsHeads ? only : only.slice(-1);
    return [
      ...segments.keys()
    ].filter((place2) => wanted.includes(segments[place2].name));
  }
  function of(payload, bin, places, whole) {
    const view = viewOf(payload);
    const members = inOrder(payload, places.flatMap((place2) => view.listed(bin, place2)));
    return {
      segments: places.map((place2) => view.segments[place2]),
      places,
      bin,
      whole,
      members
    };
  }

  // assets/patterns/listed.js
  function galleryHeads(payload, width, selection3, only) {
    const listed2 = listedHeads(payload, width, selection3?.segment, only ?? []);
    const rows = listed2 ? listed2.members : [
      ...Array(headCount(payload)).keys()
    ];
    const names = listed2?.segments.map(({ label }) => label).join(" \xB7 ");
    const where = listed2?.whole ? "all layers" : `layers ${listed2?.bin.label}`;
    const what = listed2 ? `${names}, ${where}` : "All heads";
    return {
      heads: rows.map((row3) => headKey(payload, row3)),
      told: `${what}: ${plural(rows.length, "head")}.`
    };
  }

  // assets/patterns/pins.js
  var MOST_PINS = 4;
  function togglePin(pins, head) {
    if (pins.includes(head)) return pins.filter((one) => one !== head);
    return pins.length < MOST_PINS ? [
      ...pins,
      head
    ] : null;
  }
  function readPins(text, model, notes2) {
    if (text === null || !model) return [];
    const heads2 = [
      ...new Set(text.split(","))
    ];
    const bad = heads2.filter((head) => !/^\d{1,6}\.\d{1,6}$/.test(head) || !hasHead(model, head));
    if (bad.length) notes2.push(`pins=${quoted(text)}: ${quoted(bad[0])} is no head of this table.`);
    const good = heads2.filter((head) => !bad.includes(head));
    if (good.length > MOST_PINS) {
      notes2.push(`pins=${quoted(text)} names ${good.length} heads; the first four are pinned.`);
    }
    return good.slice(0, MOST_PINS);
  }
  var pinsOf = (pins, payload) => (pins ?? []).filter((head) => hasHead(payload, head));

  // assets/selection/pointed.js
  var NOTHING = {
    token: null,
    key: null
  };
  var kept3 = NOTHING;
  var under = NOTHING;
  var followers = /* @__PURE__ */ new Set();
  var pointed = () => under.token === null ? kept3 : under;
  var tell = () => followers.forEach((follow3) => follow3(pointed()));
  function pointAt(token, key = null) {
    if (token === under.token && key === under.key) return;
    under = token === null ? NOTHING : {
      token,
      key
    };
    tell();
  }
  function keepToken(token) {
    under = NOTHING;
    kept3 = token === null ? NOTHING : {
      token,
      key: null
    };
    tell();
  }
  var keptToken = () => kept3.token;
  function forgetTokens() {
    kept3 = under = NOTHING;
    tell();
  }
  function follow2(follow3) {
    followers.add(follow3);
    return () => followers.delete(follow3);
  }

  // assets/selection/tokens.js
  var TOKEN_SHOWN = 11;
  var tokenText = (token) => token.replace(/\n/g, "\u23CE").replace(/^ /, "\u2423").replace(/\t/g, "\u21E5");
  var isolated = (text) => `\u2068${text}\u2069`;
  var queryToKey = (query, key) => `${isolated(query)} \u2192 ${isolated(key)}`;
  function tokenLabel(token) {
    const signs = [
      ...tokenText(token)
    ];
    const cut = signs.length > TOKEN_SHOWN ? [
      ...signs.slice(0, TOKEN_SHOWN - 1),
      "\u2026"
    ] : signs;
    return escapeHtml(cut.join(""));
  }
  var RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}/u;
  function directionOf(tokens) {
    const words = tokens.slice(1).filter((token) => /\p{L}/u.test(token));
    const right = words.filter((token) => RIGHT_TO_LEFT.test(token)).length;
    return 2 * right > words.length ? "rtl" : "ltr";
  }

  // assets/selection/strip.js
  var STEPS2 = (
    /** @type {Record<string, number>} */
    {
      ArrowLeft: -1,
      ArrowRight: 1
    }
  );
  function drawStrip(strip, tokens) {
    const direction = directionOf(tokens);
    strip.setAttribute("dir", direction);
    const kept4 = keptToken() ?? 0;
    strip.replaceChildren(...tokens.flatMap((token, at) => {
      const button2 = document.createElement("button");
      button2.type = "button";
      button2.className = "token";
      button2.dataset.token = String(at);
      button2.tabIndex = at === Math.min(kept4, tokens.length - 1) ? 0 : -1;
      const text = document.createElement("bdi");
      text.textContent = tokenText(token);
      button2.append(text);
      return token.includes("\n") ? [
        button2,
        document.createElement("br")
      ] : [
        button2
      ];
    }));
  }
  function watchStrip(strip) {
    if (strip.dataset.watched) return;
    strip.dataset.watched = "";
    const tokenOf = ({ target }) => {
      const button2 = target instanceof Element && target.closest("[data-token]");
      return button2 instanceof HTMLElement ? Number(button2.dataset.token) : null;
    };
    strip.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") pointAt(tokenOf(event));
    });
    strip.addEventListener("pointerleave", () => pointAt(null));
    strip.addEventListener("focusin", (event) => {
      if (
        /** @type {Element} */
        event.target.matches(":focus-visible")
      ) keepToken(tokenOf(event));
    });
    strip.addEventListener("click", (event) => {
      const token = tokenOf(event);
      if (token !== null) keepToken(token === keptToken() ? null : token);
    });
    strip.addEventListener("keydown", (event) => step(strip, event, tokenOf(event)));
  }
  function step(strip, event, from) {
    const way = STEPS2[event.key] * (strip.getAttribute("dir") === "rtl" ? -1 : 1);
    const buttons2 = strip.querySelectorAll("button");
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons2.length - 1 : (from ?? 0) + way;
    if (Number.isNaN(to) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    buttons2[to]?.focus();
  }
  function markStrip(strip, words, tokens, rows, top2 = scaleTop(rows)) {
    const { token, key } = pointed();
    const on = token !== null && token < tokens.length ? token : null;
    const { looks, looked } = on === null ? {
      looks: [],
      looked: []
    } : around(rows, on);
    strip.querySelectorAll("button").forEach((button2, at) => {
      button2.classList.toggle("pointed", at === on);
      button2.style.setProperty("--looks", share(looks[at], top2));
      button2.style.setProperty("--looked", share(at === on ? 0 : looked[at], top2));
      if (on !== null) button2.tabIndex = at === (keptToken() ?? on) ? 0 : -1;
    });
    words.textContent = on === null ? "Point at a token: shaded is where it looks, underlined who looks at it." : tokenWords(tokens, rows, on, key);
  }
  var share = (weight, top2) => `${Math.round(100 * shade(weight ?? 0, top2))}%`;
  function tokenWords(tokens, rows, at, key = null) {
    const name = (place2) => isolated(tokenText(tokens[place2]).replace(/^␣/, ""));
    const list = (weights) => strongest(weights).map((place2) => `${name(place2)} ${weights[place2].toFixed(2)}`).join(", ");
    const { looks, looked } = around(rows, at);
    looked[at] = 0;
    const cell = key === null ? "" : `${queryToKey(tokenText(tokens[at]), tokenText(tokens[key]))} ${rows[at][key].toFixed(2)}. `;
    const from = list(looked);
    return `${cell}${name(at)} (token ${at}) looks at ${list(looks)}. ` + (from ? `Looked at by ${from}.` : "Hardly any token looks at it.");
  }

  // assets/patterns/side.js
  var side = /* @__PURE__ */ new Map();
  var shown3 = "";
  var top = 1;
  follow2(mark);
  async function drawPins(payload, prompt, pins) {
    const { theme } = document.documentElement.dataset;
    const next = [
      payload.name,
      payload.stamp,
      prompt,
      theme,
      payload.t,
      ...pins
    ].join(" ");
    if (next === shown3) return;
    shown3 = next;
    const place2 = byId("pins");
    place2.hidden = !pins.length;
    place2.setAttribute("aria-busy", "true");
    const found = /* @__PURE__ */ new Map();
    try {
      await fetchPatterns(payload, prompt, pins, (head, drawn3) => found.set(head, drawn3));
      if (shown3 !== next) return;
      byId("pins-problem").textContent = "";
    } catch (error) {
      shown3 = "";
      byId("pins-problem").textContent = `No patterns: ${/** @type {Error} */
      error.message}.`;
    }
    top = Math.max(0, ...[
      ...found.values()
    ].map(({ rows }) => scaleTop(rows)));
    side = new Map(pins.filter((head) => found.has(head)).map((head) => {
      const drawn3 = (
        /** @type {Drawn} */
        found.get(head)
      );
      return [
        head,
        {
          place: pinned(payload, head, drawn3),
          drawn: drawn3
        }
      ];
    }));
    place2.replaceChildren(...[
      ...side.values()
    ].map((one) => one.place));
    byId("pins-scale").textContent = side.size ? `One scale for all: darkest from ${top.toFixed(2)} on, the largest weight outside the first column.` : "";
    place2.setAttribute("aria-busy", "false");
    mark();
  }
  function made(html) {
    const place2 = document.createElement("template");
    place2.innerHTML = html;
    return (
      /** @type {HTMLElement} */
      place2.content.firstElementChild
    );
  }
  function pinned(payload, head, { tokens, rows }) {
    const [layer, number2] = parseHead(head);
    const category = categories()[headsOf(payload).detailed[rowOf(payload, layer, number2)]];
    const one = made(`<section class="pinned">
    <header><button type="button" class="head-link"></button><span class="quiet"></span>
      <button type="button" class="button plain icon">\xD7</button></header>
    <div class="pinned-frame"><canvas></canvas><div class="pointed-row"></div>
      <div class="pointed-column"></div></div>
    <div class="tokens" role="group"></div><p class="token-words quiet"></p></section>`);
    const [open3, label, close] = one.querySelectorAll("header > *");
    open3.textContent = headLabel(head);
    open3.setAttribute("data-head", head);
    label.textContent = category?.label ?? "";
    close.setAttribute("data-pin", head);
    close.setAttribute("aria-label", `Unpin ${headLabel(head)}`);
    one.setAttribute("aria-label", `${headLabel(head)}, pinned`);
    const [canvas] = one.getElementsByTagName("canvas");
    drawCells(canvas, rows, top);
    const strip = (
      /** @type {HTMLElement} */
      one.querySelector(".tokens")
    );
    strip.setAttribute("aria-label", `Tokens of the prompt, as ${headLabel(head)} reads them`);
    drawStrip(strip, tokens);
    watchStrip(strip);
    canvas.addEventListener("pointermove", (event) => {
      const size = tokens.length / canvas.clientWidth;
      const [key, query] = [
        event.offsetX,
        event.offsetY
      ].map((at) => Math.max(0, Math.min(tokens.length - 1, Math.floor(at * size))));
      pointAt(query, key <= query ? key : null);
    });
    canvas.addEventListener("pointerleave", () => pointAt(null));
    return one;
  }
  function mark() {
    const { token } = pointed();
    side.forEach(({ place: place2, drawn: { tokens, rows } }) => {
      const [strip, words, frame] = [
        ".tokens",
        ".token-words",
        ".pinned-frame"
      ].map((part2) => (
        /** @type {HTMLElement} */
        place2.querySelector(part2)
      ));
      markStrip(strip, words, tokens, rows, top);
      const on = token !== null && token < tokens.length;
      frame.classList.toggle("pointed", on);
      frame.style.setProperty("--row-at", String((token ?? 0) / tokens.length));
      frame.style.setProperty("--cell", String(1 / tokens.length));
    });
  }

  // assets/patterns/callbacks.js
  function restorePins(url) {
    if (url.pins.length) detailsById("patterns-panel").open = true;
    return url.pins;
  }
  function showPatterns(payload, width, _taxonomy, selection3, only, prompt, pins, opened) {
    if (!payload || !width) return keep();
    const own = pinsOf(pins, payload);
    const head = selection3?.head;
    tellCard(head, own);
    if (!opened?.patterns) return keep();
    const wanted = prompt ?? "repeated";
    byId("gallery-prompt").value = wanted;
    if (payload.source === "published") {
      drawGallery(payload, wanted, []);
      drawPins(payload, wanted, []);
      return "No attention patterns: this table holds published scores.";
    }
    const { heads: heads2, told: told3 } = galleryHeads(payload, width, selection3, only);
    drawGallery(payload, wanted, heads2);
    markGallery(head, own);
    drawPins(payload, wanted, own);
    return `${told3} Press a segment or a category above for others.`;
  }
  function tellCard(head, pins) {
    const button2 = (
      /** @type {HTMLButtonElement} */
      byId("pin-head")
    );
    const on = Boolean(head && pins.includes(head));
    button2.setAttribute("aria-pressed", String(on));
    button2.textContent = on ? "Unpin" : "Pin";
    button2.title = pins.length ? `Pinned: ${pins.map(headLabel).join(", ")}` : "Beside other heads, below the map";
    button2.disabled = !on && pins.length >= MOST_PINS;
    if (button2.disabled) button2.title += "; unpin one first";
  }

  // assets/scatter/callbacks.js
  var callbacks_exports6 = {};
  __export(callbacks_exports6, {
    drawTwoScores: () => drawTwoScores,
    restoreScatter: () => restoreScatter,
    wantScatter: () => wantScatter,
    watchScatter: () => watchScatter
  });

  // assets/scatter/errors.js
  var THICK = 2;
  function showErrors(graph, point) {
    const { margin, xaxis, yaxis } = graph.layout;
    const [, endsX, endsY] = point.customdata;
    const wide = graph.clientWidth - margin.l - margin.r;
    const high = graph.clientHeight - margin.t - margin.b;
    const across = (value) => margin.l + (value - xaxis.range[0]) * wide / (xaxis.range[1] - xaxis.range[0]);
    const down = (value) => margin.t + (yaxis.range[1] - value) * high / (yaxis.range[1] - yaxis.range[0]);
    place("scatter-error-x", endsX && {
      left: across(endsX[0]),
      top: down(point.y) - 1,
      width: across(endsX[1]) - across(endsX[0]),
      height: THICK
    });
    place("scatter-error-y", endsY && {
      left: across(point.x) - 1,
      top: down(endsY[1]),
      width: THICK,
      height: down(endsY[0]) - down(endsY[1])
    });
  }
  function hideErrors() {
    for (const id of [
      "scatter-error-x",
      "scatter-error-y"
    ]) byId(id).classList.remove("on");
  }
  function place(id, px2) {
    const bar2 = byId(id);
    bar2.classList.toggle("on", px2 !== null);
    Object.entries(px2 ?? {}).forEach(([side3, value]) => bar2.style.setProperty(side3, `${value}px`));
  }

  // assets/scatter/scale.js
  var APART = 0.1;
  var STEPS3 = [
    5,
    2,
    1
  ];
  var isRooted = (name) => effectNames().includes(name);
  var placeOf = (name, value) => isRooted(name) ? shadeOf(value) ?? NaN : value;
  var endsOf = (name, value, error) => Number.isFinite(error) ? [
    placeOf(name, value - error),
    placeOf(name, value + error)
  ] : null;
  function rootTicks([low, high]) {
    const room = APART * (high - low);
    return [
      ...side2(-low, room).map((value) => -value).reverse(),
      0,
      ...side2(high, room)
    ];
  }
  function side2(end, room) {
    const ticks2 = [];
    const largest2 = end > 0 ? Math.floor(Math.log10(end ** 2)) : 0;
    let before = Infinity;
    for (let power = largest2; end > 0 && Math.sqrt(5 * 10 ** power) >= room; power -= 1) {
      for (const step2 of STEPS3) {
        const value = Number(`${step2}e${power}`);
        const at = Math.sqrt(value);
        if (at > end || before - at < room || at < room) continue;
        ticks2.unshift(value);
        before = at;
      }
    }
    return ticks2;
  }

  // assets/scatter/figure.js
  function thresholdsOf(payload, score) {
    const changed2 = readThresholds(payload.t, definitions.thresholds, []);
    return Object.entries(definitions.scoreOf).filter(([, of2]) => of2 === score).map(([name]) => changed2[name] ?? definitions.thresholds[name]);
  }
  function pointsOf(scores, payload) {
    const [x, y, ex, ey] = [
      scores.x,
      scores.y,
      scores.x_se,
      scores.y_se
    ].map(numbersOf);
    const { detailed: detailed2 } = headsOf(payload);
    const rows = [
      ...x.keys()
    ].filter((row3) => Number.isFinite(x[row3]) && Number.isFinite(y[row3]));
    return {
      x,
      y,
      ex,
      ey,
      detailed: detailed2,
      rows
    };
  }
  function scoresFigure(scores, payload, chosen) {
    const { x, y, ex, ey, detailed: detailed2, rows } = pointsOf(scores, payload);
    const sides = scores.of.split(":");
    const points = (heads2, more) => ({
      type: "scatter",
      mode: "markers",
      x: heads2.map((row3) => placeOf(sides[0], x[row3])),
      y: heads2.map((row3) => placeOf(sides[1], y[row3])),
      customdata: heads2.map((row3) => [
        headKey(payload, row3),
        endsOf(sides[0], x[row3], ex[row3]),
        endsOf(sides[1], y[row3], ey[row3])
      ]),
      text: heads2.map((row3) => `<b>${headName(payload, row3)}</b>  ${categories()[detailed2[row3]].label}<br>${columnLabel(sides[0])}: ${valueText(sides[0], x[row3], ex[row3])}<br>${columnLabel(sides[1])}: ${valueText(sides[1], y[row3], ey[row3])}`),
      hovertemplate: "%{text}<extra></extra>",
      ...more
    });
    const one = rows.filter((row3) => headKey(payload, row3) === chosen);
    const bars = (name, values, errors) => ({
      type: "data",
      symmetric: false,
      array: one.map((row3) => barOf(name, values[row3], errors[row3])[1]),
      arrayminus: one.map((row3) => barOf(name, values[row3], errors[row3])[0]),
      color: colour("ink"),
      thickness: 1.5,
      width: 4
    });
    return {
      data: [
        ...categories().flatMap((segment, place2) => {
          const own = rows.filter((row3) => detailed2[row3] === place2);
          const marker = {
            size: 8,
            color: paint(segment).colour,
            line: {
              width: 0.7,
              color: colour("surface")
            }
          };
          return own.length ? [
            points(own, {
              name: segment.label,
              marker
            })
          ] : [];
        }),
        points(one, {
          error_x: bars(sides[0], x, ex),
          error_y: bars(sides[1], y, ey),
          marker: {
            size: 14,
            symbol: "circle-open",
            color: colour("ink"),
            line: {
              width: 2
            }
          }
        })
      ],
      layout: scoresLayout(scores, payload, rows.map((row3) => placeOf(sides[0], x[row3])), rows.map((row3) => placeOf(sides[1], y[row3])))
    };
  }
  function barOf(name, value, error) {
    const at = placeOf(name, value);
    const [low, high] = endsOf(name, value, error) ?? [
      at,
      at
    ];
    return [
      at - low,
      high - at
    ];
  }
  function rangeOf(name, values, thresholds) {
    if (isMeasure(name)) {
      const [low, high] = [
        Math.min(0, ...values),
        Math.max(0, ...values)
      ];
      const room = 0.05 * (high - low || 1);
      return [
        low - room,
        high + room
      ];
    }
    const last3 = Math.min(1, 1.05 * Math.max(0.1, ...values, ...thresholds));
    return [
      -0.02 * last3,
      1.02 * last3
    ];
  }
  function scoresLayout(scores, payload, x, y) {
    const sides = scores.of.split(":");
    const line2 = {
      color: colour("ink-2"),
      width: 1.5,
      dash: "dot"
    };
    const axis = (name, values) => {
      const range = rangeOf(name, values, thresholdsOf(payload, name));
      const ticks2 = isRooted(name) ? rootTicks(range) : null;
      return {
        title: {
          text: axisTitle(name),
          standoff: 8,
          font: {
            size: 12
          }
        },
        range,
        fixedrange: true,
        ...isMeasure(name) && {
          zeroline: true,
          zerolinecolor: colour("ink-2"),
          zerolinewidth: 1
        },
        ...ticks2 && {
          tickvals: ticks2.map((value) => placeOf(name, value)),
          ticktext: ticks2.map((value) => `${value}`.replace("-", "\u2212"))
        }
      };
    };
    return {
      template: tinted(definitions.figures.detailed.chart.layout.template),
      autosize: true,
      showlegend: false,
      hovermode: "closest",
      clickmode: "event",
      dragmode: false,
      margin: {
        l: 58,
        r: 12,
        t: 12,
        b: 46
      },
      shapes: [
        ...thresholdsOf(payload, sides[0]).map((at) => ({
          type: "line",
          x0: at,
          x1: at,
          yref: "paper",
          y0: 0,
          y1: 1,
          layer: "below",
          line: line2
        })),
        ...thresholdsOf(payload, sides[1]).map((at) => ({
          type: "line",
          y0: at,
          y1: at,
          xref: "paper",
          x0: 0,
          x1: 1,
          layer: "below",
          line: line2
        }))
      ],
      xaxis: axis(sides[0], x),
      yaxis: axis(sides[1], y)
    };
  }

  // assets/scatter/surprises.js
  function surprising({ title, rule, heads: heads2, found }) {
    const keys = heads2.map(([layer, head]) => keyOf(layer, head));
    const all = found > heads2.length ? `; the first ${heads2.length}` : "";
    return element("Div", {
      className: "surprise"
    }, element("H3", {}, `${title}: ${found.toLocaleString("en-US")}${all}`), element("P", {
      className: "quiet"
    }, rule), keys.length > 0 && element("Div", {
      className: "surprise-heads"
    }, ...keys.map(headButton)));
  }
  var headButton = (key) => element("Button", {
    type: "button",
    className: "head-link",
    "data-head": key
  }, headLabel(key));

  // assets/scatter/callbacks.js
  var KEY2 = "scatter";
  var FIRST = "previous_token:induction";
  var ASKED_MS2 = 150;
  function restoreScatter(url) {
    detailsById("scatter-panel").open = Boolean(url.scatter);
    return url.scatter || FIRST;
  }
  var isOpen2 = (opened) => Boolean((opened || {})[KEY2]);
  var lacking = (payload, of2) => of2.split(":").filter((name) => !isMeasured(payload, name));
  var thresholdsFor = ({ t }, of2) => of2.split(":").some(isMeasure) ? t : "";
  function wantScatter(payload, of2, opened) {
    tellAddress(KEY2, isOpen2(opened) ? of2 : null);
    if (!payload || !of2 || !isOpen2(opened) || lacking(payload, of2).length) return;
    const [x, y] = of2.split(":");
    const t = thresholdsFor(payload, of2);
    throttle("scatter", ASKED_MS2, () => {
      ask("scatter-wanted", {
        model: payload.name,
        stamp: payload.stamp,
        x,
        y,
        t
      });
    });
  }
  function drawTwoScores(scores, payload, selection3, of2, opened) {
    if (!payload || !of2 || !isOpen2(opened)) return [
      keep(),
      keep(),
      keep()
    ];
    hideErrors();
    const choice2 = framed(of2.split(":").map((score, at) => select(payload, score, at)));
    const missing = lacking(payload, of2);
    const chart3 = (
      /** @type {HTMLElement} */
      byId("scatter-chart").parentElement
    );
    chart3.hidden = missing.length > 0;
    if (missing.length) {
      const names = missing.map(columnLabel).join(", ");
      const how = missing.some(isMeasure) ? ` ${HOW_TO_MEASURE}` : "";
      return [
        choice2,
        `Not in this table: ${names}. Choose another score.${how}`,
        null
      ];
    }
    const fits = scores && isAbout(scores, payload) && scores.of === of2 && scores.t === thresholdsFor(payload, of2);
    if (!fits) return [
      choice2,
      keep(),
      keep()
    ];
    drawIn("scatter-chart", scoresFigure(scores, payload, selection3?.head || null));
    listen();
    return [
      choice2,
      wordsOf(scores, payload),
      framed(scores.surprises.map(surprising))
    ];
  }
  function wordsOf(scores, payload) {
    const { rows } = pointsOf(scores, payload);
    const names = scores.of.split(":");
    const [x, y] = names.map(columnLabel);
    const senses = [
      ...new Set(names.filter(isMeasure))
    ].map((name) => `${columnLabel(name)}: ${definitions.measures[name].sense}.`);
    const rooted = names.some(isRooted) ? [
      "An effect stands at its root, so that small ones can be told apart."
    ] : [];
    return [
      `${plural(rows.length, "head")}: ${y} over ${x}.`,
      ...senses,
      ...rooted
    ].join(" ");
  }
  function select(payload, score, at) {
    const options = columnNames().filter((name) => isMeasured(payload, name) || name === score).map((name) => element("Option", {
      value: name
    }, columnLabel(name)));
    const axis = at ? "Up" : "Across";
    return element("Label", {}, axis, element("Select", {
      value: score,
      "data-scatter": at
    }, ...options));
  }
  var listening = false;
  function listen() {
    if (listening) return;
    const graph = (
      /** @type {Plotted} */
      byId("scatter-chart").children[0]
    );
    if (!graph.on) return;
    listening = true;
    graph.on("plotly_click", ({ points }) => {
      setData("selection", {
        ...getData("selection"),
        head: points[0].customdata[0]
      });
    });
    graph.on("plotly_hover", ({ points }) => showErrors(graph, points[0]));
    graph.on("plotly_unhover", hideErrors);
  }
  function watchScatter() {
    document.addEventListener("change", (event) => {
      const chosen = closest(event, "[data-scatter]");
      if (!(chosen instanceof HTMLSelectElement)) return;
      const pair = getData("scatter-of").split(":");
      pair[Number(chosen.dataset.scatter)] = chosen.value;
      setData("scatter-of", pair.join(":"));
    }, {
      capture: true
    });
  }

  // assets/selection/callbacks.js
  var callbacks_exports7 = {};
  __export(callbacks_exports7, {
    clickChart: () => clickChart,
    clickMap: () => clickMap,
    clickRow: () => clickRow,
    drawPattern: () => drawPattern,
    reachThin: () => reachThin,
    restorePrompt: () => restorePrompt,
    showPanel: () => showPanel,
    showSegment: () => showSegment,
    tellHead: () => tellHead,
    wantHead: () => wantHead
  });

  // assets/selection/card.js
  var cardOf = null;
  var owed = false;
  function bringCard({ segment, head }, segmentHidden) {
    const inList = document.querySelector("#segment-slot:is(:hover, :focus-within)");
    if (head !== cardOf) owed = Boolean(head) && !inList;
    cardOf = head;
    if (!owed || segment && segmentHidden) return;
    owed = false;
    requestAnimationFrame(() => requestAnimationFrame(scrollToCard));
  }
  var CARD_LEAST = 260;
  function scrollToCard() {
    const card2 = byId("head-card");
    const scrolls = (one) => getComputedStyle(one).overflowY === "auto";
    const frame = [
      "selection-panel",
      "side"
    ].map((id) => byId(id)).find(scrolls);
    if (!frame || !card2.clientHeight) return;
    const { top: top2, bottom } = frame.getBoundingClientRect();
    const end = Math.min(bottom, window.innerHeight);
    const wanted = Math.max(top2, end - Math.max(CARD_LEAST, 0.6 * (end - top2)));
    const place2 = card2.getBoundingClientRect().top;
    if (place2 > wanted || place2 < top2) frame.scrollTop += place2 - wanted;
  }

  // assets/table/rows.js
  var KEPT2 = 4;
  var answers = /* @__PURE__ */ new Map();
  function headRows(payload, wanted) {
    const query = rowsQuery(payload, wanted);
    const key = `${query} ${payload.stamp}`;
    const answer = answers.get(key) || fetchRows(query);
    answers.delete(key);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    [
      ...answers.keys()
    ].slice(0, -KEPT2).forEach((old) => answers.delete(old));
    return answer;
  }
  function rowsQuery(payload, { bin, members }) {
    const { detailed: detailed2 } = headsOf(payload);
    const named = new Set(members.map((head) => categories()[detailed2[head]].name));
    return new URLSearchParams({
      model: payload.name,
      format: "json",
      layers: `${bin.start}-${bin.stop - 1}`,
      ...payload.t ? {} : {
        category: [
          ...named
        ].sort().join(",")
      }
    });
  }
  async function fetchRows(query) {
    const response = await fetch(`api/heads?${query}`);
    if (!response.ok) throw new Error(`the head table: HTTP ${response.status}`);
    const rows = (
      /** @type {HeadRow[]} */
      await response.json()
    );
    return new Map(rows.map((row3) => [
      keyOf(Number(row3.layer), Number(row3.head)),
      row3
    ]));
  }

  // assets/selection/grid.js
  var GRID_SCRIPT = "_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";
  var gridCode = null;
  function loadGrid() {
    if (!gridCode) {
      gridCode = window.dash_ag_grid ? Promise.resolve() : loadScript(GRID_SCRIPT);
      gridCode.catch(() => gridCode = null);
    }
    return gridCode;
  }
  var loadScript = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });
  function changedRow(payload, head, row3) {
    const label = (place2) => Number.isFinite(place2) ? categories()[place2].label : "";
    const known2 = headsOf(payload);
    const verdict = {
      category: label(known2.detailed[head]),
      runner_up: label(known2.runnerUp[head]),
      borderline: known2.borderline[head] ? "yes" : "no"
    };
    if (!payload.t) return verdict;
    const margin = known2.margin[head];
    return {
      ...verdict,
      margin: Number.isFinite(margin) ? margin : null,
      margin_se: row3.margin_se
    };
  }
  function gridRows(rows, members, payload, segment) {
    const view = viewOf(payload);
    const { score, error, order, told: told3 } = view.scores(payload);
    const mixed = view.mixedScores(payload, members);
    const value = mixed ? order : score;
    return members.map((head) => {
      const row3 = rows.get(headKey(payload, head)) ?? {};
      return {
        ...row3,
        ...changedRow(payload, head, row3),
        id: headName(payload, head),
        main: Number.isFinite(value[head]) ? value[head] : null,
        main_se: Number.isFinite(error[head]) ? error[head] : null,
        ...mixed ? {
          main_text: told3(head)
        } : {},
        ...view.cells(payload, head, row3, segment)
      };
    });
  }
  var sharedColumn = (column, headerName, rows) => ({
    ...column,
    headerName,
    headerTooltip: "sorted and filtered by its share of the threshold of its rule",
    tooltipField: "main_text",
    width: Math.max(128, Math.min(312, 40 + 7 * longest(rows)))
  });
  async function segmentGrid(listed2, payload) {
    const { members, segments: [segment] } = listed2;
    const [rows] = await Promise.all([
      headRows(payload, listed2),
      loadGrid()
    ]);
    const grid = definitions.grid;
    const view = viewOf(payload);
    const mixed = view.mixedScores(payload, members);
    const rowData = gridRows(rows, members, payload, segment);
    const columns = telling(view.columns(grid.props.columnDefs, segment), payload, members);
    const columnDefs = columns.map((column) => mixed && column.field === "main" ? sharedColumn(column, mixed, rowData) : column);
    return {
      ...grid,
      props: {
        ...grid.props,
        columnDefs,
        rowData
      }
    };
  }
  var longest = (rows) => Math.max(0, ...rows.map((row3) => row3.main_text?.length ?? 0));
  function telling(columns, payload, members) {
    const { detailed: detailed2 } = headsOf(payload);
    const alike = new Set(members.map((head) => detailed2[head])).size < 2;
    const rest = columns.filter(({ field }) => field !== "category");
    if (alike) return rest;
    if (columns !== definitions.grid.props.columnDefs) return columns;
    const behind = 1 + rest.findIndex(({ field }) => field === "main");
    return rest.toSpliced(behind, 0, ...columns.filter(({ field }) => field === "category"));
  }
  function shownRows() {
    const api = gridApi();
    const keys = (
      /** @type {HeadKey[]} */
      []
    );
    api?.forEachNodeAfterFilterAndSort(({ id }) => keys.push(keyOfName(id)));
    return keys;
  }
  function markRow(head) {
    const api = gridApi();
    if (!api) return;
    const node = head ? api.getRowNode(headLabel(head)) : null;
    if (!node) return api.deselectAll();
    node.setSelected(true, true);
    api.ensureNodeVisible(node);
  }
  function gridApi() {
    const shown5 = document.querySelector("#segment-section:not([hidden]) #segment-table");
    try {
      return shown5 ? window.dash_ag_grid?.getApi("segment-table") : void 0;
    } catch {
      return void 0;
    }
  }
  var gridFunctions = {
    /** @param {{ value: number | null, data: Record<string, Plotly>, colDef: Column }} params */
    withError(params) {
      const { value, data } = params;
      if (value === null || value === void 0) return "\u2013";
      const { field } = params.colDef;
      return data[`${field}_text`] || scoreText(value, data[`${field}_se`] ?? NaN);
    },
    byHead: compareNames
  };

  // assets/selection/lists.js
  var buttons = () => [
    .../** @type {NodeListOf<HTMLElement>} */
    document.querySelectorAll("[data-list] [data-head]")
  ].filter((one) => one.getClientRects().length);
  var otherRows = () => buttons().map((one) => one.dataset.head ?? "");
  function walkedList({ head }) {
    const shown5 = shownRows();
    return head && shown5.includes(head) ? shown5 : otherRows();
  }
  function markOthers(head) {
    buttons().forEach((one) => {
      const current = one.dataset.head === head;
      one.closest("tr")?.classList.toggle("current", current);
      if (current) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    });
  }

  // assets/selection/pattern.js
  var LEGIBLE = 11;
  var REPEATED = 4;
  function secondCopy(tokens) {
    const last3 = tokens.length - REPEATED;
    for (const before of [
      1,
      2
    ]) {
      for (let start = before + 1; start <= last3; start += 1) {
        if (tokens.slice(start).every((token, at) => token === tokens[at + before])) return start;
      }
    }
    return 0;
  }
  function patternFigure(packed, probe, frame) {
    const { tokens, weights } = packed.probes[probe];
    const names = tokens.map((token) => escapeHtml(tokenText(token)));
    const places = [
      ...names.keys()
    ];
    const rows = unpackTriangle(weights, names.length);
    const margin = {
      l: 98,
      r: 6,
      t: 6,
      b: 98
    };
    const room = Math.min(frame.clientWidth - 104, frame.clientHeight - 104) / names.length;
    const step2 = Math.max(1, Math.ceil(LEGIBLE / room));
    const shown5 = places.filter((place2) => place2 % step2 === 0);
    const axis = {
      fixedrange: true,
      showgrid: false,
      zeroline: false,
      tickvals: shown5,
      ticks: "",
      ticktext: shown5.map((place2) => tokenLabel(tokens[place2])),
      tickfont: {
        size: 10
      }
    };
    const { template } = definitions.figures.detailed.map.layout;
    const told3 = (query, key) => `<b>${queryToKey(names[query], names[key])}</b><br>query ${query}, key ${key}`;
    return {
      data: [
        {
          type: "heatmap",
          x: places,
          y: places,
          z: rows.map((row3) => places.map((key) => row3[key] ?? null)),
          zmin: 0,
          zmax: scaleTop(rows),
          showscale: false,
          colorscale: inkScale(),
          text: places.map((query) => places.map((key) => key > query ? "" : told3(query, key))),
          hovertemplate: "%{text}<br>weight %{z:.2f}<extra></extra>",
          hoverongaps: false
        }
      ],
      layout: {
        template: tinted(template),
        margin,
        autosize: true,
        dragmode: false,
        hovermode: "closest",
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        shapes: copyLines(probe === "repeated" ? secondCopy(tokens) : 0, names.length),
        xaxis: {
          ...axis,
          title: {
            text: "Key",
            standoff: 2
          },
          tickangle: -90,
          range: [
            -0.5,
            names.length - 0.5
          ],
          constrain: "domain"
        },
        yaxis: {
          ...axis,
          title: {
            text: "Query",
            standoff: 2
          },
          range: [
            names.length - 0.5,
            -0.5
          ],
          constrain: "domain",
          constraintoward: "top",
          scaleanchor: "x"
        }
      }
    };
  }
  function copyLines(start, size) {
    if (!start) return [];
    const line2 = {
      color: colour("ink-2"),
      width: 1,
      dash: "dot"
    };
    const edge = start - 0.5;
    return [
      {
        type: "line",
        x0: -0.5,
        x1: edge,
        y0: edge,
        y1: edge,
        line: line2
      },
      {
        type: "line",
        x0: edge,
        x1: edge,
        y0: edge,
        y1: size - 0.5,
        line: line2
      }
    ];
  }
  function inkScale() {
    const steps = [
      0,
      0.1,
      0.2,
      0.3,
      0.4,
      0.6,
      0.8,
      1
    ];
    const parse2 = (hex) => [
      1,
      3,
      5
    ].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const from = parse2(colour("grid"));
    const to = parse2(colour("accent"));
    const mix = (share2) => from.map((one, at) => Math.round(one + (to[at] - one) * share2)).join(",");
    return steps.map((share2) => [
      share2 * share2,
      `rgb(${mix(share2)})`
    ]);
  }
  function scaleTexts(packed, probe) {
    const { tokens, weights } = packed.probes[probe];
    const rows = unpackTriangle(weights, tokens.length);
    const top2 = scaleTop(rows);
    const first3 = Math.max(...rows.slice(1).map(([weight]) => weight));
    return [
      SCALE.map((share2) => `${Number((top2 * share2 * share2).toFixed(2))}`),
      `Darkest from ${top2.toFixed(2)} on: the largest weight outside the first column` + (first3 > top2 ? `, which reaches ${first3.toFixed(2)}.` : ".")
    ];
  }
  var SCALE = [
    0,
    0.25,
    0.5,
    0.75,
    1
  ];
  function patternNote(packed, probe) {
    if (packed.why) return packed.why;
    const { sentence, tokens } = packed.probes[probe];
    const lines = probe === "repeated" && secondCopy(tokens);
    return `${headLabel(packed.head)} on one prompt: ${sentence}; ${tokens.length} tokens. ` + (lines ? "The dotted lines show where the stretch begins again; an induction pattern is a diagonal stripe below and left of them. " : "") + scaleTexts(packed, probe)[1];
  }
  var drawnPrompt = (packed, wanted) => wanted && packed.probes[wanted] ? wanted : Object.keys(packed.probes)[0] ?? null;
  function missingNote(packed, wanted) {
    if (!wanted || packed.why || packed.probes[wanted]) return "";
    const label = definitions.prompts[wanted];
    const why = packed.skipped[wanted];
    return why ? `The prompt \u201C${label}\u201D is not stored: ${why}. ` : `The prompt \u201C${label}\u201D is not stored beside this table; classify the model again to see it. `;
  }
  function resizePattern() {
    const pattern = byId("pattern");
    const large = pattern.classList.toggle("large");
    const button2 = byId("pattern-size");
    button2.textContent = large ? "Shrink" : "Enlarge";
    button2.setAttribute("aria-expanded", String(large));
  }

  // assets/selection/prompt.js
  function watchPrompts() {
    document.addEventListener("change", (event) => {
      const list = closest(event, ".prompt-select");
      if (list instanceof HTMLSelectElement) setData("prompt", list.value);
    });
  }
  function showPrompt(list, prompt, stored) {
    const select3 = (
      /** @type {HTMLSelectElement} */
      list
    );
    [
      ...select3.options
    ].forEach((option2) => {
      const known2 = stored.includes(option2.value);
      option2.disabled = !known2;
      option2.hidden = !known2 && option2.value === "beginning";
    });
    select3.value = prompt;
  }

  // assets/selection/picture.js
  var drawn2 = null;
  var following = false;
  function drawCard(packed, wanted) {
    const prompt = drawnPrompt(packed, wanted);
    byId("pattern").classList.toggle("none", prompt === null);
    byId("pattern").classList.remove("stale");
    if (prompt === null) {
      drawn2 = null;
      return packed.why;
    }
    const { tokens, weights } = packed.probes[prompt];
    const strip = byId("pattern-strip");
    showPrompt(byId("pattern-prompt"), prompt, Object.keys(packed.probes));
    if (drawn2?.tokens.join("\n") !== tokens.join("\n")) {
      if (drawn2) forgetTokens();
      drawStrip(strip, tokens);
      watchStrip(strip);
    }
    drawn2 = {
      prompt,
      tokens,
      rows: unpackTriangle(weights, tokens.length)
    };
    drawIn("pattern-chart", patternFigure(packed, prompt, byId("pattern-chart")));
    watchMatrix();
    const [marks] = scaleTexts(packed, prompt);
    document.querySelectorAll("#pattern .pattern-scale .marks span").forEach((mark3, at) => {
      mark3.textContent = marks[at];
    });
    mark2();
    return missingNote(packed, wanted) + patternNote(packed, prompt);
  }
  function watchMatrix() {
    if (following) return;
    following = true;
    follow2(mark2);
    new ResizeObserver(placeLines).observe(byId("pattern-frame"));
    const graph = (
      /** @type {Plotted} */
      byId("pattern-chart").children[0]
    );
    graph.on("plotly_hover", ({ points: [{ x, y }] }) => pointAt(y, x <= y ? x : null));
    graph.on("plotly_unhover", () => pointAt(null));
  }
  function mark2() {
    if (!drawn2) return;
    markStrip(byId("pattern-strip"), byId("pattern-words"), drawn2.tokens, drawn2.rows);
    placeLines();
  }
  function placeLines() {
    const frame = byId("pattern-frame");
    const plot2 = frame.querySelector(".nsewdrag")?.getBoundingClientRect();
    const { token } = pointed();
    const on = Boolean(drawn2 && plot2?.width && token !== null && token < drawn2.tokens.length);
    frame.classList.toggle("pointed", on);
    if (!on || !drawn2 || !plot2 || token === null) return;
    const around2 = frame.getBoundingClientRect();
    const place2 = {
      left: plot2.left - around2.left + frame.scrollLeft,
      top: plot2.top - around2.top + frame.scrollTop,
      width: plot2.width,
      height: plot2.height,
      "row-at": token / drawn2.tokens.length,
      cell: 1 / drawn2.tokens.length
    };
    Object.entries(place2).forEach(([name, value]) => frame.style.setProperty(`--${name}`, String(value)));
  }

  // assets/selection/said.js
  function headSaid(payload, key) {
    const row3 = rowOf(payload, ...parseHead(key));
    const { detailed: detailed2, score } = headsOf(payload);
    const own = isClaimed(payload, row3) && Number.isFinite(score[row3]);
    const number2 = own ? score[row3].toFixed(2) : "";
    return [
      headLabel(key ?? ""),
      categories()[detailed2[row3]].label,
      number2
    ].filter(Boolean).join(", ");
  }

  // assets/selection/segment.js
  function listTitle({ segments, places, bin, whole }, payload) {
    const names = segments.map(({ label }) => label).join(" \xB7 ");
    return [
      ...segments.map(swatch),
      element("Span", {}, `${names}, ${whole ? "all layers" : `layers ${bin.label}`}`),
      element("Span", {
        className: "count"
      }, amount(bin, places, whole, payload))
    ];
  }
  function amount(bin, places, whole, payload) {
    const view = viewOf(payload);
    if (!whole) return view.described(bin, places[0]);
    if (!view.said.countsHeads) return `${percentText(bin.tenths[places[0]])} of ${view.said.shared}`;
    const count2 = places.reduce((sum, place2) => sum + bin.counts[place2], 0);
    return `${plural(count2, "head")}, ${percentOf(count2, bin.total)} of all`;
  }
  var noHeads = ({ segments, bin, whole }, payload) => element("P", {
    className: "quiet"
  }, !bin.total ? `The layers ${bin.label} have no attention.` : segments.every((segment) => isUnknown(payload, segment, 0)) ? "Not measured in this table." : `No head of this category in ${whole ? "this model" : bin.label}.`);
  var unfetched = (error) => [
    element("P", {
      className: "quiet"
    }, `The heads could not be fetched (${error.message}).`),
    element("Button", {
      type: "button",
      className: "button",
      "data-action": "fetch-again"
    }, "Try again")
  ];

  // assets/selection/selection.js
  function stepped(selection3, step2, payload, list = []) {
    const place2 = list.indexOf(selection3.head ?? "");
    if (place2 >= 0) return {
      ...selection3,
      head: list[(place2 + step2 + list.length) % list.length]
    };
    const all = headCount(payload);
    const [layer, head] = parseHead(selection3.head);
    const row3 = (rowOf(payload, layer, head) + step2 + all) % all;
    return {
      ...selection3,
      head: headKey(payload, row3)
    };
  }
  var toggled = (selection3, key, value) => ({
    ...selection3,
    [key]: selection3 && selection3[key] === value ? null : value
  });

  // assets/chart/thin-bands.js
  var THIN = 6;
  var REACH = 5;
  function thinBands(heights2) {
    const shown5 = standing(heights2);
    const bands = [];
    for (let at = 0; at < shown5.length; at += 1) {
      if (!isThin(shown5[at])) continue;
      const first3 = at;
      while (at + 1 < shown5.length && isThin(shown5[at + 1])) at += 1;
      const run = shown5.slice(first3, at + 1);
      const below = first3 ? Math.min(REACH, height(shown5[first3 - 1]) / 2) : 0;
      const above = at + 1 < shown5.length ? Math.min(REACH, height(shown5[at + 1]) / 2) : REACH;
      const from = run[0].bottom - below;
      const each = (run[run.length - 1].top + above - from) / run.length;
      run.forEach(({ place: place2 }, nth) => bands.push({
        place: place2,
        bottom: from + nth * each,
        top: from + (nth + 1) * each
      }));
    }
    return bands;
  }
  var height = ({ bottom, top: top2 }) => top2 - bottom;
  var isThin = (band) => height(band) < THIN;
  function standing(heights2) {
    let bottom = 0;
    return heights2.map((px2, place2) => ({
      place: place2,
      bottom,
      top: bottom += px2
    })).filter((band) => height(band) > 0);
  }

  // assets/dash/made.js
  function made2(name, attributes, ...inside) {
    const one = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => one.setAttribute(key, value));
    one.append(...inside);
    return one;
  }

  // assets/selection/thin.js
  var clearThin = () => byId("chart-thin").replaceChildren();
  function placeThin() {
    const frame = byId("head-chart");
    if (!window.Plotly) return whenPlotly(() => debounce("thin", placeThin));
    const { data, layout } = plotted(frame) ?? {};
    if (!data?.length) return;
    const box2 = plotBox(frame);
    const [, most] = layout.yaxis.range;
    const [left, right] = layout.xaxis.range;
    const perLayer = box2.width / (right - left);
    const bars = data.filter(({ customdata }) => customdata);
    const strips = data[0].x.flatMap((middle2, bin) => {
      const wide = data[0].width[bin] * perLayer;
      const heights2 = bars.map((trace) => trace.visible === false ? 0 : trace.y[bin] / most * box2.height);
      return thinBands(heights2).map(({ place: place2, bottom, top: top2 }) => {
        const [, start] = (
          /** @type {RegExpExecArray} */
          /\[(\d+),/.exec(bars[place2].customdata[bin][0])
        );
        const one = made2("div", {
          "data-thin": `${start}:${bars[place2].meta}`,
          "data-at": `${place2} ${bin}`
        });
        Object.assign(one.style, {
          left: `${MARGINS.left + (middle2 - left) * perLayer - wide / 2}px`,
          width: `${wide}px`,
          top: `${MARGINS.top + box2.height - top2}px`,
          height: `${top2 - bottom}px`
        });
        return one;
      });
    });
    byId("chart-thin").replaceChildren(...strips);
  }
  function watchThin() {
    document.addEventListener("click", (event) => {
      const segment = closest(event, "[data-thin]")?.dataset.thin;
      if (segment) setData("selection", toggled(getData("selection"), "segment", segment));
    });
    document.addEventListener("pointerover", (event) => {
      const at = closest(event, "[data-thin]")?.dataset.at;
      if (!at) return;
      const [curveNumber, pointNumber] = at.split(" ").map(Number);
      window.Plotly.Fx.hover(plotted(byId("head-chart")), [
        {
          curveNumber,
          pointNumber
        }
      ]);
    });
    document.addEventListener("pointerout", (event) => {
      if (closest(event, "[data-thin]")) window.Plotly.Fx.unhover(plotted(byId("head-chart")));
    });
  }

  // assets/selection/callbacks.js
  var pointOf = (click) => click && click.points && click.points[0];
  function clickChart(click, selection3) {
    const point = pointOf(click);
    if (!point) return keep();
    return toggled(selection3, "segment", `${binOf(point).start}:${point.customdata[4]}`);
  }
  function clickMap(click, selection3, payload) {
    const point = pointOf(click);
    if (!point) return keep();
    const key = keyOf(point.x, point.y);
    return hasHead(payload, key) ? toggled(selection3, "head", key) : keep();
  }
  function clickRow(cell, selection3) {
    return cell && cell.rowId ? {
      ...selection3,
      head: keyOfName(cell.rowId)
    } : keep();
  }
  function showSegment(payload, width, _taxonomy, selection3, only) {
    const listed2 = payload && width && listedHeads(payload, width, selection3?.segment, only ?? []);
    if (!listed2) return [
      "",
      true,
      keep()
    ];
    const title = listTitle(listed2, payload);
    byId("segment-slot").style.setProperty("--rows", String(listed2.members.length));
    if (!listed2.members.length) return [
      title,
      false,
      noHeads(listed2, payload)
    ];
    if (isShown(listed2, payload)) return [
      title,
      false,
      keep()
    ];
    return segmentGrid(listed2, payload).then((grid) => [
      title,
      false,
      grid
    ], (error) => [
      title,
      false,
      unfetched(error)
    ]);
  }
  var last = {};
  function isShown({ segments, bin, members }, payload) {
    const heads2 = [
      ...segments.map(({ name }) => name),
      bin.label,
      ...members
    ].join();
    const same2 = last.payload === payload && last.heads === heads2 && document.getElementById("segment-table");
    Object.assign(last, {
      payload,
      heads: heads2
    });
    return same2;
  }
  function reachThin() {
    clearThin();
    debounce("thin", placeThin);
  }
  function showPanel(selection3, segmentHidden) {
    const open3 = Boolean(selection3 && (selection3.head || !segmentHidden));
    const listed2 = !(selection3 && (selection3.head || selection3.segment));
    placeChosenCell(selection3 && selection3.head);
    bringCard(selection3 ?? {}, segmentHidden);
    markRow(selection3 && selection3.head);
    markOthers(selection3 && selection3.head);
    document.documentElement.dataset.selection = open3 ? "open" : "";
    const names = [
      "panel",
      open3 && "open",
      open3 && listed2 && "listed"
    ];
    return [
      names.filter(Boolean).join(" "),
      !(selection3 && selection3.head)
    ];
  }
  var tellHead = (payload, selection3) => payload && hasHead(payload, selection3?.head) ? headSaid(payload, selection3?.head) : "";
  function wantHead(payload, selection3, wanted) {
    const { head } = selection3 || {};
    if (!payload || !hasHead(payload, head)) return keep();
    const { name, stamp, t } = payload;
    const next = {
      model: name,
      stamp,
      t,
      head
    };
    if (same(next, wanted)) return keep();
    byId("pattern").classList.add("stale");
    return next;
  }
  var restorePrompt = (url) => url.prompt;
  function drawPattern(packed, wanted) {
    if (!packed) return [
      keep(),
      keep()
    ];
    return [
      drawCard(packed, wanted),
      headLabel(packed.head)
    ];
  }

  // assets/sensitivity/callbacks.js
  var callbacks_exports8 = {};
  __export(callbacks_exports8, {
    drawSensitivity: () => drawSensitivity,
    restoreSensitivity: () => restoreSensitivity,
    wantSensitivity: () => wantSensitivity,
    watchSensitivity: () => watchSensitivity
  });

  // assets/sensitivity/curve.js
  var thresholdAt = (place2) => (place2 + 1) / 100;
  function curveFigure(curve, now) {
    const segment = categoryNamed(curve.category);
    const usual = definitions.thresholds[curve.category];
    const mark3 = (x2, shown5, dash) => ({
      type: "line",
      x0: x2,
      x1: x2,
      yref: "paper",
      y0: 0,
      y1: 1,
      line: {
        color: colour(shown5),
        width: dash ? 1.5 : 2,
        dash
      }
    });
    const label = (x2, text, shown5, y) => ({
      x: x2,
      y,
      yref: "paper",
      yanchor: "bottom",
      text,
      showarrow: false,
      xanchor: x2 > 0.8 ? "right" : "left",
      font: {
        size: 12,
        color: colour(shown5)
      }
    });
    const changed2 = now !== usual;
    const x = curve.counts.map((_, place2) => thresholdAt(place2));
    return {
      data: [
        {
          type: "scatter",
          mode: "lines",
          x,
          y: curve.counts,
          line: {
            color: paint(segment).colour,
            width: 2.5,
            shape: "hv"
          },
          fill: "tozeroy",
          fillcolor: `${paint(segment).colour}33`,
          text: x.map((one, place2) => `${thresholdDigits(one)}: ${plural(curve.counts[place2], "head")}`),
          hovertemplate: "threshold %{text}<extra></extra>"
        }
      ],
      layout: {
        template: tinted(definitions.figures.detailed.chart.layout.template),
        autosize: true,
        showlegend: false,
        hovermode: "x",
        clickmode: "event",
        dragmode: false,
        margin: {
          l: 58,
          r: 12,
          t: 36,
          b: 46
        },
        shapes: [
          mark3(usual, "ink-2", "dot"),
          ...changed2 ? [
            mark3(now, "accent")
          ] : []
        ],
        annotations: [
          label(usual, `default ${thresholdDigits(usual)}`, "ink-2", 1),
          ...changed2 ? [
            label(now, `now ${thresholdDigits(now)}`, "accent", 1.07)
          ] : []
        ],
        xaxis: {
          title: {
            text: `Threshold of ${segment.label}`,
            standoff: 8
          },
          range: [
            0,
            1
          ],
          dtick: 0.1,
          fixedrange: true
        },
        yaxis: {
          title: {
            text: "# heads"
          },
          rangemode: "tozero",
          fixedrange: true,
          ...Math.max(...curve.counts) < 6 && {
            dtick: 1,
            range: [
              0,
              6
            ]
          }
        }
      }
    };
  }

  // assets/sensitivity/words.js
  var AROUND = 0.1;
  function headsAt({ counts }, threshold) {
    const place2 = Math.min(99, Math.max(0, Math.round(100 * threshold) - 1));
    return counts[place2];
  }
  function curveWords(curve, now) {
    const { label } = categoryNamed(curve.category);
    const usual = definitions.thresholds[curve.category];
    const [low, high] = [
      Math.max(0.01, usual - AROUND),
      Math.min(1, usual + AROUND)
    ];
    const here = headsAt(curve, usual);
    const [most, least] = [
      headsAt(curve, low),
      headsAt(curve, high)
    ];
    const span = most === least ? `from ${thresholdDigits(low)} to ${thresholdDigits(high)} the number does not change` : `${most.toLocaleString("en-US")} at ${thresholdDigits(low)}, ${least.toLocaleString("en-US")} at ${thresholdDigits(high)}`;
    const changed2 = now === usual ? "" : ` Now at ${thresholdDigits(now)}: ${plural(headsAt(curve, now), "head")}.`;
    return `${label}: ${plural(here, "head")} at the default ${thresholdDigits(usual)}; ${span}.${changed2}`;
  }

  // assets/chart/threshold.js
  function setThreshold(category, value) {
    if (document.querySelector(`[data-threshold="${category}"]`)) {
      setProps({
        type: "threshold",
        name: category
      }, {
        value
      });
    }
    const { [category]: _before, ...rest } = getData("thresholds") || {};
    const usual = definitions.thresholds[category];
    setData("thresholds", value === usual ? rest : {
      ...rest,
      [category]: value
    });
  }

  // assets/sensitivity/callbacks.js
  var KEY3 = "sensitivity";
  var FIRST2 = "induction";
  function restoreSensitivity(url) {
    detailsById("sensitivity-panel").open = Boolean(url.sensitivity);
    return url.sensitivity || FIRST2;
  }
  var isOpen3 = (opened) => Boolean((opened || {})[KEY3]);
  function others(thresholds, category) {
    const { [category]: _own, ...rest } = thresholds || {};
    return thresholdText(rest, definitions.thresholds);
  }
  function wantSensitivity(table2, thresholds, category, opened) {
    tellAddress(KEY3, isOpen3(opened) ? category : null);
    if (!table2 || !category || !isOpen3(opened)) return;
    if (!table2.scores.includes(definitions.scoreOf[category])) return;
    const t = others(thresholds, category);
    ask("sensitivity-wanted", {
      model: table2.name,
      stamp: table2.stamp,
      category,
      t
    });
  }
  function drawSensitivity(curve, payload, thresholds, category, opened) {
    if (!payload || !category || !isOpen3(opened)) return [
      keep(),
      keep()
    ];
    const choice2 = framed(Object.keys(definitions.thresholds).filter((name) => payload.scores.includes(definitions.scoreOf[name])).map((name) => chip2(name, category)));
    const chart3 = (
      /** @type {HTMLElement} */
      byId("sensitivity-chart").parentElement
    );
    const measured = payload.scores.includes(definitions.scoreOf[category]);
    chart3.hidden = !measured;
    if (!measured) {
      return [
        choice2,
        `${categoryNamed(category).label}: its score is not in this table.`
      ];
    }
    const fits = curve && isAbout(curve, payload) && curve.category === category && curve.t === others(thresholds, category);
    if (!fits) return [
      choice2,
      keep()
    ];
    const now = thresholds?.[category] ?? definitions.thresholds[category];
    drawIn("sensitivity-chart", curveFigure(curve, now));
    listen2();
    return [
      choice2,
      curveWords(curve, now)
    ];
  }
  function chip2(name, chosen) {
    const segment = categoryNamed(name);
    const props = {
      type: "button",
      className: "chip",
      "data-sensitivity": name,
      "aria-pressed": String(name === chosen)
    };
    return element("Button", props, swatch(segment), segment.label);
  }
  var listening2 = false;
  function listen2() {
    if (listening2) return;
    const graph = (
      /** @type {Plotted} */
      byId("sensitivity-chart").children[0]
    );
    if (!graph.on) return;
    listening2 = true;
    graph.on("plotly_click", ({ points }) => {
      const value = Math.round(100 * points[0].x) / 100;
      setThreshold(getData("sensitivity-of"), value);
    });
  }
  function watchSensitivity() {
    document.addEventListener("click", (event) => {
      const button2 = closest(event, "[data-sensitivity]");
      if (button2) setData("sensitivity-of", button2.dataset.sensitivity);
    });
  }

  // assets/thresholds/callbacks.js
  var callbacks_exports9 = {};
  __export(callbacks_exports9, {
    drawThresholds: () => drawThresholds,
    offerThresholds: () => offerThresholds,
    readSliders: () => readSliders,
    restoreThresholds: () => restoreThresholds,
    wantSliders: () => wantSliders,
    wantWhatIf: () => wantWhatIf
  });

  // assets/thresholds/panel.js
  var CHANGES_SHOWN = 400;
  function changeList(payload) {
    const ways = /* @__PURE__ */ new Map();
    changedHeads(payload).forEach(({ head, from, to }) => {
      const key = `${from} ${to}`;
      ways.set(key, [
        ...ways.get(key) || [],
        head
      ]);
    });
    let left = CHANGES_SHOWN;
    return [
      ...ways
    ].sort(([, one], [, other]) => other.length - one.length).map(([key, heads2]) => {
      const [from, to] = key.split(" ").map((place2) => categories()[Number(place2)]);
      const shown5 = heads2.slice(0, Math.max(0, left));
      left -= shown5.length;
      const rest = heads2.length - shown5.length;
      return element("Li", {
        className: "change"
      }, element("Span", {
        className: "change-way"
      }, swatch(from), from.label, element("Span", {
        className: "arrow",
        "aria-hidden": "true"
      }, "\u2192"), element("Span", {
        className: "visually-hidden"
      }, " becomes "), swatch(to), to.label, element("Span", {
        className: "count"
      }, plural(heads2.length, "head"))), element("Span", {
        className: "change-heads"
      }, ...shown5.map((head) => headButton2(payload, head)), ...rest ? [
        element("Span", {
          className: "quiet"
        }, `and ${rest} more`)
      ] : []));
    });
  }
  function headButton2(payload, head) {
    const props = {
      type: "button",
      className: "head-link",
      "data-head": headKey(payload, head)
    };
    return element("Button", props, headName(payload, head));
  }

  // assets/thresholds/callbacks.js
  var ASKED_MS3 = 90;
  function restoreThresholds(url) {
    detailsById("what-if-panel").open = Object.keys(url.thresholds).length > 0;
    return url.thresholds;
  }
  function wantWhatIf(table2, thresholds) {
    if (!table2) return;
    const t = thresholdText(thresholds, definitions.thresholds);
    const next = {
      model: table2.name,
      stamp: table2.stamp,
      t
    };
    if (t) throttle("what-if", ASKED_MS3, () => ask("what-if-wanted", next));
    else forget("what-if");
  }
  function wantSliders(table2, opened, last3) {
    if (!table2 || !(opened || {}).whatif) return keep();
    const next = {
      scores: table2.scores
    };
    return same(next, last3) ? keep() : next;
  }
  function readSliders(values, ids, thresholds) {
    const read = {
      ...thresholds
    };
    ids.forEach(({ name }, at) => read[name] = values[at]);
    const changed2 = Object.fromEntries(Object.entries(read).filter(([name, value]) => value !== definitions.thresholds[name]));
    const text = (some) => thresholdText(some, definitions.thresholds);
    const kept4 = text(changed2) === text(thresholds) ? keep() : changed2;
    return [
      kept4,
      values.map(thresholdDigits)
    ];
  }
  var offerThresholds = (payload) => payload ? viewOf(payload).said.untouched : keep();
  function drawThresholds(payload, _body, ids) {
    if (!payload) return [
      keep(),
      keep(),
      ids.map(keep)
    ];
    const counts = thresholdCounts(payload);
    return [
      payload.t ? changedText(payload) : "Move a threshold to see which heads would change.",
      changeList(payload),
      ids.map(({ name }) => countText(counts[name]))
    ];
  }

  // assets/page/history.js
  var OURS = "headstrata";
  var CHOSEN = "headstrata chosen";
  var isOurs = (mark3) => mark3 === OURS || mark3 === CHOSEN;
  var choice = (query) => [
    "segment",
    "head",
    "only"
  ].some((key) => query.get(key));
  function historyStep(mark3, before, after) {
    const [old, next] = [
      before,
      after
    ].map((query) => new URLSearchParams(query));
    const another = old.get("model") !== next.get("model");
    if (isOurs(mark3) && old.get("model") && another) return {
      push: true,
      mark: OURS
    };
    const first3 = mark3 === OURS && !choice(old) && choice(next);
    if (first3) return {
      push: true,
      mark: CHOSEN
    };
    return {
      push: false,
      mark: isOurs(mark3) ? mark3 : OURS
    };
  }

  // assets/page/link.js
  var THEMES = [
    "light",
    "dark"
  ];
  function readUrl(search, models, fallback, problems = []) {
    const query = new URLSearchParams(search);
    const notes2 = (
      /** @type {string[]} */
      []
    );
    const choice2 = (key, allowed, otherwise) => {
      const value = query.get(key);
      if (value === null) return otherwise;
      if (allowed.includes(value)) return value;
      notes2.push(`${key}=${quoted(value)} is not one of ${allowed.join(", ")}.`);
      return otherwise;
    };
    const [name, pin2] = readPin("model", query.get("model"), notes2);
    const model = findModel(name, models, fallback, problems, notes2);
    const bins = readBins(query.get("bins"), model, notes2);
    const taxonomy = choice2("taxonomy", taxonomies(), USUAL);
    const show = (
      /** @type {Show} */
      choice2("show", shows(), "count")
    );
    return {
      model: model ? model.name : null,
      pin: pin2,
      bins,
      taxonomy,
      show,
      only: readOnly(query.get("only"), shownView(show)?.name ?? taxonomy, notes2),
      unmeasured: choice2("unmeasured", [
        "0",
        "1"
      ], "0") === "1",
      colour: choice2("colour", Object.keys(definitions.measures), null),
      theme: (
        /** @type {Theme | null} */
        choice2("theme", THEMES, null)
      ),
      segment: readSegment(query.get("segment"), notes2),
      head: readHead(query.get("head"), model, notes2),
      thresholds: readThresholds(query.get("t"), definitions.thresholds, notes2),
      prompt: choice2("prompt", Object.keys(definitions.prompts), null),
      pins: readPins(query.get("pins"), model, notes2),
      ...readCompare(query.get("compare"), models, model, notes2),
      sensitivity: choice2("sensitivity", Object.keys(definitions.thresholds), null),
      effects: choice2("effects", effectNames(), null),
      scatter: readScatter(query.get("scatter"), notes2),
      notes: notes2
    };
  }
  function readScatter(text, notes2) {
    if (text === null) return null;
    const [x, y, more] = text.split(":");
    const known2 = [
      x,
      y
    ].every((name) => columnNames().includes(name));
    if (known2 && more === void 0) return text;
    notes2.push(`scatter=${quoted(text)} is not SCORE:SCORE with two of ${columnNames().join(", ")}.`);
    return null;
  }
  var movedNote = (payload, url) => isMoved(payload, url) ? `The link was made for another table of this name (hash ${url?.pin?.slice(0, 8)}\u2026), which is not here any more: this one was computed again, ${payload.when}, and its figures may differ.` : "";
  var isMoved = (payload, url) => Boolean(url?.pin && url.model === payload.name && !isPinned(payload.hash, url.pin));
  function findModel(name, models, fallback, problems, notes2) {
    const find = (wanted) => models.find((model) => model.name === wanted);
    const otherwise = find(fallback) || models[0] || null;
    if (name === null) return otherwise;
    const found = find(name) || find(`${name}-published`);
    if (found) return found;
    const shown5 = otherwise ? `${otherwise.title} is shown` : "there are none yet";
    const damaged = problems.find((problem) => problem.name === name);
    notes2.push(damaged ? `The table ${quoted(name)} cannot be shown: ${damaged.reason}. ${otherwise ? `${shown5}.` : ""}` : `There is no table named ${quoted(name)} here; ${shown5}.`);
    return otherwise;
  }
  function readBins(text, model, notes2) {
    if (text === null || !model) return null;
    const width = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    if (width >= 1 && width <= model.layers) return width;
    notes2.push(`bins=${quoted(text)} is not a whole number from 1 to ${model.layers} layers.`);
    return null;
  }
  function readSegment(text, notes2) {
    if (text === null) return null;
    const [, start, name] = /^(\d{1,6}):([a-z_]+)$/.exec(text) || [];
    const known2 = Object.values(definitions.views).some((taxonomy) => taxonomy.segments.some((segment) => segment.name === name));
    if (start !== void 0 && known2) return `${Number(start)}:${name}`;
    notes2.push(`segment=${quoted(text)} is not START:CATEGORY, such as 12:induction.`);
    return null;
  }
  function readOnly(text, view, notes2) {
    const { segments, label } = definitions.views[view];
    const known2 = segments.map(({ name }) => name);
    const wanted = (text ?? "").split(",").map((name) => name.trim()).filter(Boolean);
    for (const name of wanted.filter((one) => !known2.includes(one))) {
      notes2.push(`only=${quoted(name)} is not one of \u201C${label}\u201D: ${known2.join(", ")}.`);
    }
    return [
      ...new Set(wanted)
    ].filter((name) => known2.includes(name));
  }
  function readHead(text, model, notes2) {
    if (text === null || !model) return null;
    if (/^\d{1,6}\.\d{1,6}$/.test(text) && hasHead(model, text)) return keyOf(...parseHead(text));
    notes2.push(`head=${quoted(text)} is not LAYER.HEAD with a layer below ${model.layers} and a head below ${model.heads}${unevenly(text, model)}.`);
    return null;
  }
  function unevenly(text, model) {
    const heads2 = model.heads_by_layer?.[parseHead(text)[0]];
    if (heads2 === void 0) return "";
    return `; layer ${parseHead(text)[0]} has ${heads2 ? plural(heads2, "head") : "no attention"}`;
  }
  var noteList = (notes2) => notes2.length < 2 ? notes2.join("") : element("Ul", {}, ...notes2.map((note2) => element("Li", {}, note2)));

  // assets/page/address.js
  var KEYS = [
    "bins",
    "taxonomy",
    "show",
    "segment",
    "head",
    "only",
    "unmeasured",
    "colour",
    "theme",
    "t",
    "compare",
    "prompt",
    "pins"
  ];
  var shown4 = null;
  var returning = null;
  function addressOf(state2) {
    const query = new URLSearchParams({
      model: withPin(state2.model, state2.pin)
    });
    for (const [key, value] of [
      ...KEYS.map((one) => [
        one,
        state2[one]
      ]),
      ...Object.entries(beside)
    ]) {
      if (value !== null && value !== void 0) query.set(String(key), String(value));
    }
    const readable = query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%40/g, "@");
    return `${window.location.pathname}?${readable}`;
  }
  var pageLink = () => new URL(shown4 ? linkTo(shown4) : "./", location.href).href;
  var linkTo = (state2) => addressOf({
    ...state2,
    theme: null,
    pin: state2.hash,
    compare: drawnTable(state2.compared, getData("compared"))
  });
  function writeAddress(state2) {
    if (returning && returning !== state2.model) return;
    returning = null;
    shown4 = state2;
    debounce("address", () => {
      const { history: history2, location: location2 } = window;
      const address = addressOf(state2);
      const [, after] = address.split("?");
      const { push, mark: mark3 } = historyStep(history2.state, location2.search, after);
      history2[push ? "pushState" : "replaceState"](mark3, "", address);
      byId("whole-page").href = `./${location2.search}`;
    });
  }
  function stopReturning() {
    returning = null;
  }
  function followHistory() {
    if (!isOurs(history.state)) history.replaceState(OURS, "");
    onBeside(() => shown4 && writeAddress(shown4));
    window.addEventListener("popstate", ({ state: state2 }) => {
      if (!shown4) return;
      if (!isOurs(state2)) return writeAddress(shown4);
      forget("address");
      setData("boot", getData("boot"));
      const payload = getData("payload");
      const url = readUrl(window.location.search, getData("models"), null);
      returning = url.model;
      if (url.model !== payload.name) return;
      setProps("bin-width", {
        value: url.bins || defaultWidth(payload.layers)
      });
    });
  }

  // assets/page/theme.js
  var system = () => window.matchMedia("(prefers-color-scheme: dark)");
  function applyTheme(theme) {
    const root = document.documentElement;
    const shown5 = theme || (system().matches ? "dark" : "light");
    root.dataset.theme = shown5;
    root.style.colorScheme = shown5;
    const toggle = document.getElementById("theme-toggle");
    if (toggle) toggle.setAttribute("aria-pressed", String(shown5 === "dark"));
    return shown5;
  }
  function followSystemTheme() {
    system().addEventListener("change", () => {
      applyTheme(getData("theme"));
      drawAgain();
    });
  }

  // assets/table/downloads.js
  function fromTop(address) {
    const { pathname, search } = new URL(address, location.href);
    return pathname + search;
  }
  function downloadLinks(payload, width) {
    const item = (label, href) => element("A", {
      href,
      download: ""
    }, label);
    const given = payload.t ? {
      t: payload.t
    } : {};
    const query = (rest) => new URLSearchParams({
      model: payload.name,
      ...rest,
      ...given
    });
    const written = viewOf(payload).said.addsColumns ? {
      taxonomy: payload.as
    } : {};
    const heads2 = (format) => fromTop(`api/heads?${query({
      format,
      ...written
    })}`);
    const bins = (format) => fromTop(`api/bins?${query({
      width: String(width),
      taxonomy: payload.as,
      format
    })}`);
    return [
      heads2("csv"),
      bins("csv"),
      [
        item("Parquet, with provenance", heads2("parquet")),
        item("JSON", heads2("json"))
      ],
      [
        item("Parquet, with provenance", bins("parquet")),
        item("JSON", bins("json"))
      ]
    ];
  }

  // assets/views/let-go.js
  var notes = [];
  function letGo2(names, { lacks }) {
    notes = names.map((name) => `${viewNamed(name).said.label} cannot be shown: ${lacks[name]}`);
  }
  function takeLetGo() {
    const taken = notes;
    notes = [];
    return taken;
  }

  // assets/page/callbacks.js
  var last2 = {
    shape: ""
  };
  var linked2 = null;
  function restore(fallback, models, definitions2, problems) {
    setDefinitions(definitions2);
    const url = readUrl(window.location.search, models, fallback, problems);
    linked2 = url;
    const selection3 = {
      segment: url.segment,
      head: url.head
    };
    return [
      url.model,
      url.taxonomy,
      url.show,
      selection3,
      url.theme,
      url,
      noteList(url.notes)
    ];
  }
  function adopt(payload, url, width, selection3) {
    if (!payload) return Array(5).fill(keep());
    const { name, stamp } = payload;
    const shape = `${payload.layers} x ${payload.heads_by_layer || payload.heads}`;
    const before = {
      ...last2
    };
    const same2 = before.name === name;
    if (!same2) stopReturning();
    Object.assign(last2, {
      name,
      stamp,
      shape
    });
    if (same2 && before.stamp === stamp) return Array(5).fill(keep());
    const fromLink = url && url !== before.url && url.model === name;
    last2.url = url;
    const alike = before.shape === shape;
    const usual = defaultWidth(payload.layers);
    const chosen = fromLink ? url.bins || usual : alike ? width : usual;
    debounce("shown", () => setData("shown", {
      name,
      stamp
    }));
    document.title = `${payload.title} \xB7 Headstrata`;
    return [
      payload.layers,
      chosen,
      mapNote(payload),
      ...fromLink ? withoutDeadSegment(payload, chosen, selection3, linkNotes(payload, url)) : heldSelection(Boolean(before.name) && !same2, alike, selection3)
    ];
  }
  function headings(payload) {
    const gaps = attentionText(payload);
    const [source] = viewOf(payload).source(payload);
    const moved = isMoved(payload, linked2);
    return [
      payload.findings[payload.as],
      framed(element("Span", {
        className: "source-model"
      }, `${payload.title} \xB7 `), element("Span", {
        className: `source ${payload.source}`
      }, source), moved && element("Span", {
        className: "moved"
      }, "not the table that the link was made for"), gaps && element("Span", {
        className: "gaps"
      }, `${gaps}; the others have no heads.`))
    ];
  }
  function mapNote(payload) {
    const layers = plural(payload.layers, "layer");
    const heads2 = `${headsText(payload)} ${payload.heads === 1 ? "head" : "heads"}`;
    return `${layers} \xD7 ${heads2}, one cell each, under their bars`;
  }
  var restoreFeatures = (url) => [
    restoreOnly(url),
    restoreUnmeasured(url),
    restoreColour(url),
    restorePrompt(url),
    restorePins(url),
    restoreThresholds(url),
    restoreCompare(url),
    restoreSensitivity(url),
    restoreScatter(url),
    restoreEffects(url)
  ];
  var tellFinding = (payload) => payload ? headings(payload) : [
    keep(),
    keep()
  ];
  function heldSelection(another, alike, selection3) {
    if (!another) return [
      keep(),
      keep()
    ];
    return [
      alike ? {
        head: (selection3 || {}).head || null
      } : {},
      noteList(takeLetGo())
    ];
  }
  function linkNotes(payload, url) {
    return [
      ...url.notes,
      ...takeLetGo(),
      movedNote(payload, url),
      lacksColour(payload, url.colour)
    ].filter(Boolean);
  }
  function withoutDeadSegment(payload, width, selection3, notes2) {
    const { segment } = selection3 || {};
    if (!segment || hasSegment(payload, width, segment)) {
      return [
        keep(),
        notes2.length ? noteList(notes2) : keep()
      ];
    }
    const note2 = `There is no segment ${quoted(segment)} in bins of ${plural(width, "layer")} by ${viewOf(payload).said.by}.`;
    return [
      {
        ...selection3,
        segment: null
      },
      noteList([
        ...notes2,
        note2
      ])
    ];
  }
  function writeUrl(payload, width, taxonomy, show, selection3, theme, compare, only, colourOf, prompt, pins) {
    if (!payload || !width) return Array(4).fill(keep());
    const { segment: chosen, head } = selection3 || {};
    const segment = hasSegment(payload, width, chosen) ? chosen : null;
    writeAddress({
      model: payload.name,
      pin: linked2 && linked2.model === payload.name ? linked2.pin : null,
      hash: payload.hash,
      bins: width,
      taxonomy,
      show,
      segment,
      head,
      only: only?.join(",") || null,
      unmeasured: payload.unmeasured ? 1 : null,
      colour: colouredBy(payload, colourOf),
      theme,
      t: payload.t || null,
      compare: linkedTable(compare),
      compared: compare,
      prompt,
      pins: pinsOf(pins, payload).join(",") || null
    });
    return downloadLinks(payload, width);
  }
  function toggleTheme(clicks) {
    if (!clicks) return keep();
    return document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  }
  function useTheme(theme) {
    applyTheme(theme);
    return measure();
  }

  // assets/ranked/callbacks.js
  var callbacks_exports11 = {};
  __export(callbacks_exports11, {
    drawRanked: () => drawRanked,
    wantRanked: () => wantRanked
  });

  // assets/ranked/form.js
  var labelled = (label, field) => made2("label", {}, made2("span", {
    class: "label"
  }, label), field);
  var select2 = (name, choices) => made2("select", {
    name
  }, ...choices.map(({ value, label }) => made2("option", {
    value
  }, label)));
  var leastField = () => (
    /** @type {HTMLInputElement} */
    byId("ranked-form").querySelector("[name=least]")
  );
  var number = (name, more) => made2("input", {
    type: "number",
    name,
    min: "0",
    inputmode: "decimal",
    ...more
  });
  function buildForm() {
    const place2 = byId("ranked-form");
    if (place2.childElementCount) return;
    const { categories: categories3 } = definitions.ranked;
    const form = made2("form", {
      class: "ranked-form"
    }, labelled("Rank by", select2("column", [])), labelled("At least", number("least", {
      min: "",
      step: "0.05",
      placeholder: "any"
    })), labelled("Category", select2("category", [
      {
        value: "",
        label: "All"
      },
      ...categories3
    ])), labelled("From layer", number("first", {
      step: "1",
      placeholder: "first"
    })), labelled("To layer", number("last", {
      step: "1",
      placeholder: "last"
    })));
    form.addEventListener("input", () => setData("ranked-choice", said(form)));
    form.addEventListener("submit", (event) => event.preventDefault());
    place2.append(form);
    byId("ranked-rows").addEventListener("click", (event) => {
      const { sort, rows } = closest(event, "[data-sort], [data-rows]")?.dataset ?? {};
      if (rows) setData("ranked-choice", {
        ...getData("ranked-choice"),
        rows: Number(rows)
      });
      if (!sort) return;
      const column = (
        /** @type {HTMLSelectElement} */
        form.elements.namedItem("column")
      );
      const other = sort.replace(/^-/, "");
      if (column.value !== other) leastField().value = "";
      column.value = other;
      setData("ranked-choice", {
        ...said(form),
        sort
      });
    });
  }
  function offerColumns(payload) {
    const column = (
      /** @type {HTMLSelectElement} */
      byId("ranked-form").querySelector("select")
    );
    const columns = definitions.ranked.columns.filter(({ value }) => isOffered(payload, value));
    const values = columns.map(({ value }) => value);
    if (same(values, [
      ...column.options
    ].map(({ value }) => value))) return false;
    const chosen = column.value;
    column.replaceChildren(...columns.map(({ value, label }) => made2("option", {
      value
    }, label)));
    const stays = !chosen || values.includes(chosen);
    if (chosen && stays) column.value = chosen;
    if (stays) return false;
    leastField().value = "";
    column.form.dispatchEvent(new Event("input"));
    return true;
  }
  var said = (form) => Object.fromEntries(new FormData(form));

  // assets/ranked/question.js
  function rankedQuestion({ name, stamp, t, layers }, choice2, rows) {
    const { category, first: first3, last: last3, column = "induction", least, sort } = choice2;
    const all = !first3 && !last3;
    return {
      model: name,
      stamp,
      t,
      category: category || null,
      layers: all ? null : `${first3 || 0}-${last3 || layers - 1}`,
      least: least ? `${column}:${least.replace(",", ".")}` : null,
      sort: sort ?? column,
      rows: choice2.rows ?? rows
    };
  }

  // assets/ranked/table.js
  var MORE = 4;
  function foundText({ found, total, rows }) {
    if (!found) return "No head fits. Lower the least score or take more layers.";
    const all = total.toLocaleString("en-US");
    const some = found < total ? `${found.toLocaleString("en-US")} of ${all} heads` : `All ${all} heads`;
    return rows.length < found ? `${some}; the first ${rows.length.toLocaleString("en-US")}` : some;
  }
  var fileAddress = ({ query }, format) => `api/heads?${new URLSearchParams({
    ...query,
    format
  })}`;
  function drawRows(ranked, place2) {
    if (ranked.why) return place2.replaceChildren(made2("p", {
      role: "alert"
    }, ranked.why));
    const { rows, found, most } = ranked;
    const more = rows.length < Math.min(found, most);
    place2.replaceChildren(said2(ranked), ...rows.length ? [
      table(ranked)
    ] : [], ...more ? [
      button("More rows", {
        class: "button",
        "data-rows": String(rows.length * MORE)
      })
    ] : []);
  }
  var button = (text, attributes) => made2("button", {
    type: "button",
    ...attributes
  }, text);
  function said2(ranked) {
    const file = (format, title) => {
      const text = format === "csv" ? "CSV" : "Parquet";
      return made2("a", {
        class: "button",
        href: fileAddress(ranked, format),
        download: "",
        title
      }, text);
    };
    return made2("div", {
      class: "ranked-said"
    }, made2("p", {
      role: "status"
    }, foundText(ranked)), made2("span", {
      class: "button-row"
    }, file("csv", "These heads with all scores, as CSV"), file("parquet", "These heads with all scores and the provenance")));
  }
  function table({ columns, rows, sort }) {
    const names = [
      "Head",
      "Category"
    ].map((name) => made2("th", {
      scope: "col"
    }, name));
    const headings2 = columns.map((column, place2) => heading(column, place2 === 0 ? sort : ""));
    return made2("div", {
      class: "ranked-frame",
      tabindex: "0",
      role: "group",
      "aria-label": "Ranked heads"
    }, made2("table", {}, made2("thead", {}, made2("tr", {}, ...names, ...headings2)), made2("tbody", {}, ...rows.map((one) => row2(one, columns)))));
  }
  function heading({ value, label }, sort) {
    const rising = sort.startsWith("-");
    const order = sort ? {
      "aria-sort": rising ? "ascending" : "descending"
    } : {};
    const next = sort && !rising ? `-${value}` : value;
    return made2("th", {
      scope: "col",
      ...order
    }, button(label, {
      class: "sort",
      "data-sort": next
    }));
  }
  function row2([layer, head, category, ...values], columns) {
    const key = keyOf(layer, head);
    const { label, colour: colour2, dark } = categoryNamed(category);
    const swatch2 = made2("span", {
      class: "swatch pattern-plain",
      "aria-hidden": "true"
    });
    swatch2.style.setProperty("--swatch", colour2);
    if (dark) swatch2.style.setProperty("--swatch-dark", dark);
    return made2("tr", {}, made2("th", {
      scope: "row"
    }, button(headLabel(key), {
      class: "head-link",
      "data-head": key
    })), made2("td", {}, swatch2, label), ...values.map((value, at) => made2("td", {
      class: "number"
    }, value === null ? "\u2013" : numberText(columns[at].value, value))));
  }

  // assets/ranked/callbacks.js
  var ASKED_MS4 = 150;
  function wantRanked(payload, opened, choice2) {
    if (!payload || !opened?.ranked) return;
    buildForm();
    if (offerColumns(payload)) return;
    const next = rankedQuestion(payload, choice2 ?? {}, definitions.ranked.rows);
    throttle("ranked", ASKED_MS4, () => ask("ranked-wanted", next));
  }
  function drawRanked(ranked) {
    if (!ranked) return;
    const place2 = byId("ranked-rows");
    const sort = document.activeElement?.closest("#ranked-rows [data-sort]");
    drawRows(ranked, place2);
    markOthers(getData("selection")?.head);
    if (sort) place2.querySelector("[aria-sort] .sort")?.focus();
  }

  // assets/reference/callbacks.js
  var callbacks_exports12 = {};
  __export(callbacks_exports12, {
    offerReference: () => offerReference,
    wantCheck: () => wantCheck
  });
  var offerReference = (payload) => payload ? [
    !payload.in_figure,
    payload.in_figure
  ] : [
    keep(),
    keep()
  ];
  function wantCheck(payload, width, opened) {
    if (!payload || !width || !(opened || {}).reference) return;
    const next = aboutDrawn(payload, width);
    debounce("check", () => ask("check-wanted", next));
  }

  // assets/table/callbacks.js
  var callbacks_exports13 = {};
  __export(callbacks_exports13, {
    leaveOutDismissed: () => leaveOutDismissed,
    offer: () => offer,
    openFirst: () => openFirst,
    refresh: () => refresh,
    settle: () => settle2,
    wantExtras: () => wantExtras
  });

  // assets/table/failed-jobs.js
  var KEY4 = "headstrata-dismissed";
  var KEPT3 = 200;
  var dismissed = null;
  function recalled() {
    try {
      dismissed ??= JSON.parse(localStorage.getItem(KEY4) || "[]");
    } catch {
    }
    return Array.isArray(dismissed) ? dismissed : dismissed = [];
  }
  function dismiss(keys) {
    dismissed = [
      .../* @__PURE__ */ new Set([
        ...recalled(),
        ...keys
      ])
    ].slice(-KEPT3);
    try {
      localStorage.setItem(KEY4, JSON.stringify(dismissed));
    } catch {
    }
  }
  var keysOf = (line2) => (line2.dataset.failed || "").split(" ");
  function leaveOut() {
    const lines = document.querySelectorAll(".failed-jobs");
    for (const line2 of lines) {
      line2.hidden = keysOf(line2).every((key) => recalled().includes(key));
    }
  }
  function watchFailedJobs() {
    document.addEventListener("click", (event) => {
      const line2 = closest(event, "[data-action='dismiss-failed']")?.closest(".failed-jobs");
      if (!(line2 instanceof HTMLElement)) return;
      dismiss(keysOf(line2));
      leaveOut();
    });
  }

  // assets/table/callbacks.js
  function settle2(table2, whatif, further, thresholds, taxonomy, show, unmeasured2) {
    if (!table2) return keep();
    const as = drawnAs(table2, taxonomy, show);
    if (needsFurther(as) && !isAbout(further, table2)) return keep();
    const t = thresholdText(thresholds, definitions.thresholds);
    if (t && !isAbout(whatif, table2)) return keep();
    return {
      ...table2,
      ...needsFurther(as) ? told(further) : {},
      ...t ? {
        stored: table2.detailed,
        ...told(whatif)
      } : {
        t: ""
      },
      findings: {
        ...table2.findings,
        ...needsFurther(as) ? further?.findings : {},
        ...t ? whatif?.findings : {}
      },
      as,
      unmeasured: Boolean(unmeasured2)
    };
  }
  function told(answer) {
    const { model: _model, stamp: _stamp, ...rest } = (
      /** @type {Question} */
      answer
    );
    return rest;
  }
  function wantExtras(table2, taxonomy, show) {
    if (!table2 || !needsFurther(drawnAs(table2, taxonomy, show))) return;
    ask("extras-wanted", {
      model: table2.name,
      stamp: table2.stamp
    });
  }
  function offer(table2, taxonomies2, taxonomy, shows2, show) {
    if (!table2) return Array(4).fill(keep());
    letGo2([
      taxonomy,
      show
    ].filter((name) => name in table2.lacks), table2);
    return [
      offered(taxonomies2, table2),
      taxonomy in table2.lacks ? USUAL : keep(),
      offered(shows2, table2),
      show in table2.lacks ? "count" : keep()
    ];
  }
  function refresh(models, payload) {
    const now = payload && models.find((model) => model.name === payload.name);
    return now && now.stamp !== payload.stamp ? now.stamp : keep();
  }
  function openFirst(models, value) {
    return !value && models.length ? models[0].name : keep();
  }
  var leaveOutDismissed = () => void requestAnimationFrame(leaveOut);

  // assets/page/hooks.js
  var hooks_exports = {};
  __export(hooks_exports, {
    binned: () => binned,
    byScore: () => byScore,
    cellCentre: () => cellCentre,
    chart: () => chart2,
    headName: () => headName,
    inkScale: () => inkScale,
    isDrawn: () => isDrawn,
    legendNames: () => legendNames,
    nearness: () => nearness,
    pictureFigure: () => pictureFigure,
    plotted: () => plotted,
    segmentCentre: () => segmentCentre,
    segmentation: () => segmentation
  });

  // assets/views/caption.js
  function caption(payload, width) {
    const view = viewOf(payload);
    const bins = `${plural(width, "layer")} a bin, percentages rounded one by one`;
    const gaps = [
      attentionText(payload)
    ].filter(Boolean);
    return [
      payload.name,
      ...view.source(payload),
      ...gaps,
      bins,
      ...view.basis(payload)
    ];
  }

  // assets/chart/picture.js
  var PICTURE = {
    width: 1e3,
    height: 560,
    left: 70,
    top: 58,
    line: 16,
    swatch: 66
  };
  function wrapped(text, wide) {
    const lines = (
      /** @type {string[]} */
      []
    );
    for (const part2 of text.split(/(?<=[,·]) /)) {
      const longer = `${lines.at(-1)} ${part2}`;
      if (lines.length && textWidth(longer) <= wide) lines[lines.length - 1] = longer;
      else lines.push(part2);
    }
    return lines;
  }
  function pictureFigure(payload, width) {
    const lines = wrapped([
      ...caption(payload, width),
      unmeasuredText(payload)
    ].filter(Boolean).join(" \xB7 "), PICTURE.width - PICTURE.left - MARGINS.right);
    const names = legendNames(payload);
    const margin = {
      l: PICTURE.left,
      r: PICTURE.swatch + Math.max(...names.map(textWidth)),
      t: PICTURE.top + PICTURE.line * lines.length,
      b: MARGINS.bottom
    };
    const box2 = {
      width: PICTURE.width - margin.l - margin.r,
      height: PICTURE.height - margin.t - margin.b
    };
    const drawn3 = (
      /** @type {ChartState} */
      drawnChart()
    );
    const selection3 = {
      ...drawn3.selection,
      segment: null
    };
    const { data, layout } = chartFigure({
      ...drawn3,
      selection: selection3,
      box: box2
    });
    return {
      data: data.map((trace, place2) => place2 < names.length ? {
        ...trace,
        showlegend: true,
        name: names[place2]
      } : trace),
      layout: {
        ...framed2(layout, lines),
        width: PICTURE.width,
        height: PICTURE.height,
        margin
      }
    };
  }
  var framed2 = (layout, lines) => ({
    ...layout,
    showlegend: true,
    legend: {
      traceorder: "reversed",
      x: 1.02,
      xanchor: "left",
      y: 1,
      yanchor: "top",
      font: {
        size: 12
      }
    },
    title: {
      ...layout.title,
      text: layout.meta.title,
      pad: {
        t: 10
      },
      font: {
        size: 17,
        weight: 600
      },
      subtitle: {
        text: lines.map(escapeHtml).join("<br>"),
        font: {
          size: 12,
          color: colour("ink-2")
        }
      }
    }
  });
  function legendNames(payload) {
    const whole = wholeBin(payload);
    return segmentation(payload).segments.map(({ label }, place2) => `${label}  ${chipCount(payload, whole, place2)}`);
  }
  function saveChart(format, payload, width) {
    const { width: wide, height: height2 } = PICTURE;
    const made3 = payload.t ? `-t-${payload.t.replace(/:/g, "-").replace(/,/g, "_")}` : "";
    window.Plotly.downloadImage(pictureFigure(payload, width), {
      format,
      filename: `${payload.name}-chart-${width}-${payload.as}${made3}`,
      width: wide,
      height: height2,
      scale: format === "png" ? 2 : 1
    });
  }

  // assets/page/hooks.js
  function isDrawn() {
    return Boolean(plotted(document)?.data?.length);
  }
  function chart2() {
    const { data, layout } = plotted(byId("head-chart"));
    return {
      title: layout.meta ? layout.meta.title : "",
      x: layout.xaxis.title ? layout.xaxis.title.text : "",
      y: layout.yaxis.title ? layout.yaxis.title.text : "",
      data: data.filter(isBar).map((trace) => ({
        name: trace.meta,
        heights: trace.y,
        texts: trace.text,
        bins: customColumn(trace, 0),
        percents: customColumn(trace, 2)
      }))
    };
  }
  var isBar = (trace) => trace.customdata;
  var customColumn = (trace, place2) => trace.customdata.map((bin) => bin[place2]);
  function segmentCentre(start, name) {
    const graph = byId("head-chart");
    const { data, layout } = plotted(graph);
    const frame = graph.getBoundingClientRect();
    const box2 = plotBox(graph);
    const bin = customColumn(data[0], 0).findIndex((label) => label.startsWith(`[${start},`));
    const place2 = data.findIndex((trace) => trace.meta === name);
    const below = data.slice(0, place2).reduce((sum, trace) => sum + trace.y[bin], 0);
    const [, top2] = layout.yaxis.range;
    const [low, high] = layout.xaxis.range;
    return [
      frame.left + MARGINS.left + (data[0].x[bin] - low) / (high - low) * box2.width,
      frame.top + MARGINS.top + box2.height * (1 - (below + data[place2].y[bin] / 2) / top2)
    ];
  }
  function cellCentre(layer, head) {
    const frame = (
      /** @type {Element} */
      document.querySelector(".map-overlay").getBoundingClientRect()
    );
    const cells = plotted(byId("head-map")).data[0];
    return [
      frame.left + frame.width * (layer + 0.5) / cells.x.length,
      frame.top + frame.height * (head + 0.5) / cells.y.length
    ];
  }

  // assets/chart/chip-sentence.js
  var line = () => byId("chip-sentence");
  var chipOf = (target) => (
    /** @type {HTMLElement | null} */
    target?.closest("[data-chip]")
  );
  function tell2(target) {
    const chip3 = chipOf(target)?.dataset.chip;
    if (chip3) line().textContent = sentenceOf(chip3, getData("payload"));
  }
  function sentenceOf(name, payload) {
    const view = viewOf(payload);
    const segment = view.segments.find((one) => one.name === name);
    if (!segment) return "";
    const { sentence } = segment;
    return view.isMeasured(name, payload.scores) ? sentence + view.chipRemark(payload, name) : `${sentence} Not measured in this table.`;
  }
  function untell(target) {
    if (!target || !chipOf(target)) return;
    const focused = document.querySelector("[data-chip]:focus-visible");
    if (focused && focused !== target) tell2(focused);
    else if (!target.matches(":hover, :focus-visible")) line().textContent = "";
  }
  var withOrWithout = (names, name) => names.includes(name) ? names.filter((one) => one !== name) : [
    ...names,
    name
  ];
  function watchChips() {
    document.addEventListener("click", (event) => {
      const chip3 = closest(event, "[data-chip]")?.dataset.chip;
      if (!chip3) return;
      setData("isolated", withOrWithout(getData("isolated") ?? [], chip3));
      setData("selection", {
        ...getData("selection"),
        segment: null
      });
    });
    const watch = (name, act) => document.addEventListener(name, ({ target }) => act(target instanceof Element ? target : null));
    [
      "pointerover",
      "focusin"
    ].forEach((name) => watch(name, tell2));
    [
      "pointerout",
      "focusout"
    ].forEach((name) => watch(name, untell));
  }

  // assets/chart/drag.js
  var LATER_MS = 40;
  function followDrag(drawOthers) {
    let later;
    document.addEventListener("input", (event) => {
      const slider = (
        /** @type {HTMLInputElement | null} */
        closest(event, "#bin-width input")
      );
      const drawn3 = drawnChart();
      const width = Number(slider?.value);
      if (!drawn3 || !slider || width === drawn3.width) return;
      follow(width);
      byId("bin-width-text").textContent = unitText(width, drawn3.payload.layers);
      clearTimeout(later);
      later = setTimeout(() => drawOthers(width), LATER_MS);
    });
  }

  // assets/fields/matching.js
  var folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function matching(choices, typed) {
    const words = folded(typed).split(/\s+/).filter(Boolean);
    return choices.filter(({ value, label }) => {
      const text = folded(`${label} ${value}`);
      return words.every((word) => text.includes(word));
    });
  }

  // assets/fields/combobox.js
  function Combobox(props) {
    const { createElement: h, useState, useRef, useEffect } = window.React;
    const { id, label, data = [], value, disabled, placeholder, clearable, setProps: setProps2 } = props;
    const closed = {
      open: false,
      typed: null,
      at: 0
    };
    const [{ open: open3, typed, at }, become] = useState(closed);
    const field = useRef(null);
    const list = useRef(null);
    const chosen = data.find((one) => one.value === value);
    const found = typed === null ? data : matching(data, typed);
    const none = open3 && !found.length;
    useEffect(() => {
      list.current?.querySelector(".at")?.scrollIntoView({
        block: "nearest"
      });
    }, [
      open3,
      at,
      typed
    ]);
    useEffect(() => {
      if (typed === null && document.activeElement === field.current) field.current.select();
    }, [
      typed,
      value
    ]);
    const close = () => become(closed);
    const show = () => {
      if (open3) return;
      become({
        open: true,
        typed: null,
        at: Math.max(0, chosen ? data.indexOf(chosen) : 0)
      });
    };
    const take2 = (next) => {
      close();
      if (next !== value) setProps2({
        value: next
      });
    };
    const move = (next) => open3 ? become({
      open: open3,
      typed,
      at: next
    }) : show();
    const last3 = found.length - 1;
    const keys = {
      ArrowDown: () => move(at >= last3 ? 0 : at + 1),
      ArrowUp: () => move(at <= 0 ? last3 : at - 1),
      PageDown: () => move(Math.min(last3, at + 8)),
      PageUp: () => move(Math.max(0, at - 8)),
      Enter: () => open3 && found[at] ? take2(found[at].value) : show(),
      Escape: close
    };
    const onKeyDown = (event) => {
      const act = keys[event.key];
      if (!act || event.key === "Escape" && !open3 && typed === null) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    const input = h("input", {
      ref: field,
      id,
      type: "text",
      role: "combobox",
      autoComplete: "off",
      spellCheck: false,
      disabled,
      placeholder,
      value: typed ?? chosen?.label ?? "",
      title: chosen?.label,
      "aria-label": label,
      "aria-expanded": String(open3 && !none),
      "aria-controls": `${id}-list`,
      "aria-autocomplete": "list",
      "aria-activedescendant": open3 && found[at] ? `${id}-option-${at}` : void 0,
      onChange: ({ target }) => become({
        open: true,
        typed: (
          /** @type {HTMLInputElement} */
          target.value
        ),
        at: 0
      }),
      // Typing replaces what stands there, however the field was come to.
      onFocus: () => field.current.select(),
      onMouseUp: (event) => {
        if (typed === null) event.preventDefault();
      },
      onClick: () => {
        show();
        if (typed === null) field.current.select();
      },
      onBlur: close,
      onKeyDown
    });
    const onMouseDown = (event) => event.preventDefault();
    const options = () => h("ul", {
      id: `${id}-list`,
      role: "listbox",
      "aria-label": label
    }, found.map((one, place2) => h("li", {
      key: one.value,
      id: `${id}-option-${place2}`,
      role: "option",
      className: place2 === at ? "at" : void 0,
      "aria-selected": String(one.value === value),
      onClick: () => take2(one.value)
    }, one.label)));
    return h("div", {
      className: "combobox"
    }, input, clearable && value && h("button", {
      type: "button",
      className: "clear",
      title: "Clear",
      "aria-label": `Clear: ${label}`,
      onClick: () => take2(null)
    }, "\xD7"), open3 && h("div", {
      className: "combobox-list",
      ref: list,
      onMouseDown
    }, none ? h("p", null, "Nothing found") : options()), h("span", {
      className: "visually-hidden",
      role: "status"
    }, typed ? none ? "Nothing found" : `${plural(found.length, "table")} found` : ""));
  }

  // assets/fields/frame.js
  function Frame({ tree, children }) {
    const { createElement, Fragment } = window.React;
    const held = [
      children
    ].flat();
    const drawn3 = (node) => {
      if (typeof node !== "object" || node === null) return node;
      if ("held" in node) return held[node.held];
      const { children: inside, ...attributes } = node.props;
      return createElement(node.type.toLowerCase(), attributes, ...listed(inside).map(drawn3));
    };
    return createElement(Fragment, null, ...tree.map(drawn3));
  }
  var listed = (inside) => (
    /** @type {FixedNode[]} */
    [
      inside
    ].flat(Infinity)
  );

  // assets/chart/graph.js
  function Graph({ id, figure, setProps: setProps2 }) {
    const { createElement: h, useEffect, useRef } = window.React;
    const place2 = useRef(null);
    const tell4 = useRef(setProps2);
    tell4.current = setProps2;
    useEffect(() => {
      if (!figure) return;
      const graph = (
        /** @type {Plotted} */
        place2.current
      );
      const isFirst = !graph.data;
      plot(graph, figure);
      if (isFirst) whenPlotly(() => listen3(graph, tell4));
    }, [
      figure
    ]);
    useEffect(() => () => place2.current?.data && window.Plotly.purge(place2.current), []);
    return h("div", {
      id,
      className: "graph"
    }, h("div", {
      ref: place2,
      className: "graph"
    }));
  }
  function listen3(graph, tell4) {
    graph.on("plotly_click", (event) => tell4.current({
      clickData: told2(event, Date.now())
    }));
    graph.on("plotly_hover", (event) => tell4.current({
      hoverData: told2(event)
    }));
    graph.on("plotly_unhover", () => tell4.current({
      hoverData: null
    }));
  }
  var told2 = ({ points }, timestamp) => ({
    points: points.map(({ x, y, customdata }) => ({
      x,
      y,
      customdata
    })),
    ...timestamp ? {
      timestamp
    } : {}
  });

  // assets/fields/held.js
  var Held = () => null;

  // assets/fields/poll.js
  function Poll({ interval, disabled, setProps: setProps2 }) {
    const { useEffect, useRef } = window.React;
    const tell4 = useRef(setProps2);
    tell4.current = setProps2;
    const told3 = useRef(0);
    useEffect(() => {
      if (disabled) return;
      const timer = setInterval(() => tell4.current({
        n_intervals: ++told3.current
      }), interval);
      return () => clearInterval(timer);
    }, [
      interval,
      disabled
    ]);
    return null;
  }

  // assets/fields/segments.js
  function Segments({ id, label, data = [], value, disabled, setProps: setProps2 }) {
    const { createElement: h } = window.React;
    return h("div", {
      id,
      className: `segments${disabled ? " disabled" : ""}`,
      role: "radiogroup",
      "aria-label": label
    }, data.map((one) => h("label", {
      key: one.value,
      title: one.title
    }, h("input", {
      type: "radio",
      name: id,
      value: one.value,
      checked: one.value === value,
      disabled: Boolean(disabled || one.disabled),
      onChange: () => setProps2({
        value: one.value
      })
    }), h("span", null, one.label), one.disabled && one.title && h("span", {
      className: "visually-hidden"
    }, `: ${one.title}`))));
  }

  // assets/fields/sliders.js
  var FAST = 5;
  var RESTED_MS = 150;
  function leap(event) {
    const way = {
      PageUp: 1,
      PageDown: -1
    }[event.key];
    if (!way) return;
    event.preventDefault();
    const input = (
      /** @type {HTMLInputElement} */
      event.target
    );
    input.stepUp(way * FAST);
    input.dispatchEvent(new Event("input", {
      bubbles: true
    }));
    input.dispatchEvent(new Event("change", {
      bubbles: true
    }));
  }
  var fill = (input) => {
    const { min, max, value } = input;
    const share2 = (Number(value) - Number(min)) / Math.max(1e-9, Number(max) - Number(min));
    input.style.setProperty("--share", String(share2));
  };
  function say(input) {
    fill(input);
    input.setAttribute("aria-valuetext", binsText(Number(input.value), Number(input.max)));
  }
  function BinWidth({ id, max, value, setProps: setProps2 }) {
    const { createElement: h, Fragment, useLayoutEffect, useRef } = window.React;
    const range = useRef(null);
    const number2 = useRef(null);
    const tell4 = useRef(setProps2);
    tell4.current = setProps2;
    useLayoutEffect(() => {
      [
        range.current,
        number2.current
      ].forEach((input) => {
        input.max = max;
        input.value = value;
      });
      say(range.current);
    }, [
      max,
      value
    ]);
    useLayoutEffect(() => {
      let resting;
      let byKey = false;
      const { current: slider } = range;
      const release = () => {
        clearTimeout(resting);
        tell4.current({
          value: Number(slider.value)
        });
      };
      slider.addEventListener("pointerdown", () => byKey = false);
      slider.addEventListener("keydown", (event) => {
        byKey = true;
        leap(event);
      });
      slider.addEventListener("input", () => {
        number2.current.value = slider.value;
        say(slider);
      });
      slider.addEventListener("change", () => {
        clearTimeout(resting);
        if (byKey) resting = setTimeout(release, RESTED_MS);
        else release();
      });
      const { current: field } = number2;
      field.addEventListener("change", () => {
        const wanted = Math.round(Number(field.value)) || 1;
        field.value = Math.min(Math.max(1, wanted), Number(field.max));
        tell4.current({
          value: Number(field.value)
        });
      });
    }, []);
    return h(Fragment, null, h("div", {
      id,
      className: "slider"
    }, h("input", {
      ref: range,
      type: "range",
      min: 1,
      step: 1,
      "aria-label": "Bin width"
    })), h("input", {
      ref: number2,
      type: "number",
      className: "slider-number",
      min: 1,
      step: 1,
      inputMode: "numeric",
      "aria-label": "Bin width in layers"
    }));
  }
  function Slider({ id, label, min, max, step: step2, value, mark: mark3, disabled, setProps: setProps2 }) {
    const { createElement: h, useLayoutEffect, useRef } = window.React;
    const range = useRef(null);
    useLayoutEffect(() => {
      range.current.value = value;
      fill(range.current);
    }, [
      value,
      min,
      max
    ]);
    return h("div", {
      id,
      className: `slider${mark3 === void 0 ? "" : " marked"}`,
      style: {
        "--mark": mark3 === void 0 ? 0 : (mark3 - min) / (max - min)
      }
    }, h("input", {
      ref: range,
      type: "range",
      min,
      max,
      step: step2,
      disabled,
      defaultValue: value,
      "aria-label": label,
      onKeyDown: ({ nativeEvent }) => leap(nativeEvent),
      // React's "change" is the browser's "input": told while it moves.
      onChange: ({ target }) => setProps2({
        value: Number(
          /** @type {HTMLInputElement} */
          target.value
        )
      })
    }));
  }

  // assets/selection/focus.js
  var CHANGING = "#chips, #chart-table, #selection-panel, .drawer";
  var KEYS2 = [
    "segment",
    "chip",
    "step",
    "action",
    "head"
  ];
  var card = () => byId("head-card");
  var visible = (one) => Boolean(one && one.getClientRects().length);
  function again(one) {
    if (one.isConnected) return one;
    const key = KEYS2.find((name) => name in one.dataset);
    const value = CSS.escape((key && one.dataset[key]) ?? "");
    return key ? document.querySelector(`[data-${key}="${value}"]`) : null;
  }
  function keepFocus() {
    let last3 = null;
    let opener = null;
    const lost2 = () => document.activeElement === document.body && last3 && !visible(last3);
    const watch = new MutationObserver(() => {
      if (!last3 || !lost2()) return;
      const wanted = [
        again(last3),
        card(),
        opener && again(opener)
      ];
      wanted.find(visible)?.focus({
        preventScroll: true
      });
    });
    document.addEventListener("focusin", (event) => {
      const target = (
        /** @type {HTMLElement} */
        event.target
      );
      last3 = target;
      if (!target.closest("#selection-panel")) opener = target;
      const place2 = target.closest(CHANGING);
      watch.disconnect();
      if (!place2) return;
      watch.observe(place2, {
        childList: true,
        subtree: true,
        attributeFilter: [
          "hidden"
        ]
      });
    });
  }
  function focusCard() {
    if (visible(card())) return card().focus();
    const shown5 = new MutationObserver(() => {
      if (!visible(card())) return;
      shown5.disconnect();
      card().focus();
    });
    shown5.observe(card(), {
      attributes: true,
      childList: true,
      subtree: true
    });
    [
      "keydown",
      "pointerdown"
    ].forEach((event) => document.addEventListener(event, () => shown5.disconnect(), {
      once: true,
      capture: true
    }));
  }

  // assets/find/places.js
  var VIEW_WORDS = "view categories bars show";
  var ALSO = {
    "compare-panel": "models difference other table",
    "what-if-panel": "thresholds sliders sensitivity",
    "effects-panel": "ablation loss importance matters sum",
    "scatter-panel": "plot effect copying surprise",
    "reference-panel": "published figure check",
    about: "scores method provenance citation limits"
  };
  function parts() {
    const drawers = [
      .../** @type {NodeListOf<HTMLElement>} */
      document.querySelectorAll("details.drawer[id], section.about[id]")
    ];
    return drawers.map((one) => ({
      kind: "part",
      value: one.id,
      label: one.querySelector("summary, h2")?.textContent ?? "",
      detail: "",
      words: ALSO[one.id] ?? ""
    }));
  }
  var views = () => Object.entries({
    "taxonomy-select": "Categories",
    "show-select": "Bars show"
  }).flatMap(([id, name]) => (
    /** @type {Choice[]} */
    getProps(id).data.filter(({ disabled }) => !disabled).map(({ value, label }) => ({
      kind: "view",
      value: `${id} ${value}`,
      label,
      detail: name,
      words: `${VIEW_WORDS} ${value}`
    }))
  ));
  var WAYS = {
    head: (head) => {
      setData("selection", {
        ...getData("selection"),
        head
      });
      focusCard();
    },
    category: (name) => {
      setData("isolated", [
        name
      ]);
      setData("selection", {});
      byId(`chip-${name}`).focus();
    },
    table: (value) => setProps("model-select", {
      value
    }),
    view: chooseView,
    part: (id) => {
      const place2 = byId(id);
      if (place2 instanceof HTMLDetailsElement) place2.open = true;
      const title = (
        /** @type {HTMLElement} */
        place2.querySelector("summary, h2")
      );
      title.tabIndex = 0;
      title.focus({
        preventScroll: true
      });
      place2.scrollIntoView({
        block: "start"
      });
    }
  };
  function chooseView(text) {
    const [id, value] = text.split(" ");
    setProps(id, {
      value
    });
    if (id !== "taxonomy-select") return;
    const shown5 = definitions.views[getProps("show-select").value ?? USUAL];
    if (shown5?.control === "show") setProps("show-select", {
      value: "count"
    });
  }
  var goTo = ({ kind, value }) => WAYS[kind](value);

  // assets/find/words.js
  var folded2 = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  function matches(text, typed) {
    const known2 = folded2(text);
    return folded2(typed).split(" ").every((word) => ` ${known2}`.includes(` ${word}`) || word.length > 2 && known2.includes(word));
  }

  // assets/find/suggest.js
  var MOST2 = 12;
  var KINDS = {
    head: "Heads",
    category: "Categories",
    table: "Tables",
    view: "Views",
    part: "Page"
  };
  var kindText = ({ kind }) => KINDS[kind];
  function readHeadText(typed) {
    const text = typed.trim().toLowerCase();
    const whole = /^(?:l(?:ayer)?\s*)?(\d{1,6})(?:\s*[.,:/\s]\s*|\s*(?=h))(?:h(?:ead)?\s*)?(\d{1,6})$/;
    const [, layer, head] = whole.exec(text) ?? /^(?:l(?:ayer)?\s*)?(\d{1,6})[.,:/\s]?h?$/.exec(text) ?? [];
    return [
      layer,
      head
    ].filter((number2) => number2 !== void 0).map(Number);
  }
  function heads(typed, payload, told3) {
    const [layer, head] = readHeadText(typed);
    if (!payload || layer === void 0 || layer >= payload.layers) return [];
    const all = head === void 0 ? [
      ...Array(layerHeads(payload, layer)).keys()
    ].map((one) => keyOf(layer, one)) : [
      keyOf(layer, head)
    ];
    return all.filter((key) => hasHead(payload, key)).slice(0, MOST2).map((key) => ({
      kind: "head",
      value: key,
      label: headLabel(key),
      detail: told3(key)
    }));
  }
  var categories2 = (payload) => segmentation(payload).segments.map(({ name, label, sentence }) => ({
    kind: "category",
    value: name,
    label,
    detail: `${viewOf(payload).said.countsHeads ? "list its heads. " : ""}${sentence}`,
    words: name
  }));
  function suggest(typed, { payload, models, views: views2, parts: parts2, told: told3 }) {
    if (!folded2(typed)) return [
      ...parts2,
      ...views2
    ];
    const tables = models.map(({ name, title, label }) => ({
      kind: "table",
      value: name,
      label: title,
      detail: label.replace(`${title} \xB7 `, ""),
      words: `${name} ${label}`
    }));
    const some = (all) => all.filter(({ label, words = "" }) => matches(`${label} ${words}`, typed)).slice(0, MOST2);
    return [
      ...heads(typed, payload, told3),
      ...some(payload ? categories2(payload) : []),
      ...some(tables),
      ...some(views2),
      ...some(parts2)
    ];
  }
  function nothingText(typed, payload) {
    const [layer, head] = readHeadText(typed);
    if (!payload || layer === void 0) {
      return `Nothing found for \u201C${typed.trim()}\u201D. Try a head such as 18.6, a model or a category.`;
    }
    const has = `${payload.title} has layers 0 to ${payload.layers - 1}`;
    if (layer >= payload.layers) return `There is no layer ${layer}: ${has}.`;
    const count2 = layerHeads(payload, layer);
    const there = count2 ? plural(count2, "head") : "no attention";
    return head === void 0 ? `Layer ${layer} has no attention.` : `There is no head ${headLabel(keyOf(layer, head))}: layer ${layer} has ${there}.`;
  }

  // assets/find/box.js
  var box = null;
  var offered2 = [];
  var active = -1;
  function build() {
    const field = made2("input", {
      type: "text",
      role: "combobox",
      id: "find-field",
      "aria-label": "Find a head, a model, a category or a part of the page",
      "aria-controls": "find-list",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "18.6, L18H6, a model, a category\u2026"
    });
    const list = made2("div", {
      role: "listbox",
      id: "find-list",
      "aria-label": "Found"
    });
    const said3 = made2("p", {
      role: "status",
      id: "find-said"
    });
    const dialog = made2("dialog", {
      id: "find-box",
      "aria-label": "Find"
    }, field, list, said3);
    document.body.append(dialog);
    field.addEventListener("input", offer2);
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("click", onClick);
    return {
      dialog,
      field,
      list,
      said: said3
    };
  }
  function open() {
    box ??= build();
    if (box.dialog.open) return box.field.select();
    box.field.value = "";
    box.dialog.showModal();
    offer2();
    box.field.focus();
  }
  function offer2() {
    const { field, list, said: said3 } = (
      /** @type {Box} */
      box
    );
    const payload = getData("payload");
    const told3 = (key) => headSaid(payload, key).split(", ").slice(1).join(" ");
    const known2 = {
      payload,
      models: getData("models"),
      views: views(),
      parts: parts(),
      told: told3
    };
    offered2 = suggest(field.value, known2);
    list.replaceChildren(...offered2.map(option));
    field.setAttribute("aria-expanded", String(offered2.length > 0));
    said3.textContent = offered2.length ? "" : nothingText(field.value, payload);
    activate(field.value.trim() && offered2.length ? 0 : -1);
  }
  function option(found, place2) {
    const { label, detail } = found;
    const first3 = place2 === 0 || offered2[place2 - 1].kind !== found.kind;
    return made2("div", {
      role: "option",
      id: `find-${place2}`,
      "data-place": String(place2),
      "aria-selected": "false"
    }, made2("span", {
      class: "find-kind"
    }, first3 ? kindText(found) : ""), made2("span", {
      class: "find-label"
    }, label), made2("span", {
      class: "find-detail"
    }, detail));
  }
  function activate(place2) {
    const { field, list } = (
      /** @type {Box} */
      box
    );
    active = place2;
    [
      ...list.children
    ].forEach((one, at) => one.setAttribute("aria-selected", String(at === place2)));
    if (place2 < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", `find-${place2}`);
    list.children[place2].scrollIntoView({
      block: "nearest"
    });
  }
  function onKey(event) {
    event.stopPropagation();
    const step2 = {
      ArrowDown: 1,
      ArrowUp: -1
    }[event.key];
    if (step2 && offered2.length) {
      activate((Math.max(active, step2 < 0 ? 0 : -1) + step2 + offered2.length) % offered2.length);
    } else if (event.key === "Enter" && active >= 0) take(offered2[active]);
    else if (event.key === "Escape") box?.dialog.close();
    else if (event.key === "k" && (event.ctrlKey || event.metaKey)) box?.field.select();
    else return;
    event.preventDefault();
  }
  function onClick(event) {
    const place2 = closest(event, "[data-place]")?.dataset.place;
    if (place2 !== void 0) take(offered2[Number(place2)]);
    else if (event.target === box?.dialog) box?.dialog.close();
  }
  function take(found) {
    box?.dialog.close();
    goTo(found);
  }
  function isShortcut(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey) return true;
    const typing = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
    return key === "/" && !ctrlKey && !metaKey && !altKey && !typing;
  }
  function watchFinding() {
    document.addEventListener("keydown", (event) => {
      const embedded = document.documentElement.dataset.view === "embed";
      if (embedded || event.defaultPrevented || !isShortcut(event)) return;
      event.preventDefault();
      open();
    });
    document.addEventListener("click", (event) => {
      if (closest(event, "[data-action='find']")) open();
    });
  }

  // assets/first/leaving.js
  var LONGEST_MS = 2e4;
  var first2 = () => document.querySelector(".first-page");
  var isReady = () => Boolean(document.querySelector("#head-chart .barlayer .point") && plotted(document)) || Boolean(document.getElementById("status")?.textContent && !document.querySelector("#head-chart .main-svg"));
  function keepObserved() {
    const [said3, living] = [
      first2()?.querySelector(".observation-list"),
      byId("observations")
    ];
    if (!said3 || living.childElementCount) return;
    setProps("observations", {
      children: framed([
        ...said3.childNodes
      ].map(copied))
    });
  }
  var copied = (node) => node instanceof Element ? element(node.localName, {
    className: node.className
  }, ...[
    ...node.childNodes
  ].map(copied)) : node.textContent;
  function leaveFirst() {
    const watched3 = new MutationObserver(() => isReady() && leave());
    const leave = () => {
      watched3.disconnect();
      keepObserved();
      first2()?.remove();
    };
    if (!first2()) return;
    watched3.observe(document.body, {
      childList: true,
      subtree: true
    });
    setTimeout(leave, LONGEST_MS);
  }

  // assets/page/clicks.js
  function watchButtons() {
    document.addEventListener("click", (event) => {
      const target = closest(event, "[data-model], [data-action='close-status']");
      if (!target) return;
      const { model } = target.dataset;
      if (model) setProps("model-select", {
        value: model
      });
      setProps("status", {
        children: ""
      });
    });
  }

  // assets/page/connection.js
  var LOST = "The server does not answer; what is shown may be old.";
  var lost = false;
  function heard(answers2) {
    if (answers2 !== lost) return;
    lost = !answers2;
    if (lost) return setProps("status", {
      children: LOST
    });
    if (getProps("status").children === LOST) setProps("status", {
      children: ""
    });
    askAgain();
  }
  var unserved = ({ status, headers }) => [
    502,
    503,
    504
  ].includes(status) && !(headers.get("content-type") || "").includes("json");
  function askAgain() {
    const table2 = getProps("table").data;
    if (getProps("model-select").value !== (table2 && table2.name)) {
      setData("refresh", `again ${performance.now()}`);
    }
    [
      "shown",
      "head-wanted"
    ].forEach((store) => {
      const { data } = getProps(store);
      if (data) setData(store, {
        ...data
      });
    });
    askAllAgain();
  }
  function watchServer() {
    let leaving = false;
    const send = window.fetch;
    window.fetch = async function(...request) {
      try {
        const response = await send.apply(window, request);
        heard(!unserved(response));
        return response;
      } catch (error) {
        const aborted = error instanceof Error && error.name === "AbortError";
        if (!aborted && !leaving) heard(false);
        throw error;
      }
    };
    window.addEventListener("pagehide", () => leaving = true);
    window.addEventListener("pageshow", () => leaving = false);
  }

  // assets/table/share.js
  function markdown(payload, width, link, entry) {
    const { segments, bins } = binned(payload, width);
    const cell = (bin, place2) => {
      if (!bin.total || isUnknown(payload, segments[place2], bin.counts[place2])) return "\u2013";
      return amountText(payload, bin, place2, (count2, share2) => `${count2} (${share2})`);
    };
    const shown5 = listedSegments(payload);
    const unknown = ({ segment, place: place2 }) => bins.some((bin) => bin.total && isUnknown(payload, segment, bin.counts[place2]));
    const dashes2 = [
      shown5.some(unknown) && NOT_MEASURED,
      bins.some((bin) => !bin.total) && NO_ATTENTION
    ].filter(Boolean);
    return [
      `| ${payload.title} | ${bins.map((bin) => bin.label).join(" | ")} |`,
      `|---|${bins.map(() => "---:").join("|")}|`,
      ...shown5.map(({ segment, place: place2 }) => `| ${segment.label} | ${bins.map((bin) => cell(bin, place2)).join(" | ")} |`),
      ...dashes2.length ? [
        "",
        `\u2013: ${dashes2.join(", or ")}.`
      ] : [],
      "",
      [
        ...caption(payload, width),
        reference(link, entry)
      ].join(" \xB7 ")
    ].join("\n");
  }
  function bibtex(payload, link, entry) {
    const given = payload.t ? `; what-if thresholds ${payload.t.replace(/_/g, "\\_")}` : "";
    const url = isLocal(link) ? "" : `,
  url = {${link}}`;
    return entry.replace("}\n}", () => `${given}}${url}
}`);
  }
  var isLocal = (link) => /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(new URL(link).hostname);
  function reference(link, entry) {
    if (!isLocal(link)) return link;
    const [hash] = /head table SHA-256 [0-9a-f]+/.exec(entry) || [];
    return [
      "Headstrata",
      hash
    ].filter(Boolean).join(", ");
  }
  function python(payload, link) {
    const given = payload.t ? {
      t: payload.t
    } : {};
    const model = `${payload.name}@${payload.hash}`;
    const query = new URLSearchParams({
      model,
      format: "parquet",
      ...given
    });
    const readable = query.toString().replace(/%40/g, "@");
    return `import pandas as pd

heads = pd.read_parquet("${new URL(`api/heads?${readable}`, link)}")`;
  }
  function embed(payload, link) {
    const { search } = new URL(link);
    const attribute = (text) => escapeHtml(text).replace(/"/g, "&quot;");
    return `<iframe src="${attribute(new URL(`embed${search}`, link).href)}" title="${attribute(payload.title)}: attention heads by layer" width="100%" height="560" style="border:0"></iframe>`;
  }

  // assets/page/copying.js
  async function intoClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const focused = (
        /** @type {HTMLElement | null} */
        document.activeElement
      );
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      focused?.focus({
        preventScroll: true
      });
      return done;
    }
  }
  async function copyText(button2, text) {
    const said3 = await intoClipboard(text) ? "Copied" : "Not copied";
    const label = button2.dataset.label || button2.textContent;
    button2.dataset.label = label;
    button2.textContent = said3;
    byId("said").textContent = said3;
    button2.classList.add("done");
    setTimeout(() => {
      button2.textContent = label;
      byId("said").textContent = "";
      button2.classList.remove("done");
    }, 1600);
  }
  var TEXTS = {
    link: (_payload, _width, link) => link,
    markdown,
    bibtex: (payload, _width, link, entry) => bibtex(payload, link, entry),
    python: (payload, _width, link) => python(payload, link),
    embed: (payload, _width, link) => embed(payload, link)
  };
  function watchCopying() {
    document.addEventListener("click", (event) => {
      const target = closest(event, "[data-copy], [data-save]");
      const payload = target && getData("payload");
      if (!payload) return;
      const { copy, save } = target.dataset;
      const width = getProps("bin-width").value;
      if (save) saveChart(save, payload, width);
      if (!copy) return;
      const menu = target.closest(".menu");
      const entry = document.getElementById("citation")?.textContent || "";
      const text = TEXTS[copy](payload, width, pageLink(), entry);
      copyText(menu?.querySelector("summary") ?? target, text);
    });
  }

  // assets/page/embed.js
  function markEmbedded() {
    if (window.location.pathname.endsWith("/embed")) document.documentElement.dataset.view = "embed";
  }

  // assets/page/guide.js
  var ARRIVED_MS = 3e3;
  function openGuide() {
    document.addEventListener("click", (event) => {
      if (!closest(event, "a[href='#guide']")) return;
      const guide = detailsById("guide");
      guide.open = true;
      guide.querySelector("summary")?.focus({
        preventScroll: true
      });
      addEventListener("scrollend", () => guide.scrollIntoView(), {
        once: true,
        signal: AbortSignal.timeout(ARRIVED_MS)
      });
    });
  }

  // assets/page/menus.js
  var open2 = () => [
    .../** @type {NodeListOf<HTMLDetailsElement>} */
    document.querySelectorAll(".menu[open]")
  ];
  function closeMenus() {
    document.addEventListener("click", (event) => {
      const within = closest(event, ".menu");
      const chosen = closest(event, ".menu-list");
      open2().forEach((menu) => {
        if (menu !== within || chosen) menu.open = false;
      });
    });
    document.addEventListener("keydown", (event) => {
      const [menu] = open2();
      if (event.key !== "Escape" || !menu) return;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }, true);
  }

  // assets/page/opened.js
  function watchOpened() {
    document.addEventListener("toggle", (event) => {
      const details = toggledDetails(event);
      if (!details) return;
      const { panel } = details.dataset;
      if (panel) setData("opened", {
        ...getData("opened"),
        [panel]: details.open
      });
      if (details.id === "chart-twin") setData("twin", details.open);
    }, true);
  }

  // assets/page/options.js
  function watchOptions() {
    document.addEventListener("click", (event) => {
      const button2 = closest(event, "[data-action='options']");
      if (!button2) return;
      button2.setAttribute("aria-expanded", String(button2.getAttribute("aria-expanded") !== "true"));
    });
  }

  // assets/page/polling.js
  var poll = (disabled) => setProps("poll", {
    disabled
  });
  function pausePolling() {
    document.addEventListener("visibilitychange", () => poll(document.hidden));
    document.addEventListener("pointerdown", (event) => {
      if (closest(event, "#bin-width")) poll(true);
    });
    [
      "pointerup",
      "pointercancel"
    ].forEach((end) => document.addEventListener(end, () => poll(document.hidden)));
  }

  // assets/page/print.js
  function tellShown() {
    const { payload, width, show } = (
      /** @type {ChartState} */
      drawnChart()
    );
    byId("printed").textContent = [
      payload.title,
      `bins of ${binsText(width, payload.layers)}`,
      `by ${viewOf(payload).said.by}`,
      heightTitle(payload, show),
      pageLink()
    ].join(" \xB7 ");
  }
  function redrawAll() {
    tellShown();
    redraw({
      box: chartBox()
    });
    const { payload, width } = (
      /** @type {ChartState} */
      drawnChart()
    );
    redrawMap(payload);
    drawCompared(width);
    redrawPattern();
  }
  function redrawMap(payload) {
    const coloured = drawnColour(payload, getData("colour-of"), getData("colour"));
    const selection3 = {
      only: getData("isolated") ?? []
    };
    const { data, layout } = mapFigure({
      payload,
      selection: selection3,
      coloured
    });
    window.Plotly.react(plotted(byId("head-map")), data, layout);
  }
  function redrawPattern() {
    const packed = getData("pattern-data");
    if (packed && byId("pattern-frame").clientWidth) drawCard(packed, getData("prompt"));
  }
  function fit2(graph) {
    const { template } = graph.layout;
    window.Plotly.relayout(graph, {
      width: graph.clientWidth,
      height: graph.clientHeight,
      ...template?.layout?.hoverlabel ? {
        template: tinted(template)
      } : {}
    });
  }
  var shownGraphs = () => [
    .../** @type {NodeListOf<Plotted>} */
    document.querySelectorAll(".js-plotly-plot")
  ].filter((graph) => graph.data && graph.clientWidth);
  function drawForPaper() {
    const root = document.documentElement;
    window.addEventListener("beforeprint", () => {
      root.dataset.printing = "";
      applyTheme("light");
      if (!drawnChart() || !plotted(byId("head-map"))) return;
      redrawAll();
      shownGraphs().forEach(fit2);
    });
    window.addEventListener("afterprint", () => {
      delete root.dataset.printing;
      applyTheme(getData("theme"));
      shownGraphs().forEach((graph) => window.Plotly.Plots.resize(graph));
      drawAgain({
        printed: performance.now()
      });
    });
  }

  // assets/patterns/clicks.js
  function watchPins() {
    document.addEventListener("click", (event) => {
      const button2 = closest(event, "[data-pin], #pin-head");
      if (!button2) return;
      const head = button2.dataset.pin ?? getData("selection")?.head;
      if (head) pin(head);
    });
    document.addEventListener("keydown", walkGallery);
  }
  function pin(head) {
    const pins = togglePin(getData("pins-chosen") ?? [], head);
    byId("pins-problem").textContent = pins ? "" : `${MOST_PINS} heads are pinned; unpin one first.`;
    if (!pins) return;
    detailsById("patterns-panel").open ||= pins.length > 0;
    setData("pins-chosen", pins);
  }

  // assets/reference/opening.js
  function watchReference() {
    document.addEventListener("toggle", (event) => {
      const details = toggledDetails(event);
      if (details?.dataset.panel === "reference" && details.open) ask("reference-wanted", true);
    }, true);
  }

  // assets/selection/busy.js
  function watchBusy() {
    new MutationObserver(tell3).observe(document.body, {
      subtree: true,
      attributeFilter: [
        "data-dash-is-loading"
      ]
    });
  }
  function tell3() {
    const card2 = document.getElementById("head-card");
    if (!card2) return;
    const busy = Boolean(card2.querySelector("[data-dash-is-loading]"));
    if (busy !== (card2.getAttribute("aria-busy") === "true")) {
      byId("head-card").setAttribute("aria-busy", String(busy));
    }
  }

  // assets/selection/clicks.js
  var selection = () => getData("selection");
  var choose = (next) => setData("selection", next);
  var ACTIONS = {
    "pattern-size": () => {
      resizePattern();
      drawAgain({
        large: performance.now()
      });
    },
    "show-in-map": showInMap,
    "natural-pattern": showNaturalPattern,
    "let-go": () => {
      choose({});
      setData("isolated", []);
    },
    "fetch-again": () => choose({
      ...selection()
    })
  };
  function showInMap() {
    byId("map-chosen").scrollIntoView({
      block: "center",
      inline: "center"
    });
    byId("map-frame").focus({
      preventScroll: true
    });
  }
  function showNaturalPattern() {
    setData("prompt", "natural");
    const list = byId("pattern-prompt");
    list.scrollIntoView({
      block: "start"
    });
    list.focus({
      preventScroll: true
    });
  }
  function watchChoices() {
    document.addEventListener("click", (event) => {
      const target = closest(event, "[data-segment], [data-head], [data-step], [data-action]");
      if (!target) return;
      const { segment, head, step: step2, action } = target.dataset;
      if (segment) choose(toggled(selection(), "segment", segment));
      if (head) choose({
        ...selection(),
        head
      });
      if (step2) {
        choose(stepped(selection(), Number(step2), getData("payload"), walkedList(selection())));
      }
      if (action) ACTIONS[action]?.();
    });
  }

  // assets/selection/keys.js
  var STEPS4 = {
    ArrowLeft: [
      -1,
      0
    ],
    ArrowRight: [
      1,
      0
    ],
    ArrowUp: [
      0,
      -1
    ],
    ArrowDown: [
      0,
      1
    ]
  };
  var plain = (event) => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  var selection2 = () => getData("selection") || {};
  var choose2 = (next) => setData("selection", next);
  function watchKeys() {
    [
      walkOverMap,
      chooseRow,
      stepThroughHeads,
      letGo3
    ].forEach((act) => document.addEventListener("keydown", act));
  }
  function walkOverMap(event) {
    const step2 = STEPS4[event.key];
    const { target } = event;
    if (!(target instanceof Element) || target.id !== "map-frame" || !plain(event)) return;
    if (!step2 && event.key !== "Enter") return;
    event.preventDefault();
    if (!step2) return byId("head-card").focus();
    const payload = getData("payload");
    const chosen = selection2().head;
    const head = chosen ? keyOf(...neighbour(payload, parseHead(chosen), step2)) : headKey(payload, 0);
    choose2({
      ...selection2(),
      head
    });
  }
  function chooseRow(event) {
    const row3 = event.key === "Enter" && closest(event, "#segment-table .ag-row");
    if (!row3) return;
    choose2({
      ...selection2(),
      head: keyOfName(row3.getAttribute("row-id") ?? "")
    });
    focusCard();
  }
  function stepThroughHeads(event) {
    const [step2] = STEPS4[event.key] || [];
    const { target } = event;
    const own = target === document.body || closest(event, "#head-card");
    if (!step2 || !selection2().head || !own || closest(event, "input") || !plain(event)) return;
    if (!byId("head-card").getClientRects().length) return;
    event.preventDefault();
    choose2(stepped(selection2(), step2, getData("payload"), walkedList(selection2())));
  }
  function letGo3(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const popups = [
      ...document.querySelectorAll("[role=listbox], .menu[open], .ag-popup-child")
    ];
    if (popups.some((one) => one.getClientRects().length)) return;
    if (document.querySelector(".pattern.large")) {
      resizePattern();
      drawAgain();
      return;
    }
    choose2({});
    setData("isolated", []);
  }

  // assets/thresholds/clicks.js
  function watchThresholds() {
    document.addEventListener("toggle", markOpen, true);
    document.addEventListener("click", (event) => {
      if (closest(event, "[data-action='reset-thresholds']")) reset();
    });
  }
  function markOpen(event) {
    const details = toggledDetails(event);
    if (details?.dataset.panel !== "whatif") return;
    document.documentElement.dataset.whatIf = details.open ? "open" : "";
  }
  function reset() {
    Object.entries(definitions.thresholds).forEach(([name, value]) => {
      if (document.querySelector(`[data-threshold="${name}"]`)) {
        setProps({
          type: "threshold",
          name
        }, {
          value
        });
      }
    });
    setData("thresholds", {});
  }

  // assets/main.js
  registerCallbacks({
    ...callbacks_exports10,
    ...callbacks_exports13,
    ...callbacks_exports,
    ...callbacks_exports7,
    ...callbacks_exports5,
    ...callbacks_exports9,
    ...callbacks_exports2,
    ...callbacks_exports4,
    ...callbacks_exports11,
    ...callbacks_exports12,
    ...callbacks_exports8,
    ...callbacks_exports6,
    ...callbacks_exports3
  });
  window.dashAgGridFunctions = { ...window.dashAgGridFunctions, ...gridFunctions };
  window.headstrata = { ...hooks_exports, BinWidth, Combobox, Frame, Graph, Held, Poll, Segments, Slider };
  leaveFirst();
  watchServer();
  followDrag((width) => {
    drawCompared(width);
    followWidth(width);
  });
  keepFocus();
  openGuide();
  watchOptions();
  watchKeys();
  closeMenus();
  watchFinding();
  watchChips();
  watchUnmeasured();
  watchColour();
  watchChoices();
  watchPrompts();
  watchPins();
  watchBusy();
  watchThin();
  watchButtons();
  watchFailedJobs();
  watchWindow();
  followSystemTheme();
  pausePolling();
  watchThresholds();
  watchSensitivity();
  watchScatter();
  watchEffects();
  watchReference();
  watchOpened();
  watchDrag();
  drawForPaper();
  watchCopying();
  followHistory();
  markEmbedded();
})();

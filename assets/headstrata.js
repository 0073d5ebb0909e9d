/* Made by scripts/make_assets.py (make assets): do not edit. */
(() => {
  var __defProp = Object.defineProperty;
  var __export = (target, all2) => {
    for (var name in all2)
      __defProp(target, name, { get: all2[name], enumerable: true });
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
    tellView: () => tellView
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

  // assets/views/grid.js
  var headCount = (table) => table.layers * table.heads;
  var headsIn = (table, start, stop) => rowOf(table, stop, 0) - rowOf(table, start, 0);
  var rowOf = (table, layer, head) => layer * table.heads + head;
  var layerOf = (table, row) => Math.floor(row / table.heads);
  var headOf = (table, row) => row % table.heads;
  var keyOf = (layer, head) => `${layer}.${head}`;
  var headKey = (table, row) => keyOf(layerOf(table, row), headOf(table, row));
  function parseHead(key) {
    const [layer, head = NaN] = (key || "").split(".").map(Number);
    return [
      layer,
      head
    ];
  }
  function hasHead(table, key) {
    const [layer, head] = parseHead(key);
    return layer < table.layers && head < table.heads;
  }
  var headLabel = (key) => `L${key.replace(".", ".H")}`;
  var headName = (table, row) => headLabel(headKey(table, row));
  var keyOfName = (name) => name.slice(1).replace(".H", ".");
  function compareNames(one, other) {
    const [layer, head] = parseHead(keyOfName(one));
    const [otherLayer, otherHead] = parseHead(keyOfName(other));
    return layer - otherLayer || head - otherHead;
  }

  // assets/views/bins.js
  var tenthsOfPercent = (part2, total) => Math.floor((2e3 * part2 + total) / (2 * total));
  var percentText = (tenths) => `${Math.floor(tenths / 10)}.${tenths % 10}%`;
  var percentOf = (part2, total) => total ? percentText(tenthsOfPercent(part2, total)) : "\u2013";
  function shared(parts) {
    const whole = parts.reduce((sum, part2) => sum + part2, 0);
    return {
      parts,
      whole,
      tenths: parts.map((part2) => whole ? tenthsOfPercent(part2, whole) : 0)
    };
  }
  var percentHeight = (bin, place) => bin.whole ? 100 * bin.parts[place] / bin.whole : 0;
  function binHeads(index, table, width, segments) {
    const bins = [];
    for (let start = 0; start < table.layers; start += width) {
      const stop = Math.min(start + width, table.layers);
      const members = emptyLists(segments);
      for (let row = rowOf(table, start, 0); row < rowOf(table, stop, 0); row += 1) {
        members[index[row]].push(row);
      }
      const counts = members.map((heads) => heads.length);
      bins.push({
        start,
        stop,
        members,
        counts,
        label: `[${start}, ${stop})`,
        total: headsIn(table, start, stop),
        ...shared(counts)
      });
    }
    return bins;
  }
  var emptyLists = (size) => Array.from({
    length: size
  }, () => []);
  var countLayers = (index, table, segments) => binHeads(index, table, 1, segments).map((bin) => bin.counts);
  var sumOfLayers = (layers) => layers[0].map((_, place) => layers.reduce((sum, parts) => sum + parts[place], 0));
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
    }, (_, place) => {
      const digits = text.slice(place * width, (place + 1) * width);
      return digits[0] === "~" ? NaN : parseInt(digits, 36) * unit;
    });
  }
  function unpackLayers(text, layers) {
    const parts = unpack(text, 4);
    const size = parts.length / layers;
    return Array.from({
      length: layers
    }, (_, at) => parts.slice(at * size, (at + 1) * size));
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
  var plural = (count, noun) => `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
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
  function readThresholds(text, defaults, notes) {
    const found = {};
    const named = /* @__PURE__ */ new Set();
    for (const part2 of (text || "").split(",").filter((one) => /[^ ]/.test(one))) {
      const [, name, number] = /^ *([a-z_]+) *: *(\d*\.?\d+) *$/.exec(part2) || [];
      const value = Math.round(Number(number) * 1e3) / 1e3;
      if (!name || !Object.hasOwn(defaults, name)) {
        notes.push(`t=${quoted(part2)} is not CATEGORY:VALUE with one of ${Object.keys(defaults).join(", ")}.`);
      } else if (!(value > 0 && value <= 1)) {
        notes.push(`t=${quoted(part2)}: a threshold is above 0 and at most 1.`);
      } else if (named.has(name)) {
        notes.push(`t=${quoted(part2)}: ${name} is given twice.`);
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
    const said = Object.entries(definitions.thresholds).filter(([name]) => payload.scores.includes(definitions.scoreOf[name])).map(([name, usual]) => {
      const { label } = categoryNamed(name);
      return name in given ? `${label} ${given[name]} (default ${usual})` : `${label} ${usual}`;
    });
    return `${payload.t ? "what-if" : "default"} thresholds: ${said.join(", ")}`;
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
    listed(bin, place) {
      return bin.members[place];
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
    described(bin, place) {
      return `${plural(bin.counts[place], "head")}, ${percentText(bin.tenths[place])} of the bin`;
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
     * What must be said where it was chosen and the table does not have it.
     * @param {Payload} _payload
     * @returns {Note[]}
     */
    lacking(_payload) {
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
  var weighted = (text, table) => unpackLayers(text, table.layers).map((parts, layer) => {
    const heads = headsIn(table, layer, layer + 1);
    return parts.map((part2) => part2 * heads);
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
      const { layers, top } = budgetOf(payload);
      return binHeads(top, payload, width, this.segments.length).map((bin) => ({
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
      const { share } = budgetOf(payload);
      const told2 = (head) => scoreText(share[head]);
      return {
        score: share,
        error: [],
        order: share,
        told: told2
      };
    }
    /**
     * @param {Payload} payload
     * @param {number} head
     */
    hoverLines(payload, head) {
      const { top, share } = budgetOf(payload);
      const { label } = this.segments[top[head]];
      return [
        `Most of its attention: ${label.toLowerCase()}, ${(100 * share[head]).toFixed(1)}%`
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
    columns([name, number, ...rest], segment) {
      const { sort, ...plain2 } = number;
      const column = (one) => ({
        ...plain2,
        field: one.name,
        headerName: one.label,
        headerTooltip: one.sentence,
        width: 190
      });
      const others = this.segments.filter((one) => one.name !== segment.name);
      const first = {
        ...column(segment),
        field: number.field,
        sort
      };
      return [
        name,
        first,
        ...others.map(column),
        ...rest
      ];
    }
    /**
     * @param {Payload} _payload
     * @param {number} _head
     * @param {HeadRow} row
     * @param {Segment} segment
     */
    cells(_payload, _head, row, segment) {
      return {
        main: row[segment.name],
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
    described(bin, place) {
      const count = bin.counts[place];
      return `${percentText(bin.tenths[place])} of the attention of the bin's ${bin.total} heads; the largest destination of ${count ? plural(count, "head") : "none of them"}`;
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
    /** @param {Payload} payload */
    lacking(payload) {
      return [
        {
          title: "No attention budget: ",
          parts: [
            `nobody published where the rest of ${payload.title}'s attention goes, so heads are counted here. A model that is classified has one.`
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
     * "Mixed" and "unclassified" need every score.
     * @param {string} segment
     * @param {string[]} scores
     */
    isMeasured(segment, scores) {
      if (segment === "not_measured") return true;
      const { scoreOf } = definitions;
      const needed = segment in scoreOf ? [
        scoreOf[segment]
      ] : Object.values(scoreOf);
      return needed.every((score) => scores.includes(score));
    }
    /** @param {Payload} payload */
    scores(payload) {
      const { score, error } = headsOf(payload);
      const told2 = (head) => isClaimed(payload, head) ? this.told(payload, head) : nearestText(payload, head);
      return {
        score,
        error,
        order: nearness(payload),
        told: told2
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
    mixedScores(payload, heads) {
      return heads.every((head) => isClaimed(payload, head)) ? "" : "Nearest score";
    }
    /**
     * @param {Payload} payload
     * @param {number[]} heads
     */
    strongest(payload, heads) {
      return heads.some((head) => isClaimed(payload, head)) ? "Strongest" : "Nearest to a category";
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
      const { of } = this.said;
      return super.index(payload).map((category) => of[category]);
    }
    /**
     * @param {string} segment
     * @param {string[]} scores
     */
    isMeasured(segment, scores) {
      const { of } = this.said;
      return categories().some((category, place) => this.segments[of[place]].name === segment && super.isMeasured(category.name, scores));
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
  function readRecords(text, heads, operations2) {
    const found = Array.from({
      length: heads
    }, () => []);
    for (let at = 0; at < text.length; at += 6) {
      const number = (from, to) => parseInt(text.slice(at + from, at + to), 36);
      found[number(0, 3)].push({
        ...operations2[number(3, 4)],
        score: number(4, 6) * SCORE_UNIT
      });
    }
    return found;
  }
  var operationText = (list) => list.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ");
  function signOfCopying(known, head) {
    const copying = (list) => list.some(({ family }) => family === "copying");
    const copies = copying(known.implements[head]);
    const suppresses = copying(known.suppresses[head]);
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
      const known = this.known(payload);
      const said = (words, list) => list.length ? [
        `${words}: ${operationText(list)}`
      ] : [];
      const sign = signOfCopying(known, head);
      return [
        ...said("Implements", known.implements[head]),
        ...said("Suppresses", known.suppresses[head]),
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
      const known = this.known(payload);
      const { detailed: detailed2 } = headsOf(payload);
      const heads = [
        ...detailed2.keys()
      ].filter((head) => detailed2[head] === induction);
      return new Map(heads.map((head) => [
        head,
        signOfCopying(known, head)
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
    columns([name, number, ...rest]) {
      return [
        name,
        number,
        ...COLUMNS,
        ...rest
      ];
    }
    /**
     * @param {Payload} payload
     * @param {number} head
     */
    cells(payload, head) {
      const known = this.known(payload);
      return {
        operations: operationText(known.implements[head]),
        suppresses: operationText(known.suppresses[head]),
        sign: signOfCopying(known, head)
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
      const count = (word) => signs.filter((sign) => sign.includes(word)).length;
      const both = signs.filter((sign) => SIGNS[sign] === "\xB1").length;
      const neither = signs.filter((sign) => !sign).length;
      return `Of the ${plural(signs.length, "head")} with the induction pattern, ${count("copies")} copy the token they attend to (+ in the map) and ${count("suppresses")} suppress it (${SIGNS.suppresses})${both ? `, ${both} of them both (\xB1)` : ""}; ${neither} do neither (${SIGNS[""]}).`;
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
      this.known(payload).implements.forEach(([first]) => {
        if (!first || first.family !== segment) return;
        counts.set(first.label, (counts.get(first.label) || 0) + 1);
      });
      const told2 = [
        ...counts
      ].sort(([, one], [, other]) => other - one).map((pair) => pair.join(" "));
      return told2.length ? ` By strongest operation: ${told2.join(", ")}.` : "";
    }
  };
  function scoresOf(implemented) {
    const score = implemented.map((list) => list.length ? list[0].score : NaN);
    const told2 = (head) => implemented[head].slice(0, 1).map((one) => `${scoreText(one.score)} ${one.label}`).join("");
    return {
      score,
      error: [],
      order: score,
      told: told2
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
  function listedSegments(payload) {
    const { segments, index } = segmentation(payload);
    return segments.map((segment, place) => ({
      segment,
      place
    })).filter(({ segment, place }) => segment.name !== "not_measured" || index.includes(place));
  }
  var isUnknown = (payload, segment, count) => !count && !viewOf(payload).isMeasured(segment.name, payload.scores);
  function amountText(payload, bin, place, both) {
    const share = percentText(bin.tenths[place]);
    return viewOf(payload).said.countsHeads ? both(bin.counts[place], share) : share;
  }
  function chipCount(payload, whole, place) {
    if (isUnknown(payload, viewOf(payload).segments[place], whole.counts[place])) return "\u2013";
    return amountText(payload, whole, place, (count) => count.toLocaleString("en-US"));
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
  var unmeasured = () => element("Span", {
    className: "nothing",
    title: NOT_MEASURED
  }, "\u2013", element("Span", {
    className: "visually-hidden"
  }, ` ${NOT_MEASURED}`));

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
    const place = segments.findIndex((one) => one.name === wanted.name);
    return bin < 0 || place < 0 ? null : {
      bin,
      place
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
    const rows = listedSegments(payload).map(({ segment, place }) => element("Tr", {}, element("Th", {
      scope: "row"
    }, swatch(segment), segment.label), ...bins.map((bin, at) => element("Td", {}, isUnknown(payload, segment, bin.counts[place]) ? unmeasured() : chartTableCell(bin, at, segment, place, chosen, payload)))));
    return element("Table", {}, head, element("Tbody", {}, ...rows));
  }
  function chartTableCell(bin, at, segment, place, chosen, payload) {
    const text = amountText(payload, bin, place, (count, share) => `${count} \xB7 ${share}`);
    if (!bin.parts[place]) return element("Span", {
      className: "nothing"
    }, "0");
    return element("Button", {
      type: "button",
      className: "cell",
      "data-segment": `${bin.start}:${segment.name}`,
      "aria-pressed": String(Boolean(chosen && chosen.bin === at && chosen.place === place)),
      "aria-label": `${segment.label}, layers ${bin.label}: ${text}`
    }, text);
  }
  function summaryOf(state2) {
    const { payload } = state2;
    const { segments, index, bins } = binned(payload, state2.width);
    const { said } = viewOf(payload);
    const told2 = bins.slice(0, 12).map((bin) => {
      const amount = (place) => amountText(payload, bin, place, (count, share) => `${count} (${share})`);
      const largest = [
        ...segments.keys()
      ].filter((place) => bin.parts[place]).sort((one, other) => bin.parts[other] - bin.parts[one]).slice(0, 4).map((place) => `${segments[place].label} ${amount(place)}`);
      return `${bin.label}: ${largest.join(", ")}.`;
    });
    const more = bins.length > 12 ? ` And ${bins.length - 12} more bins; the table below has all.` : "";
    return `${payload.title}: stacked bars of ${said.countsHeads ? "" : `the ${said.shared} of `}${plural(index.length, "attention head")} in ${plural(bins.length, "bin")} of layers. ${told2.join(" ")}${more}`;
  }

  // assets/chart/chips.js
  function chipList(payload, only) {
    const whole = wholeBin(payload);
    return listedSegments(payload).map(({ segment, place }) => {
      const pressed = only === segment.name;
      const kinds = {
        chip: true,
        none: !whole.parts[place],
        dimmed: only && !pressed
      };
      const unknown = isUnknown(payload, segment, whole.counts[place]);
      return element("Button", {
        id: `chip-${segment.name}`,
        type: "button",
        className: Object.entries(kinds).filter(([, is]) => is).map(([kind]) => kind).join(" "),
        "data-chip": segment.name,
        "aria-pressed": String(pressed),
        "aria-describedby": "chip-sentence"
      }, swatch(segment), element("Span", {
        className: "chip-label"
      }, segment.label), element("Span", {
        className: "chip-count",
        title: unknown ? NOT_MEASURED : percentText(whole.tenths[place])
      }, chipCount(payload, whole, place), unknown && element("Span", {
        className: "visually-hidden"
      }, ` ${NOT_MEASURED}`)));
    });
  }

  // assets/chart/geometry.js
  var MARGINS = {
    left: 58,
    right: 12,
    top: 44,
    bottom: 48
  };
  function plotBox(graph) {
    const { left, right, top, bottom } = MARGINS;
    return {
      width: Math.max(80, graph.clientWidth - left - right),
      height: Math.max(80, graph.clientHeight - top - bottom)
    };
  }
  var plotted = (graph) => (
    /** @type {Plotted} */
    graph.querySelector(".js-plotly-plot")
  );
  var GAP = 0.16;
  function segmentBox(bins, bin, place, show, top, payload, box) {
    const one = bins[bin];
    if (!one.parts[place]) return null;
    const values = one.counts.map((count, at) => show === "percent" ? percentHeight(one, at) : count);
    const below = values.slice(0, place).reduce((sum, value) => sum + value, 0);
    const { left, top: above } = MARGINS;
    const layer = box.width / payload.layers;
    const wide = one.stop - one.start;
    const y = (value) => above + box.height * (1 - value / top);
    return {
      left: `${left + (one.start + wide * GAP / 2) * layer}px`,
      width: `${wide * (1 - GAP) * layer}px`,
      top: `${y(below + values[place])}px`,
      height: `${box.height * values[place] / top}px`
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

  // assets/chart/text.js
  var widths = /* @__PURE__ */ new Map();
  var ruler = null;
  function textWidth(text) {
    const known = widths.get(text);
    if (known !== void 0) return known;
    ruler ??= /** @type {CanvasRenderingContext2D} */
    document.createElement("canvas").getContext("2d");
    ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const { width } = ruler.measureText(text);
    widths.set(text, width);
    return width;
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
  var STRONGEST = 4;
  var TEXT_HEIGHT = 15;
  var TEXT_PADDING = 6;
  function chartFigure(state2) {
    const { payload, show, selection: selection3, box } = state2;
    const skeleton = skeletonOf(payload).chart;
    const { segments, bins } = binned(payload, state2.width);
    const scale = chartScale(bins, payload, show, selection3.only, segments, box);
    const chosen = findSegment(selection3.segment, bins, segments);
    return {
      data: skeleton.data.map((trace, place) => barTrace(painted(trace, segments[place]), place, {
        bins,
        show,
        scale,
        chosen,
        payload,
        only: selection3.only
      })),
      layout: chartLayout(skeleton.layout, {
        bins,
        scale,
        show,
        payload
      })
    };
  }
  function chartScale(bins, payload, show, only, segments, box) {
    const lone = segments.findIndex((segment) => segment.name === only);
    const heights = bins.map((bin) => barHeight(bin, show, lone));
    const tallest = Math.max(...heights, 1e-9);
    const top = show === "percent" && lone < 0 ? 100 : tallest * 1.04;
    return {
      top,
      perUnit: box.height / top,
      perLayer: box.width / payload.layers
    };
  }
  function barHeight(bin, show, lone) {
    if (show === "percent") return lone < 0 ? 100 : percentHeight(bin, lone);
    return lone < 0 ? bin.total : bin.counts[lone];
  }
  function barTrace(trace, place, state2) {
    const { bins, show, scale, chosen, payload, only } = state2;
    const hidden = only && only !== trace.meta;
    const unit = (bin) => show === "percent" ? percentHeight(bin, place) : bin.counts[place];
    const width = (bin) => (bin.stop - bin.start) * (1 - GAP);
    const marked = (bin) => chosen && chosen.bin === bin && chosen.place === place;
    const edge = colour("segment-edge");
    const thin = width(bins[0]) * scale.perLayer < 16 ? 0.5 : 1;
    const each = (marks, usual) => chosen ? bins.map((_, bin) => marks(bin)) : usual;
    return {
      ...trace,
      visible: !hidden && bins.some((bin) => bin.parts[place]),
      x: bins.map((bin) => (bin.start + bin.stop - 1) / 2),
      y: bins.map((bin) => hidden ? 0 : unit(bin)),
      width: bins.map(width),
      text: bins.map((bin) => {
        const text = percentText(bin.tenths[place]);
        const fits = unit(bin) * scale.perUnit >= TEXT_HEIGHT && width(bin) * scale.perLayer >= textWidth(text) + TEXT_PADDING;
        return fits && !hidden && bin.parts[place] ? text : "";
      }),
      customdata: bins.map((bin) => [
        bin.label,
        bin.counts[place].toLocaleString("en-US"),
        percentText(bin.tenths[place]),
        strongestText(payload, bin.members[place]),
        trace.meta
      ]),
      textfont: {
        ...trace.textfont,
        color: each((bin) => marked(bin) ? trace.textfont.color : colour("ink"), trace.textfont.color)
      },
      marker: {
        ...trace.marker,
        opacity: each((bin) => marked(bin) ? 1 : 0.38, 1),
        line: {
          color: each((bin) => marked(bin) ? colour("ink") : edge, edge),
          width: each((bin) => marked(bin) ? 2.5 : thin, thin)
        }
      }
    };
  }
  function strongestText(payload, members) {
    const view = viewOf(payload);
    const { told: told2 } = view.scores(payload);
    const named = byScore(payload, members).slice(0, STRONGEST);
    if (!named.length) return "";
    const lines = named.map((head) => `${headName(payload, head)}  ${told2(head)}`);
    return `<br><br>${view.strongest(payload, named)}:<br>${lines.join("<br>")}`;
  }
  function chartLayout(layout, { bins, scale, show, payload }) {
    const shown3 = everyNth(bins, scale.perLayer);
    return {
      ...layout,
      template: tinted(layout.template),
      title: {
        text: escapeHtml(payload.title)
      },
      autosize: true,
      xaxis: {
        ...layout.xaxis,
        range: [
          -0.5,
          payload.layers - 0.5
        ],
        tickvals: shown3.map((bin) => (bin.start + bin.stop - 1) / 2),
        ticktext: shown3.map((bin) => bin.label)
      },
      yaxis: {
        ...layout.yaxis,
        range: [
          0,
          scale.top
        ],
        ticksuffix: show === "percent" ? "%" : "",
        title: {
          text: heightTitle(payload, show)
        }
      }
    };
  }
  function everyNth(bins, perLayer) {
    const widest = Math.max(...bins.map((bin) => textWidth(bin.label))) + 10;
    const step = Math.ceil(widest / ((bins[0].stop - bins[0].start) * perLayer));
    return bins.filter((_, place) => place % step === 0);
  }

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

  // assets/chart/overlays.js
  function placeBinLines(payload, width) {
    const inner = byId("map-inner");
    inner.style.setProperty("--bin-share", `${100 * width / payload.layers}%`);
    inner.style.setProperty("--layers", String(payload.layers));
    inner.style.setProperty("--per-layer", String(payload.heads));
  }
  function lightUp(name, box) {
    const light = byId(name);
    light.classList.toggle("on", Boolean(box));
    if (box) Object.assign(light.style, box);
  }
  function placeChosenCell(head) {
    const cell = byId("map-chosen");
    const [layer, row] = parseHead(head);
    cell.classList.toggle("on", Boolean(head));
    cell.style.setProperty("--layer", String(layer || 0));
    cell.style.setProperty("--row", String(row || 0));
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
  var drawn = null;
  var drawnChart = () => drawn;
  function draw(state2) {
    if (!drawn) watchFrame();
    drawn = state2;
    placeBinLines(state2.payload, state2.width);
    return chartFigure(state2);
  }
  function redraw(changes) {
    if (!drawn) return;
    const { data, layout } = draw({
      ...drawn,
      ...changes
    });
    window.Plotly.react(plotted(chart()), data, layout);
  }
  var chartBox = () => plotBox(chart());
  function watchFrame() {
    new ResizeObserver(() => {
      const now = chartBox();
      if (drawn?.box.width === now.width && drawn?.box.height === now.height) return;
      debounce("viewport", () => drawAgain(now));
    }).observe(chart());
  }
  var resized = null;
  function drawIn(name, { data, layout }) {
    resized = resized || new ResizeObserver(fit);
    const [place] = byId(name).children;
    window.Plotly.react(place, data, layout, definitions.config);
    resized.observe(place);
  }
  function fit(entries) {
    entries.forEach(({ target }) => {
      const graph = (
        /** @type {Plotted} */
        target
      );
      if (graph.data && graph.clientWidth) window.Plotly.Plots.resize(graph);
    });
  }

  // assets/chart/headmap.js
  function mapFigure({ payload, selection: selection3 }) {
    const skeleton = skeletonOf(payload).map;
    const { segments, index } = segmentation(payload);
    const [cells, dots] = skeleton.data;
    const lone = segments.findIndex((segment) => segment.name === selection3.only);
    const at = (layer, head) => rowOf(payload, layer, head);
    const layers = [
      ...Array(payload.layers).keys()
    ];
    const rows = [
      ...Array(payload.heads).keys()
    ];
    const shown3 = (head) => lone < 0 || index[head] === lone;
    return {
      data: [
        {
          ...cells,
          colorscale: mapColours(cells.colorscale, segments),
          x: layers,
          y: rows,
          z: rows.map((head) => layers.map((layer) => shown3(at(layer, head)) ? index[at(layer, head)] : null)),
          text: rows.map((head) => layers.map((layer) => headText(payload, at(layer, head))))
        },
        {
          ...dots,
          ...mapMarks(payload, shown3)
        }
      ],
      layout: mapLayout(skeleton.layout, payload)
    };
  }
  var mapColours = (scale, segments) => scale.map(([at], stop) => [
    at,
    paint(segments[Math.floor(stop / 2)]).colour
  ]);
  function mapMarks(payload, shown3) {
    const { segments, index } = segmentation(payload);
    const { heads, texts } = viewOf(payload).marks(payload);
    const marked = heads.filter(shown3);
    const inks = marked.map((head) => paint(segments[index[head]]).ink);
    return {
      x: marked.map((head) => layerOf(payload, head)),
      y: marked.map((head) => headOf(payload, head)),
      ...texts ? {
        mode: "text",
        text: texts.filter((_, at) => shown3(heads[at])),
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
  function signSize(payload) {
    const { clientWidth } = byId("map-inner");
    return Math.max(8, Math.min(15, (clientWidth - 70) / payload.layers * 0.85));
  }
  function mapLayout(layout, payload) {
    const step = payload.layers > 60 ? 8 : payload.layers > 24 ? 4 : 2;
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
        dtick: step
      },
      yaxis: {
        ...layout.yaxis,
        range: [
          payload.heads - 0.5,
          -0.5
        ],
        tick0: 0,
        dtick: payload.heads > 16 ? 4 : 2
      }
    };
  }
  function headText(payload, head) {
    const { detailed: detailed2, score, error, runnerUp, margin, borderline } = headsOf(payload);
    const own = categories()[detailed2[head]];
    const claimed = isClaimed(payload, head);
    const value = claimed ? scoreText(score[head], error[head]) : "";
    const nearest = claimed ? "" : nearestText(payload, head);
    const rival = categories()[runnerUp[head]];
    const lines = [
      `<b>${headName(payload, head)}</b>  ${own.label}${value && `  ${value}`}`
    ];
    if (nearest) lines.push(`Nearest: ${nearest}`);
    else if (rival) lines.push(`Runner-up: ${rival.label}, margin ${margin[head].toFixed(2)}`);
    if (borderline[head]) lines.push("Borderline: could flip within two standard errors");
    return [
      ...lines,
      ...viewOf(payload).hoverLines(payload, head)
    ].join("<br>");
  }
  function mapHeight(payload, width) {
    const cell = Math.min(26, Math.max(10, (width - 70) / payload.layers));
    return Math.round(Math.min(560, payload.heads * cell) + 52);
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
    const count = changedHeads(payload).length;
    const all2 = headCount(payload);
    if (!count) return `None of the ${all2.toLocaleString("en-US")} heads changes its category.`;
    const verb = count === 1 ? "changes its" : "change their";
    return `${count.toLocaleString("en-US")} of ${all2.toLocaleString("en-US")} heads (${percentOf(count, all2)}) ${verb} category.`;
  }
  function thresholdCounts(payload) {
    const counts = categories().map(() => ({
      now: 0,
      before: 0
    }));
    headsOf(payload).detailed.forEach((place) => counts[place].now += 1);
    const before = payload.stored ? unpack(payload.stored, 1) : headsOf(payload).detailed;
    before.forEach((place) => counts[place].before += 1);
    return Object.fromEntries(categories().map(({ name }, place) => [
      name,
      counts[place]
    ]));
  }
  function countText({ now, before }) {
    const step = now - before;
    const said = plural(now, "head");
    return step ? `${said} (${step > 0 ? "+" : "\u2212"}${Math.abs(step)})` : said;
  }

  // assets/views/choice.js
  var HEIGHTS = [
    "count",
    "percent"
  ];
  var chosenBy = (control) => VIEWS.filter(({ said }) => said.control === control);
  var USUAL = VIEWS[0].name;
  var taxonomies = () => chosenBy("taxonomy").map(({ name }) => name);
  var shows = () => [
    ...HEIGHTS,
    ...chosenBy("show").map(({ name }) => name)
  ];
  var shownView = (show) => chosenBy("show").find(({ name }) => name === show);
  var isOffered = (table, name) => !needsFurther(name) || table.has.includes(name);
  var needsFurther = (name) => viewNamed(name).said.packed;
  var offeredTaxonomies = (table) => chosenBy("taxonomy").filter(({ name }) => isOffered(table, name)).map(({ name, said }) => ({
    value: name,
    label: said.label
  }));
  var drawnAs = (table, taxonomy, show) => [
    shownView(show)?.name,
    taxonomy
  ].find((name) => name && isOffered(table, name)) || USUAL;
  function drawnShow(payload, show) {
    if (!viewOf(payload).said.countsHeads) return "percent";
    return show === "percent" ? "percent" : "count";
  }

  // assets/chart/notes.js
  function viewNotes(payload, show, thresholds) {
    const drawn2 = viewOf(payload);
    const wanted = shownView(show);
    const said = [
      ...wanted && wanted !== drawn2 ? wanted.lacking(payload) : [],
      ...drawn2.notes(payload)
    ];
    return [
      ...payload.t ? [
        thresholdNote(payload, thresholds)
      ] : [],
      ...said.map(({ title, parts }) => note("", title, parts.map(part)))
    ];
  }
  var note = (kind, title, parts) => element("P", {
    className: `view-note${kind}`
  }, element("Strong", {}, title), ...parts);
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

  // assets/chart/callbacks.js
  var state = (payload, width, show, selection3, only) => ({
    payload,
    show: drawnShow(payload, show),
    width: Math.min(width || defaultWidth(payload.layers), payload.layers),
    selection: {
      segment: selection3 && selection3.segment,
      only
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
      plural(now.width, "layer"),
      summaryOf(now)
    ];
  }
  function drawMap(payload, _taxonomy, only) {
    if (!payload) return keep();
    const inner = byId("map-inner");
    inner.style.setProperty("--map-height", `${mapHeight(payload, inner.clientWidth)}px`);
    inner.style.setProperty("--map-least", `${payload.layers * 9 + 72}px`);
    return mapFigure({
      payload,
      selection: {
        only
      }
    });
  }
  function drawChips(payload, _taxonomy, only) {
    if (!payload) return keep();
    const { style } = byId("chip-sentence");
    style.setProperty("--lines", String(viewOf(payload).sentenceLines));
    return chipList(payload, only);
  }
  function drawTwin(payload, width, _taxonomy, selection3, open2) {
    if (!payload || !width || !open2) return keep();
    return chartTable(state(payload, width, "count", selection3, null));
  }
  function letGo(payload, only) {
    if (!payload || !only) return keep();
    const { segments } = segmentation(payload);
    return segments.some((segment) => segment.name === only) ? keep() : null;
  }
  function tellView(payload, show, thresholds) {
    if (!payload) return [
      keep(),
      keep()
    ];
    const chosenHere = viewOf(payload).said.control === "taxonomy";
    return [
      viewNotes(payload, show, thresholds),
      !chosenHere
    ];
  }
  function lightColumns(hover, payload) {
    const point = hover && hover.points && hover.points[0];
    const bin = point ? binOf(point) : null;
    const share = (layers) => `${100 * layers / payload.layers}%`;
    lightUp("map-light", bin && {
      left: share(bin.start),
      width: share(bin.stop - bin.start)
    });
    return keep();
  }
  function lightSegment(hover, payload, width, _taxonomy, show, only) {
    const point = hover && hover.points && hover.points[0];
    if (!point) lightUp("chart-light", null);
    if (!point || only) return keep();
    const { index, bins } = binned(payload, width);
    const bin = Math.floor(point.x / width);
    const place = index[rowOf(payload, point.x, point.y)];
    const graph = byId("head-chart");
    const [, top] = plotted(graph).layout.yaxis.range;
    const shown3 = drawnShow(payload, show);
    lightUp("chart-light", segmentBox(bins, bin, place, shown3, top, payload, plotBox(graph)));
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
    }, (_, place) => ({
      from: place / bins,
      to: (place + 1) / bins,
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
  function wholePercent(share) {
    const floor = Math.floor(100 * share);
    return 100 * share - floor === 0.5 ? floor + floor % 2 : Math.round(100 * share);
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
    const known = ofCompared.get(compared) ?? view.comparedParts(compared);
    ofCompared.set(compared, known);
    return known;
  }
  var partsByDepth = (view, layers, bins) => depthBins(layers.length, bins).map((bin) => {
    const drawn2 = shared(sumOfLayers(layers.slice(bin.start, bin.stop)));
    return {
      ...bin,
      ...drawn2,
      counts: view.said.countsHeads ? drawn2.parts : null,
      shares: drawn2.parts.map((part2) => part2 / drawn2.whole)
    };
  });

  // assets/compare/differences.js
  function pointsText(step) {
    const tenths = Math.floor(1e3 * Math.abs(step) + 0.5);
    return tenths ? `${step > 0 ? "+" : "\u2212"}${(tenths / 10).toFixed(1)}` : "0";
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
      whole: by(1).map(([all2]) => all2)
    };
    const place = (name) => state2.segments.findIndex((segment) => segment.name === name);
    const told2 = compared.told.map(place);
    const rest = [
      ...state2.segments.keys()
    ].filter((at) => !told2.includes(at) && state2.whole.some((side) => side.shares[at] > 0));
    const bins = state2.found[0].length > 1 && told2.length ? state2.found[0] : [];
    const head = (text, props = {}) => element("Th", {
      scope: "col",
      ...props
    }, text);
    const row = (comparable) => (at) => differenceRow(state2, at, bins.length, comparable);
    return [
      ...told2.length ? [
        differenceNote(compared.names, bins.length)
      ] : [],
      element("Div", {
        className: "table-frame",
        tabIndex: "0",
        role: "region",
        "aria-label": "Differences in numbers"
      }, element("Table", {
        className: "numbers"
      }, element("Thead", {}, element("Tr", {}, head(view.heading), ...compared.names.map((name) => head(name)), head("Difference"), ...bins.map((bin) => head(depthText(bin), {
        className: "by-depth"
      })))), element("Tbody", {}, ...told2.map(row(true)), ...rest.map(row(false)))))
    ];
  }
  function differenceNote([one, other], bins) {
    const where = `over all layers${bins ? " and in each bin of depth" : ""}`;
    const said = `Difference: ${other} minus ${one}, ${where}, in percentage points (pp).`;
    return element("P", {
      className: "quiet"
    }, said);
  }
  function differenceRow(state2, at, bins, comparable) {
    const { segments, found, whole } = state2;
    const [one, other] = whole;
    const measured = (side) => state2.view.isMeasured(segments[at].name, state2.scores[side]);
    const cell = ({ counts, parts, tenths }, side) => {
      if (!parts[at] && !measured(side)) return unmeasured();
      const share = percentText(tenths[at]);
      return counts ? `${counts[at].toLocaleString("en-US")} \xB7 ${share}` : share;
    };
    const steps = [
      ...Array(bins).keys()
    ].map((bin) => found[1][bin].shares[at] - found[0][bin].shares[at]);
    const total = pointsText(other.shares[at] - one.shares[at]);
    return element("Tr", {}, element("Th", {
      scope: "row"
    }, swatch(segments[at]), segments[at].label), ...whole.map((side, place) => element("Td", {}, cell(side, place))), element("Td", {
      className: "step"
    }, comparable ? `${total}${total === "0" ? "" : " pp"}` : "\u2013"), ...steps.map((step) => differenceCell(step, comparable)));
  }
  function differenceCell(step, comparable) {
    const text = comparable ? pointsText(step) : "\u2013";
    const way = !comparable || text === "0" ? "none" : step > 0 ? "more" : "less";
    const strength = `${Math.min(100, Math.round(Math.abs(step) * 160))}%`;
    return element("Td", {
      className: `by-depth ${way}`,
      ...way === "none" ? {} : {
        style: {
          "--strength": strength
        }
      }
    }, text);
  }

  // assets/compare/bars.js
  function comparedFigures(payload, compared, width, show) {
    const { as } = compared;
    const bins = binsOfBoth(payload, compared, width);
    const found = bothByDepth(payload, compared, bins);
    const shown3 = drawnShow({
      as
    }, show);
    return found.map((side, at) => comparedFigure({
      as,
      title: compared.names[at]
    }, side, shown3));
  }
  function comparedFigure(table, found, show) {
    const frame = document.querySelector(".compare-chart");
    const wide = Math.max(120, (frame ? frame.clientWidth : 400) - 60) / found.length;
    const skeleton = skeletonOf(table).chart;
    const { segments, said } = viewOf(table);
    const top = depthTop(found, show);
    return {
      data: skeleton.data.map((trace, place) => depthBar(painted(trace, segments[place]), place, found, {
        wide,
        show,
        top,
        said
      })),
      layout: depthLayout(skeleton.layout, table, found, {
        wide,
        show,
        top,
        said
      })
    };
  }
  var depthTop = (found, show) => show === "percent" ? 100 : 1.04 * Math.max(...found.map((bin) => countsOf(bin).reduce((sum, count) => sum + count, 0)));
  var countsOf = (bin) => (
    /** @type {number[]} */
    bin.counts
  );
  var DEPTH_HEIGHT = 210;
  function depthBar(trace, place, found, { wide, show, top, said }) {
    const edge = colour("segment-edge");
    const height = (bin) => show === "percent" ? percentHeight(bin, place) : countsOf(bin)[place];
    return {
      ...trace,
      visible: found.some((bin) => bin.parts[place]),
      x: found.map((_, bin) => bin),
      y: found.map(height),
      width: 0.84,
      text: found.map((bin) => {
        const text = percentText(bin.tenths[place]);
        const tall = height(bin) * DEPTH_HEIGHT / top >= 16;
        return tall && wide * 0.84 >= text.length * 6.9 + 6 ? text : "";
      }),
      customdata: found.map((bin) => [
        `[${bin.start}, ${bin.stop}), depth ${depthText(bin)}`,
        bin.counts ? bin.counts[place].toLocaleString("en-US") : "",
        percentText(bin.tenths[place]),
        ""
      ]),
      hovertemplate: said.countsHeads ? trace.hovertemplate : shareHover(trace.name, said.shared),
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
  function depthLayout(layout, table, found, { wide, show, top }) {
    const widest = Math.max(...found.map((bin) => depthText(bin).length)) * 6.9 + 8;
    const step = Math.ceil(widest / wide);
    const shown3 = found.map((_, bin) => bin).filter((bin) => bin % step === 0);
    return {
      ...layout,
      template: tinted(layout.template),
      title: {
        text: escapeHtml(table.title),
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
        tickvals: shown3,
        ticktext: shown3.map((bin) => depthText(found[bin]))
      },
      yaxis: {
        ...layout.yaxis,
        range: [
          0,
          top
        ],
        ticksuffix: show === "percent" ? "%" : "",
        title: {
          text: heightTitle(table, show)
        }
      }
    };
  }

  // assets/compare/draw.js
  var shown = null;
  function setCompared(next) {
    shown = next;
  }
  function drawCompared(width) {
    if (!shown) return;
    const { payload, compared, show } = shown;
    const [one, other] = comparedFigures(payload, compared, width, show);
    drawIn("compare-chart-one", one);
    drawIn("compare-chart-other", other);
  }

  // assets/compare/question.js
  var comparedView = (taxonomy, show) => ({
    taxonomy: taxonomy || USUAL,
    show: show || "count"
  });
  function isAnswer(compared, payload, other, taxonomy, show) {
    const view = comparedView(taxonomy, show);
    return compared.model === payload.name && compared.other === other && compared.taxonomy === view.taxonomy && shownView(compared.show) === shownView(view.show) && (!needsFurther(compared.as) || viewOf(compared) === viewOf(payload));
  }
  function readCompare(name, models, shown3, notes) {
    if (name === null) return null;
    const wanted = [
      name,
      `${name}-published`
    ];
    const found = models.find((model) => wanted.includes(model.name));
    if (found && found !== shown3) return found.name;
    notes.push(found ? `compare=${quoted(name)} is the shown table itself.` : `There is no table named ${quoted(name)} here to compare with.`);
    return null;
  }

  // assets/compare/scatter.js
  function scatterFigure(pairs) {
    const places = unpack(pairs.places, 3);
    const read = {
      key: places.map((row) => headKey(pairs, row)),
      one: unpack(pairs.one, 2, SCORE_UNIT),
      other: unpack(pairs.other, 2, SCORE_UNIT),
      categories: pairs.categories.map((text) => unpack(text, 1)),
      differs: unpack(pairs.differs, 1)
    };
    const [before, after] = read.categories;
    const label = (place) => categories()[place].label;
    const differs = (at) => read.differs[at] === 1;
    const all2 = [
      ...read.one.keys()
    ];
    const trace = (name, heads, marker) => ({
      type: "scatter",
      mode: "markers",
      name,
      x: heads.map((at) => read.one[at]),
      y: heads.map((at) => read.other[at]),
      customdata: heads.map((at) => read.key[at]),
      text: heads.map((at) => `<b>${headLabel(read.key[at])}</b>  ${read.one[at].toFixed(2)} \u2192 ${read.other[at].toFixed(2)}<br>${label(before[at])} \u2192 ${label(after[at])}`),
      hovertemplate: "%{text}<extra></extra>",
      marker
    });
    const same2 = all2.filter((at) => !differs(at));
    return {
      data: [
        trace("Agree", same2, {
          size: 6,
          color: colour("line-strong"),
          opacity: 0.55
        }),
        trace("Disagree", all2.filter(differs), {
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
    const guides = (pairs.thresholds || []).flatMap((threshold, side) => {
      if (threshold >= end) return [];
      return side ? line2(0, threshold, end, threshold, "dot") : line2(threshold, 0, threshold, end, "dot");
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
  var isAbout = (answer, table) => answer && answer.model === table.name && answer.stamp === table.stamp;
  var aboutDrawn = ({ name, stamp, layers, as, t }, width) => ({
    model: name,
    stamp,
    width: Math.min(width, layers),
    taxonomy: as,
    t
  });

  // assets/compare/callbacks.js
  function restoreCompare(url) {
    if (!url) return keep();
    detailsById("compare-panel").open = Boolean(url.compare);
    return url.compare;
  }
  function wantCompared(payload, width, taxonomy, show, other, opened) {
    if (!payload || !width || !other || !(opened || {}).compare) return;
    const next = {
      model: payload.name,
      stamp: payload.stamp,
      other,
      width: Math.min(width, payload.layers),
      ...comparedView(taxonomy, show),
      t: payload.t
    };
    debounce("compare", () => {
      const last2 = (
        /** @type {ComparedQuestion | undefined} */
        lastAsked("compare-wanted")
      );
      const sameTables = last2 && last2.model === next.model && last2.other === other;
      ask("compare-wanted", {
        ...next,
        score: sameTables ? last2.score : null
      });
    });
  }
  var offerTables = (models) => models;
  function chooseScore(score, last2) {
    if (score && last2 && score !== last2.score) ask("compare-wanted", {
      ...last2,
      score
    });
  }
  function drawCompared2(payload, width, taxonomy, show, other, compared, opened) {
    const open2 = payload && width && other && (opened || {}).compare;
    if (open2 && compared && !isAnswer(compared, payload, other, taxonomy, show)) {
      return [
        true,
        false,
        keep(),
        keep()
      ];
    }
    const ready = open2 && compared;
    setCompared(ready ? {
      payload,
      compared,
      show
    } : null);
    if (ready) requestAnimationFrame(() => drawCompared(width));
    const numbers = ready ? differenceTable(payload, compared, width) : null;
    return [
      Boolean(other),
      !other,
      !ready,
      numbers
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

  // assets/observations/callbacks.js
  var callbacks_exports3 = {};
  __export(callbacks_exports3, {
    wantObservations: () => wantObservations
  });
  function wantObservations(payload, width) {
    if (!payload || !width) return;
    const next = aboutDrawn(payload, width);
    debounce("observations", () => ask("observations-wanted", next));
  }

  // assets/page/callbacks.js
  var callbacks_exports4 = {};
  __export(callbacks_exports4, {
    adopt: () => adopt,
    restore: () => restore,
    toggleTheme: () => toggleTheme,
    useTheme: () => useTheme,
    writeUrl: () => writeUrl
  });

  // assets/page/link.js
  var THEMES = [
    "light",
    "dark"
  ];
  function readUrl(search, models, fallback) {
    const query = new URLSearchParams(search);
    const notes = (
      /** @type {string[]} */
      []
    );
    const choice = (key, allowed, otherwise) => {
      const value = query.get(key);
      if (value === null) return otherwise;
      if (allowed.includes(value)) return value;
      notes.push(`${key}=${quoted(value)} is not one of ${allowed.join(", ")}.`);
      return otherwise;
    };
    const model = findModel(query.get("model"), models, fallback, notes);
    return {
      model: model ? model.name : null,
      bins: readBins(query.get("bins"), model, notes),
      taxonomy: choice("taxonomy", taxonomies(), USUAL),
      show: choice("show", shows(), "count"),
      theme: choice("theme", THEMES, null),
      segment: readSegment(query.get("segment"), notes),
      head: readHead(query.get("head"), model, notes),
      thresholds: readThresholds(query.get("t"), definitions.thresholds, notes),
      compare: readCompare(query.get("compare"), models, model, notes),
      notes
    };
  }
  function findModel(name, models, fallback, notes) {
    const find = (wanted) => models.find((model) => model.name === wanted);
    const otherwise = find(fallback) || models[0] || null;
    if (name === null) return otherwise;
    const found = find(name) || find(`${name}-published`);
    if (found) return found;
    const shown3 = otherwise ? `${otherwise.title} is shown` : "there are none yet";
    notes.push(`There is no table named ${quoted(name)} here; ${shown3}.`);
    return otherwise;
  }
  function readBins(text, model, notes) {
    if (text === null || !model) return null;
    const width = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    if (width >= 1 && width <= model.layers) return width;
    notes.push(`bins=${quoted(text)} is not a whole number from 1 to ${model.layers} layers.`);
    return null;
  }
  function readSegment(text, notes) {
    if (text === null) return null;
    const [, start, name] = /^(\d{1,6}):([a-z_]+)$/.exec(text) || [];
    const known = Object.values(definitions.views).some((taxonomy) => taxonomy.segments.some((segment) => segment.name === name));
    if (start !== void 0 && known) return `${Number(start)}:${name}`;
    notes.push(`segment=${quoted(text)} is not START:CATEGORY, such as 12:induction.`);
    return null;
  }
  function readHead(text, model, notes) {
    if (text === null || !model) return null;
    if (/^\d{1,6}\.\d{1,6}$/.test(text) && hasHead(model, text)) return keyOf(...parseHead(text));
    notes.push(`head=${quoted(text)} is not LAYER.HEAD with a layer below ${model.layers} and a head below ${model.heads}.`);
    return null;
  }
  var noteList = (notes) => notes.length < 2 ? notes.join("") : element("Ul", {}, ...notes.map((note2) => element("Li", {}, note2)));

  // assets/page/address.js
  var KEYS = [
    "model",
    "bins",
    "taxonomy",
    "show",
    "segment",
    "head",
    "theme",
    "t",
    "compare"
  ];
  var OURS = "headstrata";
  var shown2 = null;
  var returning = null;
  function addressOf(state2) {
    const query = new URLSearchParams();
    for (const key of KEYS) {
      const value = state2[key];
      if (value !== null && value !== void 0) query.set(key, String(value));
    }
    const readable = query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",");
    return `${window.location.pathname}?${readable}`;
  }
  var pageLink = () => window.location.origin + (shown2 ? addressOf(shown2) : "/");
  function writeAddress(state2) {
    if (returning && returning !== state2.model) return;
    returning = null;
    shown2 = state2;
    debounce("address", () => {
      const { history, location } = window;
      const before = new URLSearchParams(location.search).get("model");
      const step = history.state === OURS && before !== state2.model;
      history[step ? "pushState" : "replaceState"](OURS, "", addressOf(state2));
      byId("whole-page").href = `/${location.search}`;
    });
  }
  function stopReturning() {
    returning = null;
  }
  function followHistory() {
    window.addEventListener("popstate", ({ state: state2 }) => {
      if (!shown2) return;
      if (state2 !== OURS) return writeAddress(shown2);
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
    const shown3 = theme || (system().matches ? "dark" : "light");
    root.dataset.theme = shown3;
    root.style.colorScheme = shown3;
    root.dataset.mantineColorScheme = shown3;
    const toggle = document.getElementById("theme-toggle");
    if (toggle) toggle.setAttribute("aria-pressed", String(shown3 === "dark"));
    return shown3;
  }
  function followSystemTheme() {
    system().addEventListener("change", () => {
      applyTheme(getData("theme"));
      drawAgain();
    });
  }

  // assets/table/downloads.js
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
    const heads = (format) => `/api/heads?${query({
      format,
      ...written
    })}`;
    const bins = (format) => `/api/bins?${query({
      width: String(width),
      taxonomy: payload.as,
      format
    })}`;
    return [
      heads("csv"),
      bins("csv"),
      [
        item("CSV", heads("csv")),
        item("Parquet, with provenance", heads("parquet")),
        item("JSON", heads("json"))
      ],
      [
        item("CSV", bins("csv")),
        item("Parquet, with provenance", bins("parquet")),
        item("JSON", bins("json"))
      ]
    ];
  }

  // assets/page/callbacks.js
  var last = {
    shape: ""
  };
  function restore(fallback, models, definitions2) {
    setDefinitions(definitions2);
    const url = readUrl(window.location.search, models, fallback);
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
    if (!payload) return Array(8).fill(keep());
    const { name, stamp } = payload;
    const shape = `${payload.layers} x ${payload.heads}`;
    const before = {
      ...last
    };
    const same2 = before.name === name;
    if (!same2) stopReturning();
    Object.assign(last, {
      name,
      stamp,
      shape
    });
    if (same2 && before.stamp === stamp) return Array(8).fill(keep());
    const linked = url && url !== before.url && url.model === name;
    last.url = url;
    const alike = before.shape === shape;
    const usual = defaultWidth(payload.layers);
    const chosen = linked ? url.bins || usual : alike ? width : usual;
    debounce("shown", () => setData("shown", {
      name,
      stamp
    }));
    document.title = `${payload.title} \xB7 Headstrata`;
    return [
      payload.layers,
      chosen,
      sliderMarks(payload.layers),
      ...headings(payload),
      ...linked ? withoutDeadSegment(payload, chosen, selection3, url.notes) : heldSelection(Boolean(before.name) && !same2, alike, selection3)
    ];
  }
  var sliderMarks = (layers) => [
    .../* @__PURE__ */ new Set([
      1,
      defaultWidth(layers),
      layers
    ])
  ].map((value) => ({
    value,
    label: String(value)
  }));
  function headings(payload) {
    const count = headCount(payload).toLocaleString("en-US");
    return [
      `What the ${count} attention heads of ${payload.title} attend to`,
      element("Span", {
        className: `source ${payload.source}`
      }, payload.note),
      `${payload.layers} layers \xD7 ${payload.heads} heads, one cell each, under their bars`
    ];
  }
  function heldSelection(another, alike, selection3) {
    if (!another) return [
      keep(),
      keep()
    ];
    return [
      alike ? {
        head: (selection3 || {}).head || null
      } : {},
      ""
    ];
  }
  function withoutDeadSegment(payload, width, selection3, notes) {
    const { segment } = selection3 || {};
    if (!segment || hasSegment(payload, width, segment)) return [
      keep(),
      keep()
    ];
    const note2 = `There is no segment ${quoted(segment)} in bins of ${plural(width, "layer")} by ${viewOf(payload).said.by}.`;
    return [
      {
        ...selection3,
        segment: null
      },
      noteList([
        ...notes,
        note2
      ])
    ];
  }
  function writeUrl(payload, width, taxonomy, show, selection3, theme, compare) {
    if (!payload || !width) return Array(4).fill(keep());
    const { segment: chosen, head } = selection3 || {};
    const segment = hasSegment(payload, width, chosen) ? chosen : null;
    writeAddress({
      model: payload.name,
      bins: width,
      taxonomy,
      show,
      segment,
      head,
      theme,
      t: payload.t || null,
      compare
    });
    return downloadLinks(payload, width);
  }
  function toggleTheme(clicks) {
    if (!clicks) return keep();
    return document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  }
  function useTheme(theme) {
    const shown3 = applyTheme(theme);
    return [
      shown3,
      measure()
    ];
  }

  // assets/reference/callbacks.js
  var callbacks_exports5 = {};
  __export(callbacks_exports5, {
    wantCheck: () => wantCheck
  });
  function wantCheck(payload, width, opened) {
    if (!payload || !width || !(opened || {}).reference) return;
    const next = aboutDrawn(payload, width);
    debounce("check", () => ask("check-wanted", next));
  }

  // assets/selection/callbacks.js
  var callbacks_exports6 = {};
  __export(callbacks_exports6, {
    clickChart: () => clickChart,
    clickMap: () => clickMap,
    clickRow: () => clickRow,
    drawPattern: () => drawPattern,
    showPanel: () => showPanel,
    showSegment: () => showSegment,
    wantHead: () => wantHead
  });

  // assets/selection/card.js
  var cardOf = null;
  var owed = false;
  function bringCard({ segment, head }, segmentHidden) {
    if (head !== cardOf) owed = Boolean(head);
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
    const { top, bottom } = frame.getBoundingClientRect();
    const end = Math.min(bottom, window.innerHeight);
    const wanted = Math.max(top, end - Math.max(CARD_LEAST, 0.6 * (end - top)));
    const place = card2.getBoundingClientRect().top;
    if (place > wanted || place < top) frame.scrollTop += place - wanted;
  }

  // assets/table/rows.js
  var KEPT = 2;
  var answers = /* @__PURE__ */ new Map();
  function headRows(payload) {
    const key = `${payload.name} ${payload.stamp}`;
    const answer = answers.get(key) || fetchRows(payload);
    answers.delete(key);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    [
      ...answers.keys()
    ].slice(0, -KEPT).forEach((old) => answers.delete(old));
    return answer;
  }
  async function fetchRows(payload) {
    const query = new URLSearchParams({
      model: payload.name,
      format: "json"
    });
    const response = await fetch(`/api/heads?${query}`);
    if (!response.ok) throw new Error(`the head table: HTTP ${response.status}`);
    return response.json();
  }

  // assets/selection/grid.js
  var GRID_SCRIPT = "/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";
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
  function changedRow(payload, head, row) {
    const label = (place) => Number.isFinite(place) ? categories()[place].label : "";
    const known = headsOf(payload);
    const verdict = {
      category: label(known.detailed[head]),
      runner_up: label(known.runnerUp[head]),
      borderline: known.borderline[head] ? "yes" : "no"
    };
    if (!payload.t) return verdict;
    const margin = known.margin[head];
    return {
      ...verdict,
      margin: Number.isFinite(margin) ? margin : null,
      margin_se: row.margin_se
    };
  }
  function gridRows(rows, members, payload, segment) {
    const view = viewOf(payload);
    const { score, error, order, told: told2 } = view.scores(payload);
    const mixed = view.mixedScores(payload, members);
    const value = mixed ? order : score;
    return members.map((head) => ({
      ...rows[head],
      ...changedRow(payload, head, rows[head]),
      id: headName(payload, head),
      main: Number.isFinite(value[head]) ? value[head] : null,
      main_se: Number.isFinite(error[head]) ? error[head] : null,
      ...mixed ? {
        main_text: told2(head)
      } : {},
      ...view.cells(payload, head, rows[head], segment)
    }));
  }
  var sharedColumn = (column, headerName) => ({
    ...column,
    headerName,
    headerTooltip: "sorted and filtered by its share of the threshold of its rule",
    tooltipField: "main_text",
    width: 312
  });
  async function segmentGrid(members, payload, segment) {
    const [rows] = await Promise.all([
      headRows(payload),
      loadGrid()
    ]);
    const grid = definitions.grid;
    const view = viewOf(payload);
    const mixed = view.mixedScores(payload, members);
    const columnDefs = view.columns(grid.props.columnDefs, segment).map((column) => mixed && column.field === "main" ? sharedColumn(column, mixed) : column);
    const rowData = gridRows(rows, members, payload, segment);
    return {
      ...grid,
      props: {
        ...grid.props,
        columnDefs,
        rowData
      }
    };
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

  // assets/selection/pattern.js
  var LEGIBLE = 11;
  var TOKEN_SHOWN = 11;
  var REPEATED = 4;
  function unpackTriangle(text, size) {
    const bytes = atob(text);
    let at = 0;
    return Array.from({
      length: size
    }, (_, query) => Array.from({
      length: size
    }, (_2, key) => key > query ? null : bytes.charCodeAt(at++) / 255));
  }
  var tokenText = (token) => token.replace(/\n/g, "\u23CE").replace(/^ /, "\u2423").replace(/\t/g, "\u21E5");
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
  function secondCopy(tokens) {
    const last2 = tokens.length - REPEATED;
    for (let start = 2; start <= last2; start += 1) {
      if (tokens.slice(start).every((token, at) => token === tokens[at + 1])) return start;
    }
    return 0;
  }
  function patternFigure(packed, probe, frame) {
    const { tokens, weights } = packed.probes[probe];
    const names = tokens.map((token) => escapeHtml(tokenText(token)));
    const places = [
      ...names.keys()
    ];
    const margin = {
      l: 98,
      r: 6,
      t: 6,
      b: 98
    };
    const room = Math.min(frame.clientWidth - 104, frame.clientHeight - 104) / names.length;
    const step = Math.max(1, Math.ceil(LEGIBLE / room));
    const shown3 = places.filter((place) => place % step === 0);
    const axis = {
      fixedrange: true,
      showgrid: false,
      zeroline: false,
      tickvals: shown3,
      ticks: "",
      ticktext: shown3.map((place) => tokenLabel(tokens[place])),
      tickfont: {
        size: 10
      }
    };
    const { template } = definitions.figures.detailed.map.layout;
    const told2 = (query, key) => `<b>${names[query]} \u2192 ${names[key]}</b><br>query ${query}, key ${key}`;
    return {
      data: [
        {
          type: "heatmap",
          x: places,
          y: places,
          z: unpackTriangle(weights, names.length),
          zmin: 0,
          zmax: 1,
          showscale: false,
          colorscale: inkScale(),
          text: places.map((query) => places.map((key) => key > query ? "" : told2(query, key))),
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
    const parse = (hex) => [
      1,
      3,
      5
    ].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const from = parse(colour("grid"));
    const to = parse(colour("accent"));
    const mix = (share) => from.map((one, at) => Math.round(one + (to[at] - one) * share)).join(",");
    return steps.map((share) => [
      share * share,
      `rgb(${mix(share)})`
    ]);
  }
  function patternNote(packed, probe) {
    if (packed.why) return packed.why;
    const { sentence, tokens } = packed.probes[probe];
    const lines = probe === "repeated" && secondCopy(tokens);
    return `${headLabel(packed.head)} on one prompt of ${sentence}: ${tokens.length} tokens. ` + (lines ? "The dotted lines show where the stretch begins again; an induction pattern is a diagonal stripe below and left of them. " : "") + "Point at a cell for its query, key and weight.";
  }
  function resizePattern() {
    const pattern = byId("pattern");
    const large = pattern.classList.toggle("large");
    const button = byId("pattern-size");
    button.textContent = large ? "Shrink" : "Enlarge";
    button.setAttribute("aria-expanded", String(large));
  }

  // assets/selection/segment.js
  var segmentTitle = (segment, bin, place, payload) => [
    swatch(segment),
    element("Span", {}, `${segment.label}, layers ${bin.label}`),
    element("Span", {
      className: "count"
    }, viewOf(payload).described(bin, place))
  ];
  var noHeads = (segment, bin, payload) => element("P", {
    className: "quiet"
  }, isUnknown(payload, segment, 0) ? "Not measured in this table." : `No head of this category in ${bin.label}.`);
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
  function stepped(selection3, step, payload) {
    const all2 = headCount(payload);
    const [layer, head] = parseHead(selection3.head);
    const row = (rowOf(payload, layer, head) + step + all2) % all2;
    return {
      ...selection3,
      head: headKey(payload, row)
    };
  }
  var toggled = (selection3, key, value) => ({
    ...selection3,
    [key]: selection3 && selection3[key] === value ? null : value
  });

  // assets/selection/callbacks.js
  var pointOf = (click) => click && click.points && click.points[0];
  function clickChart(click, selection3) {
    const point = pointOf(click);
    if (!point) return keep();
    return toggled(selection3, "segment", `${binOf(point).start}:${point.customdata[4]}`);
  }
  function clickMap(click, selection3) {
    const point = pointOf(click);
    return point ? toggled(selection3, "head", keyOf(point.x, point.y)) : keep();
  }
  function clickRow(cell, selection3) {
    return cell && cell.rowId ? {
      ...selection3,
      head: keyOfName(cell.rowId)
    } : keep();
  }
  function showSegment(payload, width, _taxonomy, selection3) {
    const nothing = [
      "",
      true,
      keep()
    ];
    if (!payload || !width || !selection3) return nothing;
    const { segments, bins } = binned(payload, width);
    const chosen = findSegment(selection3.segment, bins, segments);
    if (!chosen) return nothing;
    const bin = bins[chosen.bin];
    const segment = segments[chosen.place];
    const members = inOrder(payload, viewOf(payload).listed(bin, chosen.place));
    const title = segmentTitle(segment, bin, chosen.place, payload);
    byId("segment-slot").style.setProperty("--rows", String(members.length));
    if (!members.length) return [
      title,
      false,
      noHeads(segment, bin, payload)
    ];
    return segmentGrid(members, payload, segment).then((grid) => [
      title,
      false,
      grid
    ], (error) => [
      title,
      false,
      unfetched(error)
    ]);
  }
  function showPanel(selection3, segmentHidden) {
    const open2 = Boolean(selection3 && (selection3.head || !segmentHidden));
    placeChosenCell(selection3 && selection3.head);
    bringCard(selection3 ?? {}, segmentHidden);
    return [
      `panel${open2 ? " open" : ""}`,
      open2,
      !(selection3 && selection3.head)
    ];
  }
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
    return same(next, wanted) ? keep() : next;
  }
  function drawPattern(packed, probe) {
    if (!packed) return [
      keep(),
      keep()
    ];
    const known = Boolean(packed.probes[probe]);
    byId("pattern").classList.toggle("none", !known);
    const frame = byId("pattern-chart");
    if (known) drawIn("pattern-chart", patternFigure(packed, probe, frame));
    return [
      patternNote(packed, probe),
      headLabel(packed.head)
    ];
  }

  // assets/table/callbacks.js
  var callbacks_exports7 = {};
  __export(callbacks_exports7, {
    offer: () => offer,
    openFirst: () => openFirst,
    refresh: () => refresh,
    settle: () => settle2,
    wantExtras: () => wantExtras
  });
  function settle2(table, whatif, further, thresholds, taxonomy, show) {
    if (!table) return keep();
    const as = drawnAs(table, taxonomy, show);
    if (needsFurther(as) && !isAbout(further, table)) return keep();
    const t = thresholdText(thresholds, definitions.thresholds);
    if (t && !isAbout(whatif, table)) return keep();
    return {
      ...table,
      ...needsFurther(as) ? told(further) : {},
      ...t ? {
        stored: table.detailed,
        ...told(whatif)
      } : {
        t: ""
      },
      as
    };
  }
  function told(answer) {
    const { model: _model, stamp: _stamp, ...rest } = (
      /** @type {Question} */
      answer
    );
    return rest;
  }
  function wantExtras(table, taxonomy, show) {
    if (!table || !needsFurther(drawnAs(table, taxonomy, show))) return;
    ask("extras-wanted", {
      model: table.name,
      stamp: table.stamp
    });
  }
  function offer(table, taxonomy) {
    if (!table) return [
      keep(),
      keep()
    ];
    return [
      offeredTaxonomies(table),
      isOffered(table, taxonomy || USUAL) ? keep() : USUAL
    ];
  }
  function refresh(models, payload) {
    const now = payload && models.find((model) => model.name === payload.name);
    return now && now.stamp !== payload.stamp ? now.stamp : keep();
  }
  function openFirst(models, value) {
    return !value && models.length ? models[0].name : keep();
  }

  // assets/thresholds/callbacks.js
  var callbacks_exports8 = {};
  __export(callbacks_exports8, {
    drawThresholds: () => drawThresholds,
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
    ].sort(([, one], [, other]) => other.length - one.length).map(([key, heads]) => {
      const [from, to] = key.split(" ").map((place) => categories()[Number(place)]);
      const shown3 = heads.slice(0, Math.max(0, left));
      left -= shown3.length;
      const rest = heads.length - shown3.length;
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
      }, plural(heads.length, "head"))), element("Span", {
        className: "change-heads"
      }, ...shown3.map((head) => headButton(payload, head)), ...rest ? [
        element("Span", {
          className: "quiet"
        }, `and ${rest} more`)
      ] : []));
    });
  }
  function headButton(payload, head) {
    const props = {
      type: "button",
      className: "head-link",
      "data-head": headKey(payload, head)
    };
    return element("Button", props, headName(payload, head));
  }

  // assets/thresholds/callbacks.js
  var ASKED_MS = 90;
  function restoreThresholds(url) {
    if (!url) return keep();
    detailsById("what-if-panel").open = Object.keys(url.thresholds).length > 0;
    return url.thresholds;
  }
  function wantWhatIf(table, thresholds) {
    if (!table) return;
    const t = thresholdText(thresholds, definitions.thresholds);
    const next = {
      model: table.name,
      stamp: table.stamp,
      t
    };
    if (t) throttle("what-if", ASKED_MS, () => ask("what-if-wanted", next));
    else forget("what-if");
  }
  function wantSliders(table, opened, last2) {
    if (!table || !(opened || {}).whatif) return keep();
    const next = {
      scores: table.scores
    };
    return same(next, last2) ? keep() : next;
  }
  function readSliders(values, ids, thresholds) {
    const read = {
      ...thresholds
    };
    ids.forEach(({ name }, at) => read[name] = values[at]);
    const changed = Object.fromEntries(Object.entries(read).filter(([name, value]) => value !== definitions.thresholds[name]));
    const text = (some) => thresholdText(some, definitions.thresholds);
    const kept = text(changed) === text(thresholds) ? keep() : changed;
    return [
      kept,
      values.map(thresholdDigits)
    ];
  }
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
    return [
      payload.name,
      ...view.source(payload),
      bins,
      ...view.basis(payload)
    ];
  }

  // assets/chart/picture.js
  var PICTURE = {
    width: 1e3,
    height: 560,
    left: 70,
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
    const lines = wrapped(caption(payload, width).join(" \xB7 "), PICTURE.width - PICTURE.left - MARGINS.right);
    const names = legendNames(payload);
    const margin = {
      l: PICTURE.left,
      r: PICTURE.swatch + Math.max(...names.map(textWidth)),
      t: MARGINS.top + 14 + PICTURE.line * lines.length,
      b: MARGINS.bottom
    };
    const box = {
      width: PICTURE.width - margin.l - margin.r,
      height: PICTURE.height - margin.t - margin.b
    };
    const drawn2 = (
      /** @type {ChartState} */
      drawnChart()
    );
    const selection3 = {
      ...drawn2.selection,
      segment: null
    };
    const { data, layout } = chartFigure({
      ...drawn2,
      selection: selection3,
      box
    });
    return {
      data: data.map((trace, place) => ({
        ...trace,
        showlegend: true,
        name: names[place]
      })),
      layout: {
        ...framed(layout, lines),
        width: PICTURE.width,
        height: PICTURE.height,
        margin
      }
    };
  }
  var framed = (layout, lines) => ({
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
    return segmentation(payload).segments.map(({ label }, place) => `${label}  ${chipCount(payload, whole, place)}`);
  }
  function saveChart(format, payload, width) {
    const { width: wide, height } = PICTURE;
    const made = payload.t ? `-t-${payload.t.replace(/:/g, "-").replace(/,/g, "_")}` : "";
    window.Plotly.downloadImage(pictureFigure(payload, width), {
      format,
      filename: `${payload.name}-chart-${width}-${payload.as}${made}`,
      width: wide,
      height,
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
      title: layout.title ? layout.title.text : "",
      x: layout.xaxis.title ? layout.xaxis.title.text : "",
      y: layout.yaxis.title ? layout.yaxis.title.text : "",
      data: data.map((trace) => ({
        name: trace.meta,
        heights: trace.y,
        texts: trace.text,
        bins: customColumn(trace, 0),
        percents: customColumn(trace, 2)
      }))
    };
  }
  var customColumn = (trace, place) => trace.customdata.map((bin) => bin[place]);
  function segmentCentre(start, name) {
    const graph = byId("head-chart");
    const { data, layout } = plotted(graph);
    const frame = graph.getBoundingClientRect();
    const box = plotBox(graph);
    const bin = customColumn(data[0], 0).findIndex((label) => label.startsWith(`[${start},`));
    const place = data.findIndex((trace) => trace.meta === name);
    const below = data.slice(0, place).reduce((sum, trace) => sum + trace.y[bin], 0);
    const [, top] = layout.yaxis.range;
    const [low, high] = layout.xaxis.range;
    return [
      frame.left + MARGINS.left + (data[0].x[bin] - low) / (high - low) * box.width,
      frame.top + MARGINS.top + box.height * (1 - (below + data[place].y[bin] / 2) / top)
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
  function tell(target) {
    const chip = chipOf(target)?.dataset.chip;
    if (chip) line().textContent = sentenceOf(chip, getData("payload"));
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
    if (focused && focused !== target) tell(focused);
    else if (!target.matches(":hover, :focus-visible")) line().textContent = "";
  }
  function watchChips() {
    document.addEventListener("click", (event) => {
      const chip = closest(event, "[data-chip]")?.dataset.chip;
      if (chip) setData("isolated", getData("isolated") === chip ? null : chip);
    });
    const watch = (name, act) => document.addEventListener(name, ({ target }) => act(target instanceof Element ? target : null));
    [
      "pointerover",
      "focusin"
    ].forEach((name) => watch(name, tell));
    [
      "pointerout",
      "focusout"
    ].forEach((name) => watch(name, untell));
  }

  // assets/chart/drag.js
  var LATER_MS = 40;
  function followDrag(drawOthers) {
    let later;
    const follow = function(width) {
      redraw({
        width
      });
      byId("bin-width-text").textContent = plural(width, "layer");
      clearTimeout(later);
      later = setTimeout(() => drawOthers(width), LATER_MS);
    };
    new MutationObserver((changes) => {
      const thumb = changes.map(({ target }) => (
        /** @type {HTMLElement} */
        target
      )).find((target) => target.closest("#bin-width"));
      const drawn2 = drawnChart();
      if (!drawn2 || !thumb || !("dragging" in thumb.dataset)) return;
      const width = Number(thumb.getAttribute("aria-valuenow"));
      if (width !== drawn2.width) follow(width);
    }).observe(document.documentElement, {
      subtree: true,
      attributeFilter: [
        "aria-valuenow"
      ]
    });
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
    const table = getProps("table").data;
    if (getProps("model-select").value !== (table && table.name)) {
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
    const cell = (bin, place) => {
      if (isUnknown(payload, segments[place], bin.counts[place])) return "\u2013";
      return amountText(payload, bin, place, (count, share) => `${count} (${share})`);
    };
    const shown3 = listedSegments(payload);
    const unknown = ({ segment, place }) => bins.some((bin) => isUnknown(payload, segment, bin.counts[place]));
    return [
      `| ${payload.title} | ${bins.map((bin) => bin.label).join(" | ")} |`,
      `|---|${bins.map(() => "---:").join("|")}|`,
      ...shown3.map(({ segment, place }) => `| ${segment.label} | ${bins.map((bin) => cell(bin, place)).join(" | ")} |`),
      ...shown3.some(unknown) ? [
        "",
        `\u2013: ${NOT_MEASURED}.`
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
    const query = new URLSearchParams({
      model: payload.name,
      format: "parquet",
      ...given
    });
    return `pd.read_parquet("${new URL(link).origin}/api/heads?${query}")`;
  }
  function embed(payload, link) {
    const { origin, search } = new URL(link);
    const attribute = (text) => escapeHtml(text).replace(/"/g, "&quot;");
    return `<iframe src="${attribute(`${origin}/embed${search}`)}" title="${attribute(payload.title)}: attention heads by layer" width="100%" height="560" style="border:0"></iframe>`;
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
  async function copyText(button, text) {
    const said = await intoClipboard(text) ? "Copied" : "Not copied";
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    button.textContent = said;
    byId("said").textContent = said;
    button.classList.add("done");
    setTimeout(() => {
      button.textContent = label;
      byId("said").textContent = "";
      button.classList.remove("done");
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
  var KEY = "headstrata-guide";
  function remember(seen) {
    document.documentElement.dataset.guide = seen ? "seen" : "new";
    try {
      if (seen) localStorage.setItem(KEY, "seen");
      else localStorage.removeItem(KEY);
    } catch {
    }
  }
  function markSeen() {
    try {
      if (localStorage.getItem(KEY)) document.documentElement.dataset.guide = "seen";
    } catch {
    }
  }
  function showGuide() {
    markSeen();
    document.addEventListener("click", (event) => {
      const target = closest(event, "[data-action$='-guide']");
      if (!target) return;
      const hide = target.dataset.action === "hide-guide";
      remember(hide);
      if (!hide) bringGuide();
      const others = [
        ...all(hide ? ".show-guide" : ".guide .button")
      ];
      others.find((one) => one.offsetParent)?.focus({
        preventScroll: true
      });
    });
  }
  var all = (selector) => (
    /** @type {NodeListOf<HTMLElement>} */
    document.querySelectorAll(selector)
  );
  function bringGuide() {
    setData("selection", {});
    byId("selection-empty").hidden = false;
    byId("selection-panel").scrollIntoView({
      block: "start"
    });
  }

  // assets/page/menus.js
  var open = () => [
    .../** @type {NodeListOf<HTMLDetailsElement>} */
    document.querySelectorAll(".menu[open]")
  ];
  function closeMenus() {
    document.addEventListener("click", (event) => {
      const within = closest(event, ".menu");
      const chosen = closest(event, ".menu-list");
      open().forEach((menu) => {
        if (menu !== within || chosen) menu.open = false;
      });
    });
    document.addEventListener("keydown", (event) => {
      const [menu] = open();
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
  function redrawAll() {
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
    const { data, layout } = mapFigure({
      payload,
      selection: {
        only: getData("isolated")
      }
    });
    window.Plotly.react(plotted(byId("head-map")), data, layout);
  }
  function redrawPattern() {
    const packed = getData("pattern-data");
    const probe = getProps("pattern-probe").value;
    const frame = byId("pattern-frame");
    if (!packed || !packed.probes[probe] || !frame.clientWidth) return;
    drawIn("pattern-chart", patternFigure(packed, probe, frame));
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
      if (!drawnChart()) return;
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

  // assets/reference/opening.js
  function watchReference() {
    document.addEventListener("toggle", (event) => {
      const details = toggledDetails(event);
      if (details?.dataset.panel === "reference" && details.open) ask("reference-wanted", true);
    }, true);
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
    "let-go": () => choose({}),
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
  function watchChoices() {
    document.addEventListener("click", (event) => {
      const target = closest(event, "[data-segment], [data-head], [data-step], [data-action]");
      if (!target) return;
      const { segment, head, step, action } = target.dataset;
      if (segment) choose(toggled(selection(), "segment", segment));
      if (head) choose({
        ...selection(),
        head
      });
      if (step) choose(stepped(selection(), Number(step), getData("payload")));
      if (action) ACTIONS[action]?.();
    });
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
    let last2 = null;
    let opener = null;
    const lost2 = () => document.activeElement === document.body && last2 && !visible(last2);
    const watch = new MutationObserver(() => {
      if (!last2 || !lost2()) return;
      const wanted = [
        again(last2),
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
      last2 = target;
      if (!target.closest("#selection-panel")) opener = target;
      const place = target.closest(CHANGING);
      watch.disconnect();
      if (!place) return;
      watch.observe(place, {
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
    const shown3 = new MutationObserver(() => {
      if (!visible(card())) return;
      shown3.disconnect();
      card().focus();
    });
    shown3.observe(card(), {
      attributes: true,
      childList: true,
      subtree: true
    });
    [
      "keydown",
      "pointerdown"
    ].forEach((event) => document.addEventListener(event, () => shown3.disconnect(), {
      once: true,
      capture: true
    }));
  }

  // assets/selection/keys.js
  var STEPS = {
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
      letGo2
    ].forEach((act) => document.addEventListener("keydown", act));
  }
  function walkOverMap(event) {
    const step = STEPS[event.key];
    const { target } = event;
    if (!(target instanceof Element) || target.id !== "map-frame" || !plain(event)) return;
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    if (!step) return byId("head-card").focus();
    const payload = getData("payload");
    const chosen = selection2().head;
    const [layer, row] = chosen ? parseHead(chosen) : [
      -step[0],
      -step[1]
    ];
    const within = (value, size) => Math.min(Math.max(value, 0), size - 1);
    const [nextLayer, nextRow] = [
      within(layer + step[0], payload.layers),
      within(row + step[1], payload.heads)
    ];
    choose2({
      ...selection2(),
      head: keyOf(nextLayer, nextRow)
    });
  }
  function chooseRow(event) {
    const row = event.key === "Enter" && closest(event, "#segment-table .ag-row");
    if (!row) return;
    choose2({
      ...selection2(),
      head: keyOfName(row.getAttribute("row-id") ?? "")
    });
    focusCard();
  }
  function stepThroughHeads(event) {
    const [step] = STEPS[event.key] || [];
    const { target } = event;
    const own = target === document.body || closest(event, "#head-card");
    if (!step || !selection2().head || !own || closest(event, "input") || !plain(event)) return;
    if (!byId("head-card").getClientRects().length) return;
    event.preventDefault();
    choose2(stepped(selection2(), step, getData("payload")));
  }
  function letGo2(event) {
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
    setData("isolated", null);
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
    ...callbacks_exports4,
    ...callbacks_exports7,
    ...callbacks_exports,
    ...callbacks_exports6,
    ...callbacks_exports8,
    ...callbacks_exports2,
    ...callbacks_exports3,
    ...callbacks_exports5
  });
  window.dashAgGridFunctions = { ...window.dashAgGridFunctions, ...gridFunctions };
  window.headstrata = { ...hooks_exports };
  watchServer();
  followDrag(drawCompared);
  keepFocus();
  showGuide();
  watchKeys();
  closeMenus();
  watchChips();
  watchChoices();
  watchButtons();
  watchWindow();
  followSystemTheme();
  pausePolling();
  watchThresholds();
  watchReference();
  watchOpened();
  watchDrag();
  drawForPaper();
  watchCopying();
  followHistory();
  markEmbedded();
})();

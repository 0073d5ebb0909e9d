"use strict";
// What-if thresholds in the browser: reading and writing them, the slider panel, who changed.
// The rules themselves run on the server (classify/rules.py), the same code as the worker's.
window.headstrata = window.headstrata || {};

headstrata.SETTLE_MS = 90; // a threshold's drag asks the server at most this often

// "induction:0.3,broad:0.7": what differs from the defaults, in the taxonomy's order.
headstrata.thresholdText = (thresholds, defaults) =>
  Object.keys(defaults)
    .filter((name) => name in (thresholds || {}) && thresholds[name] !== defaults[name])
    .map((name) => `${name}:${thresholds[name]}`)
    .join(",");

// "0.40", and "0.333" of a link.
headstrata.thresholdDigits = (value) => value.toFixed(3).replace(/0$/, "");

// Reads the address; each part that makes no sense is left out and noted.
headstrata.readThresholds = function (text, defaults, notes) {
  const found = {};
  for (const part of (text || "").split(",").filter((one) => one.trim())) {
    const [, name, number] = /^\s*([a-z_]+)\s*:\s*(\d*\.?\d+)\s*$/.exec(part) || [];
    const value = Math.round(Number(number) * 1000) / 1000;
    if (!(name in defaults)) {
      notes.push(
        `t=${headstrata.quoted(part)} is not CATEGORY:VALUE with one of ` +
          `${Object.keys(defaults).join(", ")}.`
      );
    } else if (!(value > 0 && value <= 1)) {
      notes.push(`t=${headstrata.quoted(part)}: a threshold is above 0 and at most 1.`);
    } else if (value !== defaults[name]) {
      found[name] = value;
    }
  }
  return found;
};

// For people: "Induction pattern 0.3 (default 0.4)".
headstrata.describeThresholds = (thresholds, definitions) =>
  Object.keys(definitions.thresholds)
    .filter((name) => name in thresholds)
    .map((name) => {
      const { label } = headstrata.category(definitions, name);
      return `${label} ${thresholds[name]} (default ${definitions.thresholds[name]})`;
    })
    .join(", ");

headstrata.category = (definitions, name) =>
  definitions.taxonomies.detailed.segments.find((segment) => segment.name === name);

const storedCategories = new WeakMap();

// The heads whose category is another than the stored one: [{head, from, to}], places in the
// detailed taxonomy.
headstrata.changedHeads = function (payload) {
  if (!payload.stored) return [];
  if (!storedCategories.has(payload)) {
    const before = headstrata.unpack(payload.stored, 1);
    const { detailed } = headstrata.heads(payload);
    const moved = [...before.keys()].filter((head) => before[head] !== detailed[head]);
    storedCategories.set(
      payload,
      moved.map((head) => ({ head, from: before[head], to: detailed[head] }))
    );
  }
  return storedCategories.get(payload);
};

headstrata.changedText = function (payload) {
  const count = headstrata.changedHeads(payload).length;
  const all = payload.layers * payload.heads;
  if (!count) return `None of the ${all.toLocaleString("en-US")} heads changes its category.`;
  const share = ((100 * count) / all).toFixed(1);
  const verb = count === 1 ? "changes its" : "change their";
  return `${count.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} heads (${share}%) ${verb} category.`;
};

headstrata.CHANGES_SHOWN = 400;

// The list of changed heads: one line for each way they went, its heads as buttons.
headstrata.changeList = function (payload, definitions) {
  const { element } = headstrata;
  const { segments } = definitions.taxonomies.detailed;
  const ways = new Map();
  headstrata.changedHeads(payload).forEach(({ head, from, to }) => {
    const key = `${from} ${to}`;
    ways.set(key, [...(ways.get(key) || []), head]);
  });
  let left = headstrata.CHANGES_SHOWN;
  return [...ways]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([key, heads]) => {
      const [from, to] = key.split(" ").map((place) => segments[place]);
      const shown = heads.slice(0, Math.max(0, left));
      left -= shown.length;
      const rest = heads.length - shown.length;
      return element("Li", { className: "change" },
        element("Span", { className: "change-way" },
          headstrata.swatch(from), from.label,
          element("Span", { className: "arrow", "aria-hidden": "true" }, "→"),
          element("Span", { className: "visually-hidden" }, " becomes "),
          headstrata.swatch(to), to.label,
          element("Span", { className: "count" }, headstrata.plural(heads.length, "head"))),
        element("Span", { className: "change-heads" },
          ...shown.map((head) => headstrata.headButton(payload, head)),
          ...(rest ? [element("Span", { className: "quiet" }, `and ${rest} more`)] : [])));
    });
};

headstrata.headButton = function (payload, head) {
  const place = `${Math.floor(head / payload.heads)}.${head % payload.heads}`;
  const props = { type: "button", className: "head-link", "data-head": place };
  return headstrata.element("Button", props, headstrata.headName(payload, head));
};

// Heads in each category now, and how many more or fewer than stored.
headstrata.thresholdCounts = function (payload, definitions) {
  const { segments } = definitions.taxonomies.detailed;
  const counts = segments.map(() => ({ now: 0, before: 0 }));
  headstrata.heads(payload).detailed.forEach((place) => (counts[place].now += 1));
  const before = payload.stored ? headstrata.unpack(payload.stored, 1) : headstrata.heads(payload).detailed;
  before.forEach((place) => (counts[place].before += 1));
  return Object.fromEntries(segments.map((segment, place) => [segment.name, counts[place]]));
};

headstrata.countText = function ({ now, before }) {
  const step = now - before;
  const said = headstrata.plural(now, "head");
  return step ? `${said} (${step > 0 ? "+" : "−"}${Math.abs(step)})` : said;
};

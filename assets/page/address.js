"use strict";
// The page's state in the address (contract: model, bins, taxonomy, show, segment, head, theme;
// and t, what-if thresholds, compare, a second table).
window.headstrata = window.headstrata || {};

headstrata.SHOWS = ["count", "percent", "budget"];
headstrata.THEMES = ["light", "dark"];

// A value as a note may repeat it: cut short; React escapes it.
headstrata.quoted = (value) => `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;

// Reads the address against what there is. Nonsense falls back, and is noted.
// Returns {model, bins, taxonomy, show, segment, head, theme, notes}; null where not given.
headstrata.readUrl = function (search, models, fallback, definitions) {
  const query = new URLSearchParams(search);
  const { quoted } = headstrata;
  const notes = [];
  const choice = (key, allowed, otherwise) => {
    const value = query.get(key);
    if (value === null) return otherwise;
    if (allowed.includes(value)) return value;
    notes.push(`${key}=${quoted(value)} is not one of ${allowed.join(", ")}.`);
    return otherwise;
  };
  const model = headstrata.findModel(query.get("model"), models, fallback, notes);
  return {
    model: model ? model.name : null,
    bins: headstrata.readBins(query.get("bins"), model, notes),
    taxonomy: choice("taxonomy", headstrata.taxonomyNames(definitions), "detailed"),
    show: choice("show", headstrata.SHOWS, "count"),
    theme: choice("theme", headstrata.THEMES, null),
    segment: headstrata.readSegment(query.get("segment"), definitions, notes),
    head: headstrata.readHead(query.get("head"), model, notes),
    thresholds: headstrata.readThresholds(query.get("t"), definitions.thresholds, notes),
    compare: headstrata.readCompare(query.get("compare"), models, model, notes),
    notes,
  };
};

headstrata.findModel = function (name, models, fallback, notes) {
  const find = (wanted) => models.find((model) => model.name === wanted);
  const otherwise = find(fallback) || models[0] || null;
  if (name === null) return otherwise;
  const found = find(name) || find(`${name}-published`);
  if (found) return found;
  const shown = otherwise ? `${otherwise.title} is shown` : "there are none yet";
  notes.push(`There is no table named ${headstrata.quoted(name)} here; ${shown}.`);
  return otherwise;
};

headstrata.readBins = function (text, model, notes) {
  if (text === null || !model) return null;
  const width = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (width >= 1 && width <= model.layers) return width;
  notes.push(
    `bins=${headstrata.quoted(text)} is not a whole number from 1 to ${model.layers} layers.`
  );
  return null;
};

headstrata.readSegment = function (text, definitions, notes) {
  if (text === null) return null;
  const [, start, name] = /^(\d{1,6}):([a-z_]+)$/.exec(text) || [];
  const known = Object.values(definitions.taxonomies).some((taxonomy) =>
    taxonomy.segments.some((segment) => segment.name === name)
  );
  if (start !== undefined && known) return `${Number(start)}:${name}`;
  notes.push(`segment=${headstrata.quoted(text)} is not START:CATEGORY, such as 12:induction.`);
  return null;
};

headstrata.readHead = function (text, model, notes) {
  if (text === null || !model) return null;
  const [, layer, head] = /^(\d{1,6})\.(\d{1,6})$/.exec(text) || [];
  if (Number(layer) < model.layers && Number(head) < model.heads) {
    return `${Number(layer)}.${Number(head)}`;
  }
  notes.push(
    `head=${headstrata.quoted(text)} is not LAYER.HEAD with a layer below ${model.layers} ` +
      `and a head below ${model.heads}.`
  );
  return null;
};

// The address of a state; a value that is the page's default anyway is left out only for theme.
headstrata.address = function (state) {
  const query = new URLSearchParams();
  for (const key of ["model", "bins", "taxonomy", "show", "segment", "head", "theme", "t", "compare"]) {
    if (state[key] !== null && state[key] !== undefined) query.set(key, state[key]);
  }
  // ":" is allowed in a query, and a link is read by people.
  return `${window.location.pathname}?${query.toString().replace(/%3A/g, ":").replace(/%2C/g, ",")}`;
};

// Browsers refuse more than about 100 replacements in 30 s, and fetch the page's icon anew after
// one: a drag is written when it is over. Another table is a step that Back undoes.
headstrata.writeAddress = function (state) {
  if (headstrata.returning && headstrata.returning !== state.model) return; // its table is to come
  headstrata.returning = null;
  headstrata.state = state;
  headstrata.whenResting("address", () => {
    const { history, location } = window;
    const before = new URLSearchParams(location.search).get("model");
    const step = history.state === headstrata.OURS && before !== state.model;
    history[step ? "pushState" : "replaceState"](headstrata.OURS, "", headstrata.address(state));
    document.getElementById("whole-page").href = `/${location.search}`;
  });
};

// Marks the history's entries that hold a state: one of a "#…" link does not.
headstrata.OURS = "headstrata";

// The link to what is shown now: the address follows a moment later.
headstrata.link = () => window.location.origin + headstrata.address(headstrata.state);

(function () {
  const H = window.headstrata;
  const current = (id) => window.dash_component_api.getLayout(id).props.data;
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  // Back and forward: the page is what the address says.
  window.addEventListener("popstate", ({ state }) => {
    if (!H.state) return; // nothing is shown yet
    if (state !== H.OURS) return H.writeAddress(H.state); // a place in the page, and none of ours
    H.forget("address");
    set("boot", { data: current("boot") });
    const payload = current("payload");
    const url = H.readUrl(window.location.search, current("models"), null, current("definitions"));
    H.returning = url.model;
    if (url.model === payload.name) set("bin-width", { value: url.bins || H.defaultWidth(payload.layers) });
  });
})();

// One note is a sentence, several are a list.
headstrata.notes = (notes) =>
  notes.length < 2
    ? notes.join("")
    : headstrata.element("Ul", {}, ...notes.map((note) => headstrata.element("Li", {}, note)));

headstrata.parseSegment = function (segment) {
  const [start, name] = (segment || "").split(":");
  return segment ? { start: Number(start), name } : null;
};

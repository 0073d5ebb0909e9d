"use strict";
// What the callbacks need from the page, and events that Dash has no property for.
window.headstrata = window.headstrata || {};

headstrata.MARGINS = { left: 58, right: 12, top: 44, bottom: 48 }; // figures.py, template.py

headstrata.plotBox = function (graph) {
  const { left, right, top, bottom } = headstrata.MARGINS;
  return {
    width: Math.max(80, graph.clientWidth - left - right),
    height: Math.max(80, graph.clientHeight - top - bottom),
  };
};

// The window's size and theme: whatever makes the figures be drawn again.
headstrata.measure = () => ({
  width: window.innerWidth,
  height: window.innerHeight,
  theme: document.documentElement.dataset.theme || null,
});

headstrata.marks = (layers) =>
  [...new Set([1, headstrata.defaultWidth(layers), layers])].map((value) => ({
    value,
    label: String(value),
  }));

headstrata.inOrder = function (payload, members, definitions) {
  const scored = headstrata.byScore(payload, members, definitions);
  return scored.concat(members.filter((head) => !scored.includes(head)));
};

// The head before or after the chosen one, through all layers and round.
headstrata.stepped = function (selection, step, payload) {
  const [layer, head] = selection.head.split(".").map(Number);
  const all = payload.layers * payload.heads;
  const next = (layer * payload.heads + head + step + all) % all;
  return { ...selection, head: `${Math.floor(next / payload.heads)}.${next % payload.heads}` };
};

// The head of a row of the segment's table.
headstrata.withRow = (selection, row) => ({
  ...selection,
  head: row.slice(1).replace(".H", "."),
});

// The chosen head may be the last table's, until what is chosen has been let go.
headstrata.hasHead = function (payload, head) {
  const [layer, place] = (head || "").split(".").map(Number);
  return layer < payload.layers && place < payload.heads;
};

// The same choice again lets go.
headstrata.toggled = (selection, key, value) => ({
  ...selection,
  [key]: selection && selection[key] === value ? null : value,
});

headstrata.parseBin = function (point) {
  const [, start, stop] = /\[(\d+), (\d+)\)/.exec(point.customdata[0]);
  return { start: Number(start), stop: Number(stop) };
};

// The element that plotly draws in, with the layout it has drawn.
headstrata.plotted = (graph) => graph.querySelector(".js-plotly-plot");

headstrata.downloads = function (payload, width) {
  const item = (label, href) => headstrata.element("A", { href, download: "" }, label);
  const given = payload.t ? { t: payload.t } : {};
  const query = (rest) => new URLSearchParams({ model: payload.name, ...rest, ...given });
  const written = payload.as === "operations" ? { taxonomy: payload.as } : {};
  const heads = (format) => `/api/heads?${query({ format, ...written })}`;
  const bins = (format) => `/api/bins?${query({ width, taxonomy: payload.as, format })}`;
  return [
    heads("csv"),
    bins("csv"),
    [item("CSV", heads("csv")), item("Parquet, with provenance", heads("parquet")), item("JSON", heads("json"))],
    [item("CSV", bins("csv")), item("Parquet, with provenance", bins("parquet")), item("JSON", bins("json"))],
  ];
};

// Bin boundaries and lit columns of the map are plain elements over it: nothing is redrawn.
headstrata.placeBinLines = function (payload, width) {
  const inner = document.getElementById("map-inner");
  inner.style.setProperty("--bin-share", `${(100 * width) / payload.layers}%`);
  inner.style.setProperty("--layers", payload.layers);
  inner.style.setProperty("--per-layer", payload.heads);
};

headstrata.light = function (name, box) {
  const light = document.getElementById(name);
  light.classList.toggle("on", Boolean(box));
  if (box) Object.assign(light.style, box);
};

headstrata.placeChosenCell = function (head) {
  const cell = document.getElementById("map-chosen");
  const [layer, row] = (head || "").split(".");
  cell.classList.toggle("on", Boolean(head));
  cell.style.setProperty("--layer", layer || 0);
  cell.style.setProperty("--row", row || 0);
};

(function () {
  const H = window.headstrata;
  const current = (id) => window.dash_component_api.getLayout(id).props.data;
  const set = (id, data) => window.dash_clientside.set_props(id, { data });

  // Chips, cells of the table twin, "close".
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-chip], [data-segment], [data-head], [data-step], [data-model], [data-action]");
    if (!target) return;
    const { chip, segment, head, step, model, action } = target.dataset;
    if (chip) set("isolated", current("isolated") === chip ? null : chip);
    if (segment) set("selection", H.toggled(current("selection"), "segment", segment));
    if (head) set("selection", { ...current("selection"), head });
    if (step) set("selection", H.stepped(current("selection"), Number(step), current("payload")));
    if (model) {
      window.dash_clientside.set_props("model-select", { value: model });
      window.dash_clientside.set_props("status", { children: "" });
    }
    if (action === "pattern-size") {
      H.resizePattern();
      set("viewport", { ...H.measure(), large: performance.now() });
    }
    if (action === "show-in-map") H.showInMap();
    if (action === "let-go") set("selection", {});
    if (action === "fetch-again") set("selection", { ...current("selection") });
    if (action === "close-status") window.dash_clientside.set_props("status", { children: "" });
  });

  // A chip's sentence, while it is pointed at or focused.
  const tell = (event) => {
    const chip = event.target.closest && event.target.closest("[data-chip]");
    const line = document.getElementById("chip-sentence");
    if (!chip || !line) return;
    const name = chip.dataset.chip;
    const definitions = current("definitions");
    const known = Object.values(definitions.taxonomies).flatMap((one) => one.segments);
    const { sentence } = known.find((segment) => segment.name === name);
    const payload = current("payload");
    const measured = H.isMeasured(name, payload.as, payload.scores, definitions);
    line.textContent =
      sentence + (measured ? H.strongestOperations(payload, definitions, name) : " Not measured in this table.");
  };
  document.addEventListener("pointerover", tell);
  document.addEventListener("focusin", tell);

  // Then that of the focused chip, or none.
  const untell = (event) => {
    if (!event.target.closest || !event.target.closest("[data-chip]")) return;
    const focused = document.querySelector("[data-chip]:focus-visible");
    if (focused && focused !== event.target) tell({ target: focused });
    else if (!event.target.matches(":hover, :focus-visible")) document.getElementById("chip-sentence").textContent = "";
  };
  document.addEventListener("pointerout", untell);
  document.addEventListener("focusout", untell);

  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.id === "chart-twin") set("twin", event.target.open);
    },
    true
  );

  let resting = null;
  window.addEventListener("resize", () => {
    clearTimeout(resting);
    resting = setTimeout(() => set("viewport", H.measure()), 120);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    H.applyTheme(current("theme"));
    set("viewport", H.measure());
  });

  // No questions to the server while nobody looks, or while the slider is dragged.
  const poll = (disabled) => window.dash_clientside.set_props("poll", { disabled });
  document.addEventListener("visibilitychange", () => poll(document.hidden));
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#bin-width")) poll(true);
  });
  ["pointerup", "pointercancel"].forEach((end) =>
    document.addEventListener(end, () => poll(document.hidden))
  );
})();

headstrata.isDrawn = function () {
  const graph = headstrata.plotted(document);
  return Boolean(graph && graph.data && graph.data.length);
};

// What is drawn, for scripts and tests: title, bins, and by category heights and texts.
headstrata.chart = function () {
  const { data, layout } = headstrata.plotted(document.getElementById("head-chart"));
  return {
    title: layout.title ? layout.title.text : "",
    x: layout.xaxis.title ? layout.xaxis.title.text : "",
    y: layout.yaxis.title ? layout.yaxis.title.text : "",
    data: data.map((trace) => ({
      name: trace.meta,
      heights: trace.y,
      texts: trace.text,
      bins: trace.customdata.map((bin) => bin[0]),
      percents: trace.customdata.map((bin) => bin[2]),
    })),
  };
};

// The middle of a segment or a cell, in px of the window.
headstrata.segmentCentre = function (start, name) {
  const graph = document.getElementById("head-chart");
  const { data, layout } = headstrata.plotted(graph);
  const frame = graph.getBoundingClientRect();
  const box = headstrata.plotBox(graph);
  const bin = data[0].customdata.findIndex((one) => one[0].startsWith(`[${start},`));
  const place = data.findIndex((trace) => trace.meta === name);
  const below = data.slice(0, place).reduce((sum, trace) => sum + trace.y[bin], 0);
  const [, top] = layout.yaxis.range;
  const [low, high] = layout.xaxis.range;
  return [
    frame.left + headstrata.MARGINS.left + ((data[0].x[bin] - low) / (high - low)) * box.width,
    frame.top + headstrata.MARGINS.top + box.height * (1 - (below + data[place].y[bin] / 2) / top),
  ];
};

headstrata.cellCentre = function (layer, head) {
  const frame = document.querySelector(".map-overlay").getBoundingClientRect();
  const cells = headstrata.plotted(document.getElementById("head-map")).data[0];
  return [
    frame.left + (frame.width * (layer + 0.5)) / cells.x.length,
    frame.top + (frame.height * (head + 0.5)) / cells.y.length,
  ];
};

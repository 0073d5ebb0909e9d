"use strict";
// What leaves the page: links, tables, citations, code, pictures.
window.headstrata = window.headstrata || {};

// What a picture or a table was made from, in one line.
headstrata.caption = function (payload, width, definitions) {
  const parts = [payload.name, payload.note, `${headstrata.plural(width, "layer")} a bin`];
  if (payload.t) parts.push(`what-if thresholds ${payload.t}`);
  else if (payload.as === "detailed" || payload.as === "grouped") parts.push("default thresholds");
  return parts.join(" · ");
};

// The binned table as Markdown: a row a category, a column a bin, heads and share.
headstrata.markdown = function (payload, width, definitions) {
  const { segments, index, bins } = headstrata.binned(payload, width, definitions);
  const cell = (bin, place) => {
    const share = headstrata.percentText(bin.tenths[place]);
    return payload.as === "budget" ? share : `${bin.counts[place]} (${share})`;
  };
  const shown = segments
    .map((segment, place) => ({ segment, place }))
    .filter(({ segment, place }) => segment.name !== "not_measured" || index.includes(place));
  return [
    `| ${payload.title} | ${bins.map((bin) => bin.label).join(" | ")} |`,
    `|---|${bins.map(() => "---:").join("|")}|`,
    ...shown.map(
      ({ segment, place }) =>
        `| ${segment.label} | ${bins.map((bin) => cell(bin, place)).join(" | ")} |`
    ),
    "",
    `${headstrata.caption(payload, width, definitions)} · ${window.location.href}`,
  ].join("\n");
};

headstrata.python = function (payload) {
  const given = payload.t ? { t: payload.t } : {};
  const query = new URLSearchParams({ model: payload.name, format: "parquet", ...given });
  return `pd.read_parquet("${window.location.origin}/api/heads?${query}")`;
};

headstrata.embed = function (payload) {
  const address = `${window.location.origin}/embed${window.location.search}`;
  const attribute = (text) => headstrata.plain(text).replace(/"/g, "&quot;");
  return (
    `<iframe src="${attribute(address)}" title="${attribute(payload.title)}: attention heads by ` +
    `layer" width="100%" height="560" style="border:0"></iframe>`
  );
};

headstrata.saveChart = function (format, payload, width, definitions) {
  const graph = headstrata.plotted(document.getElementById("head-chart"));
  const { title, margin } = graph.layout;
  const said = headstrata.plain(headstrata.caption(payload, width, definitions));
  const subtitle = { text: said, font: { size: 12, color: headstrata.colour("ink-2") } };
  const layout = {
    ...graph.layout,
    title: { ...title, subtitle },
    margin: { ...margin, t: margin.t + 24 },
  };
  window.Plotly.downloadImage(
    { data: graph.data, layout },
    {
      format,
      filename: `${payload.name}-heads`,
      width: Math.max(graph.clientWidth, 640),
      height: graph.clientHeight + 24,
      scale: format === "png" ? 2 : 1,
    }
  );
};

// Copies a text and says so on the button; without a clipboard (plain http) by selection.
headstrata.copy = async function (button, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  button.textContent = "Copied";
  button.classList.add("done");
  setTimeout(() => {
    button.textContent = label;
    button.classList.remove("done");
  }, 1600);
};

(function () {
  const H = window.headstrata;
  const current = (id) => window.dash_component_api.getLayout(id).props;
  const text = {
    link: () => window.location.href,
    markdown: (...now) => H.markdown(...now),
    bibtex: () => document.getElementById("citation").textContent,
    python: (payload) => H.python(payload),
    embed: (payload) => H.embed(payload),
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-copy], [data-save]");
    if (!target) return;
    const { copy, save } = target.dataset;
    const payload = current("payload").data;
    if (!payload) return;
    const now = [payload, current("bin-width").value, current("definitions").data];
    if (save) H.saveChart(save, ...now);
    // A choice in a menu is gone when it is made: the menu's button says it.
    const menu = target.closest(".menu");
    if (copy) H.copy(menu ? menu.querySelector("summary") : target, text[copy](...now));
  });
})();

// The chart alone, for a frame in another page (/embed).
if (window.location.pathname.endsWith("/embed")) document.documentElement.dataset.view = "embed";

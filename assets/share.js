"use strict";
// What leaves the page as text: links, tables, citations, code.
window.headstrata = window.headstrata || {};

// The binned table as Markdown: a row a category, a column a bin, heads and share.
headstrata.markdown = function (payload, width, definitions) {
  const { segments, index, bins } = headstrata.binned(payload, width, definitions);
  const cell = (bin, place) => {
    if (headstrata.isUnknown(payload, definitions, segments[place], bin.counts[place])) return "–";
    const share = headstrata.percentText(bin.tenths[place]);
    return payload.as === "budget" ? share : `${bin.counts[place]} (${share})`;
  };
  const shown = segments
    .map((segment, place) => ({ segment, place }))
    .filter(({ segment, place }) => segment.name !== "not_measured" || index.includes(place));
  const unknown = ({ segment, place }) =>
    bins.some((bin) => headstrata.isUnknown(payload, definitions, segment, bin.counts[place]));
  return [
    `| ${payload.title} | ${bins.map((bin) => bin.label).join(" | ")} |`,
    `|---|${bins.map(() => "---:").join("|")}|`,
    ...shown.map(
      ({ segment, place }) =>
        `| ${segment.label} | ${bins.map((bin) => cell(bin, place)).join(" | ")} |`
    ),
    ...(shown.some(unknown) ? ["", `–: ${headstrata.NOT_MEASURED}.`] : []),
    "",
    [...headstrata.caption(payload, width, definitions), headstrata.link()].join(" · "),
  ].join("\n");
};

// The table's citation with where it was seen, and under which thresholds.
headstrata.bibtex = function (payload) {
  const entry = document.getElementById("citation").textContent;
  const given = payload.t ? `; what-if thresholds ${payload.t.replace(/_/g, "\\_")}` : "";
  return entry.replace("}\n}", () => `${given}},\n  url = {${headstrata.link()}}\n}`);
};

headstrata.python = function (payload) {
  const given = payload.t ? { t: payload.t } : {};
  const query = new URLSearchParams({ model: payload.name, format: "parquet", ...given });
  return `pd.read_parquet("${window.location.origin}/api/heads?${query}")`;
};

headstrata.embed = function (payload) {
  const address = `${window.location.origin}/embed${new URL(headstrata.link()).search}`;
  const attribute = (text) => headstrata.plain(text).replace(/"/g, "&quot;");
  return (
    `<iframe src="${attribute(address)}" title="${attribute(payload.title)}: attention heads by ` +
    `layer" width="100%" height="560" style="border:0"></iframe>`
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
    link: () => H.link(),
    markdown: (...now) => H.markdown(...now),
    bibtex: (payload) => H.bibtex(payload),
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

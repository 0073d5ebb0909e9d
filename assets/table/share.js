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
    [...headstrata.caption(payload, width, definitions), headstrata.reference(headstrata.link())].join(" · "),
  ].join("\n");
};

// The table's citation with where it was seen, and under which thresholds.
headstrata.bibtex = function (payload) {
  const entry = document.getElementById("citation").textContent;
  const given = payload.t ? `; what-if thresholds ${payload.t.replace(/_/g, "\\_")}` : "";
  const link = headstrata.link();
  const url = headstrata.isLocal(link) ? "" : `,\n  url = {${link}}`;
  return entry.replace("}\n}", () => `${given}}${url}\n}`);
};

// An address that means something on this machine only.
headstrata.isLocal = (link) =>
  /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(new URL(link).hostname);

// Where a table was seen: the link, or which table it was, where the link is of no use elsewhere.
headstrata.reference = function (link) {
  if (!headstrata.isLocal(link)) return link;
  const entry = document.getElementById("citation");
  const [hash] = /head table SHA-256 [0-9a-f]+/.exec(entry ? entry.textContent : "") || [];
  return ["Headstrata", hash].filter(Boolean).join(", ");
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

// Into the clipboard; without one (plain http) by selection. Whether it is there.
headstrata.intoClipboard = async function (text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }
};

// Copies a text and says on the button, and to a screen reader, whether that worked.
headstrata.copy = async function (button, text) {
  const said = (await headstrata.intoClipboard(text)) ? "Copied" : "Not copied";
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  button.textContent = said;
  document.getElementById("said").textContent = said;
  button.classList.add("done");
  setTimeout(() => {
    button.textContent = label;
    document.getElementById("said").textContent = "";
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

// What leaves the page as text: tables, citations, code. link: the page's address; entry: the
// table's citation, as the page shows it ("" before it came).
import { caption } from "../views/caption.js";
import { amountText, binned, isUnknown, listedSegments, NOT_MEASURED } from "../views/drawn.js";
import { NO_ATTENTION } from "../views/grid.js";
import { escapeHtml } from "../views/phrases.js";

// The binned table as Markdown: a row a category, a column a bin, heads and share.
/** @param {Payload} payload @param {number} width @param {string} link @param {string} entry */
export function markdown(payload, width, link, entry) {
  const { segments, bins } = binned(payload, width);
  /** @param {Bin} bin @param {number} place */
  const cell = (bin, place) => {
    if (!bin.total || isUnknown(payload, segments[place], bin.counts[place])) return "–";
    return amountText(payload, bin, place, (count, share) => `${count} (${share})`);
  };
  const shown = listedSegments(payload);
  /** @param {{ segment: Segment, place: number }} of */
  const unknown = ({ segment, place }) =>
    bins.some((bin) => bin.total && isUnknown(payload, segment, bin.counts[place]));
  const dashes = [
    shown.some(unknown) && NOT_MEASURED,
    bins.some((bin) => !bin.total) && NO_ATTENTION,
  ].filter(Boolean);
  return [
    `| ${payload.title} | ${bins.map((bin) => bin.label).join(" | ")} |`,
    `|---|${bins.map(() => "---:").join("|")}|`,
    ...shown.map(
      ({ segment, place }) =>
        `| ${segment.label} | ${bins.map((bin) => cell(bin, place)).join(" | ")} |`,
    ),
    ...(dashes.length ? ["", `–: ${dashes.join(", or ")}.`] : []),
    "",
    [...caption(payload, width), reference(link, entry)].join(" · "),
  ].join("\n");
}

// The table's citation with where it was seen, and under which thresholds.
/** @param {Payload} payload @param {string} link @param {string} entry */
export function bibtex(payload, link, entry) {
  const given = payload.t ? `; what-if thresholds ${payload.t.replace(/_/g, "\\_")}` : "";
  const url = isLocal(link) ? "" : `,\n  url = {${link}}`;
  return entry.replace("}\n}", () => `${given}}${url}\n}`);
}

// An address that means something on this machine only.
/** @param {string} link */
export const isLocal = (link) =>
  /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(new URL(link).hostname);

// Where a table was seen: the link, or which table it was, where the link is of no use elsewhere.
/** @param {string} link @param {string} entry */
export function reference(link, entry) {
  if (!isLocal(link)) return link;
  const [hash] = /head table SHA-256 [0-9a-f]+/.exec(entry) || [];
  return ["Headstrata", hash].filter(Boolean).join(", ");
}

/** @param {Payload} payload @param {string} link */
export function python(payload, link) {
  /** @type {Record<string, string>} */
  const given = payload.t ? { t: payload.t } : {};
  const model = `${payload.name}@${payload.hash}`; // another table is an error, not other numbers
  const query = new URLSearchParams({ model, format: "parquet", ...given });
  const readable = query.toString().replace(/%40/g, "@");
  return `import pandas as pd\n\n` +
    `heads = pd.read_parquet("${new URL(`api/heads?${readable}`, link)}")`;
}

/** @param {Payload} payload @param {string} link */
export function embed(payload, link) {
  const { search } = new URL(link);
  /** @param {string} text */
  const attribute = (text) => escapeHtml(text).replace(/"/g, "&quot;");
  return (
    `<iframe src="${attribute(new URL(`embed${search}`, link).href)}" ` +
    `title="${attribute(payload.title)}: attention heads by layer" ` +
    `width="100%" height="560" style="border:0"></iframe>`
  );
}

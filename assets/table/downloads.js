// The addresses of a table's downloads.
import { element } from "../dash/element.js";
import { viewOf } from "../views/catalogue.js";

// From the top of the host, under whatever path the page is: whoever reads the attribute has it.
/** @param {string} address */
function fromTop(address) {
  const { pathname, search } = new URL(address, location.href);
  return pathname + search;
}

/** @param {Payload} payload @param {number} width */
export function downloadLinks(payload, width) {
  /** @param {string} label @param {string} href */
  const item = (label, href) => element("A", { href, download: "" }, label);
  /** @type {Record<string, string>} */
  const given = payload.t ? { t: payload.t } : {};
  /** @param {Record<string, string>} rest */
  const query = (rest) => new URLSearchParams({ model: payload.name, ...rest, ...given });
  /** @type {Record<string, string>} */
  const written = viewOf(payload).said.addsColumns ? { taxonomy: payload.as } : {};
  /** @param {string} format */
  const heads = (format) => fromTop(`api/heads?${query({ format, ...written })}`);
  /** @param {string} format */
  const bins = (format) =>
    fromTop(`api/bins?${query({ width: String(width), taxonomy: payload.as, format })}`);
  return [
    heads("csv"),
    bins("csv"),
    [item("Parquet, with provenance", heads("parquet")), item("JSON", heads("json"))],
    [item("Parquet, with provenance", bins("parquet")), item("JSON", bins("json"))],
  ];
}

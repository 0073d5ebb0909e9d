// The addresses of a table's downloads.
import { element } from "../dash/element.js";
import { viewOf } from "../views/catalogue.js";

export function downloadLinks(payload, width) {
  const item = (label, href) => element("A", { href, download: "" }, label);
  const given = payload.t ? { t: payload.t } : {};
  const query = (rest) => new URLSearchParams({ model: payload.name, ...rest, ...given });
  const written = viewOf(payload).said.addsColumns ? { taxonomy: payload.as } : {};
  const heads = (format) => `/api/heads?${query({ format, ...written })}`;
  const bins = (format) => `/api/bins?${query({ width, taxonomy: payload.as, format })}`;
  return [
    heads("csv"),
    bins("csv"),
    [
      item("CSV", heads("csv")),
      item("Parquet, with provenance", heads("parquet")),
      item("JSON", heads("json")),
    ],
    [
      item("CSV", bins("csv")),
      item("Parquet, with provenance", bins("parquet")),
      item("JSON", bins("json")),
    ],
  ];
}

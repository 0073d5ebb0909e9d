"""What a reader takes along: a Markdown table, a citation, a line for a notebook."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal
from urllib.parse import quote, urlencode

import pandas as pd

from app.analysis.whatif import describe_thresholds, format_thresholds
from cache.bins import tenths_of_percent
from cache.provenance import Provenance
from classify.citations import CITATIONS
from classify.taxonomy import SCORES
from headstrata import __version__

Show = Literal["count", "percent"]


def markdown_table(
    binned: pd.DataFrame, by: str, labels: Mapping[str, str], show: Show = "count"
) -> str:
    """The binned table in Markdown: one row a segment that has heads, one column a bin.

    Args:
        binned: What ``cache.bins.bin_heads`` gives.
        by: The column that names the segment.
        labels: Segment name to label, in drawing order.
        show: Numbers of heads, or percentages as drawn.

    Returns:
        The table, with a last column for the whole model and a last row for all heads.
    """
    column = "percent" if show == "percent" else "heads"
    wide = binned.pivot_table(index=by, columns="bin", values="heads", sort=False, aggfunc="sum")
    cells = binned.pivot_table(index=by, columns="bin", values=column, sort=False, aggfunc="first")
    whole = wide.sum(axis=1)
    tenths = dict(zip(whole.index, tenths_of_percent(whole.to_numpy()), strict=True))
    last = {
        name: f"{tenths[name] / 10:.1f}%" if show == "percent" else f"{count:,}"
        for name, count in whole.items()
    }
    rows = [
        [labels[name], *(str(cell) for cell in cells.loc[name]), last[name]]
        for name in labels
        if name in whole.index and whole[name] > 0
    ]
    total = [f"{count:,}" for count in wide.sum()]
    return "\n".join(
        _line(cells)
        for cells in (
            ["", *map(str, wide.columns), "All layers"],
            ["---", *["---:"] * (len(wide.columns) + 1)],
            *rows,
            ["# heads", *total, f"{whole.sum():,}"],
        )
    )


def bibtex(
    record: Provenance,
    *,
    name: str,
    url: str = "",
    thresholds: Mapping[str, float] | None = None,
    more: Iterable[str] = (),
) -> str:
    """Citation text for a table: an entry for the table itself, then its sources.

    Args:
        record: The table's provenance.
        name: The table's name in the cache.
        url: Where it is shown, if anywhere.
        thresholds: What-if thresholds it is shown with.
        more: Keys of further papers on the page (operations, named heads).

    Returns:
        BibTeX entries, a blank line between them.
    """
    papers = [*record.citations, *score_citations(record), *more]
    keys = [key for key in dict.fromkeys(papers) if key in CITATIONS]
    return "\n\n".join(
        [_table_entry(record, name, url, thresholds or {}), *(CITATIONS[k].bibtex for k in keys)]
    )


def score_citations(record: Provenance) -> list[str]:
    """Keys of the papers that define the scores a table holds."""
    keys = [key for name in record.scores if name in SCORES for key in SCORES[name].citations]
    return list(dict.fromkeys(keys))


def _table_entry(record: Provenance, name: str, url: str, thresholds: Mapping[str, float]) -> str:
    how = "computed" if record.source == "computed" else "published figures, shown"
    fields = {
        "title": f"{{Attention heads of {_tex(record.title)} by what they attend to}}",
        "author": "{Headstrata}",
        "year": f"{record.computed_at:%Y}",
        "howpublished": f"Head table, {how} with Headstrata {__version__}",
        "note": _tex("; ".join(describe_provenance(record, thresholds))),
    }
    if url:
        fields["url"] = url.translate({ord(c): None for c in "{}\\ "})
    key = re.sub(r"[^A-Za-z0-9]+", "", name) or "table"
    body = "".join(f"  {field} = {{{value}}},\n" for field, value in fields.items())
    return f"@misc{{headstrata-{key},\n{body}}}"


def describe_provenance(
    record: Provenance, thresholds: Mapping[str, float] | None = None
) -> list[str]:
    """Where a table comes from, in phrases; what nobody recorded is left out."""
    probes = [
        f"{p.name} probe: {p.prompts} prompts of {p.length} tokens, seed {p.seed}"
        for p in record.probes
    ]
    phrases = [
        f"model {record.model}",
        f"revision {record.revision}" if record.revision else "",
        f"weights sha256 {record.weights_sha256}" if record.weights_sha256 else "",
        f"{record.layers} layers x {record.heads} heads",
        *probes,
        f"text {record.text.source}, sha256 {record.text.sha256}" if record.text else "",
        f"dtype {record.dtype}" if record.dtype else "",
        f"taxonomy {record.taxonomy.version}",
        describe_thresholds(thresholds or {}),
        f"{record.source} {record.computed_at:%Y-%m-%d}",
    ]
    return [phrase for phrase in phrases if phrase]


def notebook_line(base_url: str, name: str, thresholds: Mapping[str, float] | None = None) -> str:
    """One line of Python that reads the head table over HTTP.

    Args:
        base_url: Where the dashboard is, such as ``http://127.0.0.1:8050``.
        name: The table's name.
        thresholds: What-if thresholds to apply.
    """
    query = {"model": name, "format": "parquet"}
    if text := format_thresholds(thresholds or {}):
        query["t"] = text
    # quoted once more: a host name can't close the string it is written into
    base = quote(base_url.rstrip("/"), safe=":/[]@%")
    return f'pd.read_parquet("{base}/api/heads?{urlencode(query, safe=":,")}")'


def _line(cells: Iterable[str]) -> str:
    escaped = [cell.replace("|", r"\|") for cell in cells]
    return f"| {' | '.join(escaped)} |"


def _tex(text: str) -> str:
    """Text with the characters escaped that TeX reads as commands."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text.replace("\\", "/"))

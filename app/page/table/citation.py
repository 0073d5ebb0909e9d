"""How to cite a table: BibTeX with its provenance, and of the papers shown with it."""

import re

from app.page.table.payload import source_note
from cache.evidence import evidence_for
from cache.pins import SHOWN
from cache.provenance import Provenance
from cache.store import Table
from headstrata import __version__
from vocabulary.citations import CITATIONS


def bibtex(table: Table) -> str:
    """An entry for the table itself, then one for each paper whose figures are shown with it."""
    record = table.provenance
    entry = {
        "title": f"{{Attention heads of {_tex(record.title)} by what they attend to}}",
        "author": "{Headstrata maintainers}",
        "year": f"{record.computed_at.year}",
        "howpublished": f"Headstrata {__version__}",
        "note": _tex("; ".join(_origin(table))),
    }
    body = ",\n".join(f"  {key} = {{{value}}}" for key, value in entry.items())
    key = re.sub(r"[^a-z0-9]+", "-", table.name.lower()).strip("-")
    papers = [CITATIONS[key].bibtex for key in shown_papers(record) if key in CITATIONS]
    return "\n\n".join([f"@misc{{headstrata-{key},\n{body}\n}}", *papers])


def shown_papers(record: Provenance) -> list[str]:
    """Keys of the papers that scores, operations and named heads of a model are taken from."""
    evidence = evidence_for(record.reference)
    return list(dict.fromkeys([*record.citations, *(evidence.citations if evidence else ())]))


def _origin(table: Table) -> list[str]:
    record = table.provenance
    parts = [f"model {record.model}", source_note(record)]
    if record.revision:
        parts.append(f"revision {record.revision}")
    if record.weights_sha256:
        parts.append(f"weights SHA-256 {record.weights_sha256[:16]}")
    if record.adapter:
        parts.append(f"adapter {record.adapter.name}, SHA-256 {record.adapter.sha256[:16]}")
    parts += [
        f"{probe.name} probe: {probe.prompts} prompts of {probe.length} tokens, seed {probe.seed}"
        for probe in record.probes
    ]
    return [
        *parts,
        f"category rules version {record.taxonomy.version}",
        f"head table SHA-256 {table.sha256[:SHOWN]}",
    ]


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)

"""Fill in the README's tables from the code: settings, views, categories, scores, columns, sources.

    python scripts/make_readme.py

Everything between ``<!-- NAME -->`` and ``<!-- end NAME -->`` is replaced; a test checks
that the README is up to date.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from app.views.catalogue import VIEWS
from cache import schema
from headstrata.settings import Settings
from vocabulary import taxonomy
from vocabulary.citations import CITATIONS
from vocabulary.evidence import MEASURES

_WITH_ERROR = {*schema.SCORES, *MEASURES}
README = Path(__file__).parent.parent / "README.md"


def main() -> None:
    """Write the README's tables."""
    README.write_text(fill(README.read_text()))


def fill(text: str) -> str:
    """The README with every marked part replaced."""
    for name, make in PARTS.items():
        start, end = f"<!-- {name} -->", f"<!-- end {name} -->"
        pattern = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"the README lacks {start} … {end}")
        text = pattern.sub(lambda _, s=start, e=end, m=make: f"{s}\n{m()}\n{e}", text)
    return text


def settings() -> str:
    """One row per setting."""
    rows = (
        (f"`{variable(name)}`", _default(field), field.description or "")
        for name, field in Settings.model_fields.items()
    )
    return _table(("variable", "default", "what"), rows)


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return "PORT" if name == "port" else f"HEADSTRATA_{name.upper()}"


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "a per-user folder"
    return f"`{field.default}`" if field.default != "" else "none"


def views() -> str:
    """One row per view."""
    rows = (
        (
            f"`{view.name}`",
            "heads" if view.counts_heads else f"shares of {view.shared}",
            view.by,
            f"`{view.column}`",
            _sources(view.citations),
        )
        for view in VIEWS.values()
    )
    return _table(("view", "counts", "by", "column", "source"), rows)


def categories() -> str:
    """One row per category."""
    rows = (
        (
            f"`{c.name}`",
            f"`{c.group}`",
            c.sentence,
            _rule(c),
            str(c.tier or ""),
            _sources(c.citations),
        )
        for c in taxonomy.CATEGORIES.values()
    )
    return _table(("category", "group", "in words", "rule", "tier", "source"), rows)


def _rule(category: taxonomy.Category) -> str:
    if category.threshold is None:
        return ""
    lift = f", and {taxonomy.DELIMITER_LIFT:g} x the base rate" * (category.name == "delimiter")
    return f"`{category.score}` ≥ {category.threshold:g}{lift}"


def scores() -> str:
    """One row per score."""
    rows = (
        (
            f"`{s.name}`",
            f"{s.sentence[0].upper()}{s.sentence[1:]}",
            f"`{s.formula}`",
            taxonomy.PROBES[s.probe] if s.probe else "the weights alone",
            _sources(s.citations),
        )
        for s in (*taxonomy.SCORES.values(), *MEASURES.values())
    )
    return _table(("score", "in words", "formula", "probe", "source"), rows)


def columns() -> str:
    """One row per column; a score's standard error is in the score's row."""
    rows = (
        (_named(column), f"`{column.dtype}`", column.unit, _described(column))
        for column in schema.COLUMNS
        if not column.name.endswith("_se")
    )
    return _table(("column", "dtype", "unit", "what"), rows)


def _named(column: schema.Column) -> str:
    error = f", `{column.name}_se`" * (column.name in _WITH_ERROR)
    return f"`{column.name}`{error}"


def _described(column: schema.Column) -> str:
    measure = MEASURES.get(column.name)
    over = measure.error_over if measure else "prompts"
    error = f"; its standard error over {over}" * (column.name in _WITH_ERROR)
    later = "; missing in older tables" * column.optional
    return f"{column.description}{error}{later}"


def sources() -> str:
    """A list of the papers."""
    return "\n".join(
        f"- {paper.short}: [{paper.title}]({paper.url})" for paper in CITATIONS.values()
    )


def _sources(keys: Iterable[str]) -> str:
    return ", ".join(f"[{CITATIONS[key].short}]({CITATIONS[key].url})" for key in keys)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


PARTS = {
    "settings": settings,
    "views": views,
    "categories": categories,
    "scores": scores,
    "columns": columns,
    "sources": sources,
}


if __name__ == "__main__":
    main()

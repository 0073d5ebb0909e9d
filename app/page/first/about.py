"""What other sites and search engines say of an address: title, description, its plain form.

Open Graph (https://ogp.me/) is what messengers and forums read.
"""

from html import escape
from urllib.parse import urlencode

from app.page.first.address import Asked
from app.picture.legend import legend_of

_NAME = "Headstrata"
_IDEA = "Headstrata sorts every attention head of a language model by what it attends to."


def title(asked: Asked | None) -> str:
    """The document's title, as HTML."""
    return escape(f"{asked.table.provenance.title} · {_NAME}") if asked else _NAME


def description(asked: Asked | None) -> str:
    """Two sentences for a preview."""
    if asked is None:
        return _IDEA
    record = asked.table.provenance
    told = sorted(legend_of(asked.table, asked.view), key=lambda entry: entry.none)
    counts = ", ".join(f"{e.segment.label} {e.amount}" for e in reversed(told) if not e.none)
    what_if = f" What if: {asked.t}." if asked.t and not asked.view.untouched else ""
    return (
        f"{record.grid.size:,} attention heads in {record.layers} layers, by {asked.view.by}: "
        f"{counts}.{what_if} {_IDEA}"
    )


def canonical(asked: Asked | None, root: str) -> str:
    """The address with all that it shows and nothing else: no theme, nothing chosen.

    Args:
        asked: What is shown.
        root: The site's own address, with a slash at its end.
    """
    if asked is None:
        return root
    query = {
        "model": asked.table.name,
        "bins": str(asked.width),
        "taxonomy": asked.taxonomy,
        "show": asked.show,
        **({"t": asked.t} if asked.t else {}),
    }
    return f"{root}?{urlencode(query, safe=':,')}"


def tags(asked: Asked | None, heading: str, root: str) -> str:
    """The elements for the document's head."""
    told = {
        "og:type": "website",
        "og:site_name": _NAME,
        "og:title": heading,
        "og:description": description(asked),
        "og:url": canonical(asked, root),
    }
    lines = [
        f'<meta name="description" content="{escape(description(asked))}">',
        '<meta name="twitter:card" content="summary">',
        *(f'<meta property="{key}" content="{escape(text)}">' for key, text in told.items()),
        f'<link rel="canonical" href="{escape(canonical(asked, root))}">',
    ]
    return "\n    ".join(lines)

"""The drawer of all heads: its form and rows are drawn by ``assets/ranked/``."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import data
from app.page.parts import drawer
from app.page.parts import stores as empty_stores
from app.page.ranked.data import COLUMNS, label
from vocabulary.taxonomy import CATEGORIES

#: Rows at first; ``assets/ranked/`` asks for more on request.
ROWS = 100


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(ids.RANKED_CHOICE, ids.RANKED_WANTED, ids.RANKED)


def panel() -> Component:
    """Under the map, beside the card of the chosen head."""
    return drawer(
        ids.RANKED_PANEL,
        "ranked",
        "All heads, ranked by a score",
        [
            html.Div(id=ids.RANKED_FORM),
            html.Div(id=ids.RANKED_ROWS, **data(list="ranked")),
        ],
    )


def known() -> dict[str, object]:
    """What the form offers: categories, columns to rank by, how many rows at first."""
    return {
        "categories": [{"value": c.name, "label": c.label} for c in CATEGORIES.values()],
        "columns": [{"value": name, "label": label(name)} for name in COLUMNS],
        "rows": ROWS,
    }

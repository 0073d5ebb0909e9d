"""What an attention head is and how the page is read, folded: the findings come first."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.views.catalogue import VIEWS


def build() -> Component:
    """One line until it is opened."""
    guides = "; ".join(view.guide for view in reversed(VIEWS.values()) if view.guide)
    return html.Details(
        [
            html.Summary("How to read this"),
            html.P(
                "A language model reads a text layer by layer. In each layer some attention heads "
                "decide, for every token, which earlier tokens it takes information from. Many "
                "heads have one habit: they look at the token before, at punctuation, or rest on "
                "the first token, where attention does little."
            ),
            html.P(
                "Induction heads are the best known: where “Harry Potter … Harry” stands, the head "
                "finds the earlier “Harry”, looks at what followed it, and so helps to predict "
                "“Potter”. They are one way in which models learn from their prompt."
            ),
            html.P(
                "Each bar is a bin of layers, each segment the heads in it that attend to the same "
                f"thing. Every head is counted once. {guides}. Shares are rounded one by one: a "
                "bin's may add up to 99.9% or 100.1%."
            ),
            html.P(
                "Press a segment to list its heads, a cell of the map to see one head, categories "
                "above to see them alone and list their heads. The arrow keys go from head to "
                "head; Escape lets go."
            ),
            html.P(
                "A dot marks a borderline head: its category could flip within two standard errors."
            ),
        ],
        id=ids.GUIDE,
        className="guide",
    )

"""Where the shown table is named, what is said when there is none, and what is known of it."""

from dash import html
from dash.development.base_component import Component

from app.page import ids
from app.page.attributes import aria
from app.page.parts import stores as empty_stores

#: What the page is about, in a sentence.
IDEA = "Headstrata sorts every attention head of a model by what it attends to."


def stores() -> list[Component]:
    """The feature's data in the browser."""
    return empty_stores(
        ids.TABLE, ids.PAYLOAD, ids.FURTHER_WANTED, ids.FURTHER, ids.SHOWN, ids.REFRESH
    )


def heading() -> Component:
    """The finding's title and where the numbers are from."""
    return html.Div(
        [
            html.P(IDEA, className="idea"),
            html.H1(id=ids.HEADING),
            html.P(id=ids.SOURCE_NOTE, className="source-note"),
        ],
        className="heading",
    )


def about() -> Component:
    """Where the table is from, what its scores mean, which papers they rest on."""
    return html.Section(
        [
            html.H2("About this table"),
            html.Div(id=ids.ABOUT_TEXT),
        ],
        id=ids.ABOUT,
        className="about",
    )


def empty() -> Component:
    """What a cache without tables looks like, and what to type."""
    return html.Section(
        [
            # the page has one h1, that of a table
            html.P("No model has been classified yet", role="heading", **aria(level="1")),
            html.P(
                "Headstrata shows what the attention heads of a language model attend to, layer "
                "by layer. This cache holds no table that can be shown. Classify a model and it "
                "appears here by itself, without a reload:"
            ),
            html.Pre(
                "headstrata classify smollm2-135m      # small, runs on a CPU in minutes\n"
                "headstrata classify gpt2-xl           # 1,200 heads; best on a GPU"
            ),
            html.P(
                "Both write to the same cache as this page when HEADSTRATA_CACHE (or --cache) "
                "names it. The progress is shown here."
            ),
        ],
        className="empty",
    )

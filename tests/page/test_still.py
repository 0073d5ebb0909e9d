"""Elements whose inside is drawn as one component."""

from dash import html

from app.page.attributes import aria, data
from app.page.markup import markup
from app.page.still import still


def test_a_still_element_keeps_its_attributes_and_writes_its_inside():
    whole = html.Details(
        [html.Summary("a < b"), html.P(["one", html.Br(), 2], id="inner", **aria(labelledby="x"))],
        id="outer",
        className="note",
        **data(panel="p"),
    )
    props = still(whole).to_plotly_json()["props"]
    assert props == {
        "id": "outer",
        "tag": "details",
        "attributes": {"className": "note", "data-panel": "p"},
        "html": '<summary>a &lt; b</summary><p id="inner" aria-labelledby="x">one<br>2</p>',
    }


def test_the_first_page_draws_it_like_any_other_without_ids():
    whole = html.P(html.Code("x", id="inner"), id="outer", className="note")
    assert markup(still(whole), {}, {}) == '<p class="note"><code>x</code></p>'
    assert markup([still(whole)], {"outer": {"children": "y"}}, {}) == '<p class="note">y</p>'

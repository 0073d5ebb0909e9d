"""What no callback touches is one component; what one touches stays in its place."""

import json
from pathlib import Path
from typing import Any

import plotly.io as pio
from dash import html

from app.page import ids
from app.page.attributes import aria, data
from app.page.fields import Held
from app.page.frame import frame
from app.page.markup import markup
from app.server import create_app
from headstrata.settings import Settings


def written(part: Any) -> Any:
    """As the browser gets it."""
    return json.loads(pio.json.to_json_plotly(part))


def test_elements_are_one_component_and_touched_ones_stand_in_its_holes() -> None:
    part = html.Section(
        [
            html.H2("a < b", className="title", **data(panel="p")),
            html.Div(html.P(["one", html.Br(), 2], **aria(label="x")), id=ids.STATUS),
            Held(id=ids.BOOT, data=1),
        ]
    )
    made = written(frame(part))
    assert (made["namespace"], made["type"]) == ("headstrata", "Frame")
    titled = {"className": "title", "data-panel": "p", "children": "a < b"}
    inside = [{"type": "H2", "props": titled}, {"held": 0}, {"held": 1}]
    assert made["props"]["tree"] == [{"type": "Section", "props": {"children": inside}}]
    status, boot = made["props"]["children"]
    assert (status["props"]["id"], boot["props"]["id"]) == (ids.STATUS, ids.BOOT)
    paragraph = status["props"]["children"]["props"]["tree"]
    line = ["one", {"type": "Br", "props": {}}, "2"]
    assert paragraph == [{"type": "P", "props": {"aria-label": "x", "children": line}}]


def test_the_first_page_draws_it_like_any_other_without_ids() -> None:
    whole = html.P(html.Code("x", id="inner"), id=ids.HEADING, className="note")
    assert markup(frame([whole]), {}, {}) == '<p class="note"><code>x</code></p>'
    told = markup(frame(whole), {ids.HEADING: {"children": "y"}}, {})
    assert told == '<p class="note">y</p>'


def test_exactly_the_ids_that_no_callback_names_are_fixed(tmp_path: Path) -> None:
    """A fixed element would be out of its callback's reach, without a word."""
    app = create_app(Settings.load(cache=str(tmp_path)))
    named: set[str] = set()
    for callback in app.server.test_client().get("/_dash-dependencies").get_json():
        named |= {part["id"] for part in callback["inputs"] + callback["state"]}
        outputs = callback["output"].strip(".").split("...")
        named |= {output.rsplit(".", 1)[0] for output in outputs}
    known = {name for key, name in vars(ids).items() if key.isupper() and isinstance(name, str)}
    assert known - named == ids.FIXED

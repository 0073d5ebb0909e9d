"""A threshold dragged with the mouse: the page ends where the thumb does."""

import io
import time
import urllib.request

import pandas as pd
from visitor import SMOLLM2, Visit


def test_a_fast_drag_ends_in_the_state_of_the_thumb(visit: Visit, server):
    visitor = visit().open(model=SMOLLM2, bins=10)
    page = visitor.page
    page.locator("#what-if-panel > summary").click()
    thumb = page.locator("[data-threshold=first_token] input")
    thumb.wait_for()
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    assert box
    x, y = box["x"] + 11 + (box["width"] - 22) * 0.39 / 0.99, box["y"] + box["height"] / 2
    asked: list[str] = []
    page.on(
        "request",
        lambda request: "what-if.data" in (request.post_data or "") and asked.append(request.url),
    )
    page.mouse.move(x, y)
    began = time.monotonic()
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x + 2 * step, y)
    page.mouse.up()
    seconds = time.monotonic() - began
    value = thumb.input_value()
    assert float(value) > 0.5
    wanted = f"first_token:{float(value):g}"
    visitor.wait_query(t=wanted)
    url = f"{server.url}/api/bins?model={SMOLLM2}&width=10&format=csv&t={wanted}"
    with urllib.request.urlopen(url) as answer:
        rows = pd.read_csv(io.BytesIO(answer.read()))
    for name, own in rows.groupby("category"):
        heights = {one["name"]: one["heights"] for one in visitor.chart()["data"]}
        assert heights[str(name)] == list(own["heads"])
    # At most one in 90 ms, however many steps a drag has: the server is not flooded.
    assert 1 <= len(asked) <= seconds / 0.09 + 2

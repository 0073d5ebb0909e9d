"""Another table while a head is chosen: kept where it is the same model's, else let go."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from running import Server, serving
from visitor import SMOLLM2, XL, Visit, Visitor

from cache.store import Store

COPY = "smollm2-again"


@pytest.fixture(scope="module")
def twice(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with SmolLM2's table under a second name, without patterns."""
    folder = tmp_path_factory.mktemp("twice") / "cache"
    shutil.copytree(cache_folder, folder)
    store = Store(str(folder))
    table = store.read(SMOLLM2)
    record = table.provenance.model_copy(update={"title": "SmolLM2 again"})
    store.write(COPY, table.heads, record)
    log = tmp_path_factory.mktemp("twice-server") / "log"
    with serving(folder, log) as running:
        yield running
    assert "Traceback" not in log.read_text()


def switch(visitor: Visitor, title: str) -> None:
    visitor.page.locator("#model-select").click()
    visitor.page.get_by_role("option", name=title).click()


def test_a_head_that_the_next_table_lacks_is_let_go(visit: Visit):
    visitor = visit().open(model=XL, head="40.20", t="induction:0.3")
    expect(visitor.page.locator("#head-card")).to_contain_text("L40.H20")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.post_data or ""))
    switch(visitor, "SmolLM2")
    visitor.wait_query(model=SMOLLM2, head=None, t="induction:0.3")
    expect(visitor.page.locator("#head-card")).to_be_hidden()
    expect(visitor.page.locator("#heading")).to_contain_text("270 heads")
    assert not [one for one in asked if SMOLLM2 in one and "40.20" in one]


def test_the_head_stays_in_another_table_of_the_same_shape(visit: Visit, twice: Server):
    visitor = visit(twice.url).open(model=SMOLLM2, bins=5, head="18.6")
    visitor.page.locator("#pattern-chart .hm").wait_for(state="attached")
    switch(visitor, "SmolLM2 again")
    visitor.wait_query(model=COPY, bins="5", head="18.6")
    card = visitor.page.locator("#head-card")
    expect(card).to_contain_text("L18.H6")
    expect(card).to_contain_text("No attention pattern is stored beside this table")
    expect(visitor.page.locator("#pattern-chart")).to_be_hidden()
    expect(visitor.page.locator("#pattern-size")).to_be_hidden()

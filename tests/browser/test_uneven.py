"""A model of whose layers only some have attention, on the page."""

from collections.abc import Iterator

import made_tables
import pytest
from playwright.sync_api import expect
from running import Server, serving
from visitor import Visit

from cache.store import Store


@pytest.fixture(scope="module")
def hybrid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Every fourth of twelve layers has four heads, the first of which is an induction head."""
    folder = tmp_path_factory.mktemp("hybrid")
    layers = made_tables.HYBRID
    heads = made_tables.heads(12, layers, induction=[0.9, 0.05, 0.05, 0.05] * 3)
    record = made_tables.provenance(12, layers, title="Made hybrid")
    Store(str(folder / "cache"), create=True).write("hybrid", heads, record)
    with serving(folder / "cache", folder / "log") as running:
        yield running


def test_layers_without_attention_are_left_out_and_said(visit: Visit, hybrid: Server):
    visitor = visit(hybrid.url).open(model="hybrid", bins=3, head="7.0")
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "3 of 12 heads show the induction pattern, layers 3 to 11"
    )
    expect(page.locator(".gaps")).to_have_text(
        "3 of 12 layers have attention; the others have no heads."
    )
    bars = {trace["name"]: trace["heights"] for trace in visitor.chart()["data"]}
    assert bars["induction"] == [0, 1, 1, 1]
    assert bars["unclassified"] == [0, 3, 3, 3]
    expect(page.locator("#head-card")).to_contain_text("L7.H0")
    page.locator("#bin-width input").press("ArrowLeft")
    visitor.wait_query(bins="2")
    visitor.click_segment(10, "induction")
    expect(page.locator("#segment-table")).to_contain_text("L11.H0")
    visitor.click_cell(3, 0)
    visitor.wait_query(head="3.0")
    expect(page.locator("#head-card")).to_contain_text("L3.H0")
    visitor.click_cell(4, 0)  # where there is no head
    visitor.wait_query(head="3.0")


def test_a_link_to_a_head_of_a_layer_without_attention_is_told(visit: Visit, hybrid: Server):
    page = visit(hybrid.url).open(model="hybrid", head="4.0").page
    expect(page.locator("#status")).to_contain_text("layer 4 has no attention")

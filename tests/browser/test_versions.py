"""Tables of version 1, and one with columns that nobody here knows, on the page."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import made_tables
import numpy as np
import pytest
from playwright.sync_api import expect
from running import Server, serving
from visitor import Visit, Visitor

from cache.store import Store

FROZEN = Path(__file__).parent.parent / "cache/frozen/v1"
EXPECTED = json.loads((FROZEN / "expected.json").read_text())["tables"]


@pytest.fixture(scope="module")
def old_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("versions")
    for part in ("tables", "patterns"):
        shutil.copytree(FROZEN / part, folder / "cache" / part)
    heads = made_tables.heads(induction=[0.9, 0.05, 0.78, 0.05, 0.05, 0.05])
    more = heads.assign(rotation=np.float32([2.5, -1.25, np.nan, 0.1, 0, 0]))
    record = made_tables.provenance(title="Made later", lineage={"kind": "mean"})
    Store(str(folder / "cache")).write("more", more, record)
    with serving(folder / "cache", folder / "log") as running:
        yield running


def heights(visitor: Visitor) -> dict[str, int]:
    """Heads of the first bin by category, as drawn."""
    drawn = {trace["name"]: trace["heights"][0] for trace in visitor.chart()["data"]}
    return {name: height for name, height in drawn.items() if height}


@pytest.mark.parametrize("name", ["frozen-v1", "smollm2-135m", "gpt2-published"])
def test_a_version_1_table_is_drawn_with_its_numbers(visit: Visit, old_server: Server, name: str):
    layers = EXPECTED[name]["provenance"]["layers"]
    # of a partly measured table, too, the heads without a name
    visitor = visit(old_server.url).open(model=name, bins=layers, unmeasured=1)
    assert heights(visitor) == EXPECTED[name]["categories"]


def test_its_patterns_are_drawn(visit: Visit, old_server: Server):
    page = visit(old_server.url).open(model="frozen-v1", head="2.3").page
    expect(page.locator("#head-verdict")).to_contain_text("L2.H3")
    expect(page.locator("#pattern-chart .js-plotly-plot")).to_be_visible()


def test_a_table_with_further_columns_is_drawn_and_compared(visit: Visit, old_server: Server):
    visitor = visit(old_server.url).open(model="more", bins=3, compare="frozen-v1")
    assert heights(visitor) == {"induction": 2, "unclassified": 4}
    expect(visitor.page.locator("#compare-words")).to_contain_text("Made later")

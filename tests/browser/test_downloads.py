"""What the download buttons give."""

from pathlib import Path

import pandas as pd
from visitor import SMOLLM2, XL, Visit, Visitor


def saved(visitor: Visitor, press: str) -> tuple[str, Path]:
    with visitor.page.expect_download() as waiting:
        visitor.page.locator(press).click()
    return waiting.value.suggested_filename, Path(waiting.value.path())


def test_heads_and_bins_as_csv(visit: Visit):
    visitor = visit().open(model=XL, bins=12, taxonomy="grouped")
    visitor.wait_query(taxonomy="grouped")
    name, path = saved(visitor, "#download-heads")
    assert name == "gpt2-xl-published-heads.csv"
    heads = pd.read_csv(path, comment="#")
    assert len(heads) == 1200
    assert (heads["category"] == "induction").sum() == 62
    name, path = saved(visitor, "#download-bins")
    assert name == "gpt2-xl-published-bins-12-grouped.csv"
    bins = pd.read_csv(path, comment="#")
    content = bins[bins["group"] == "content"]
    assert content["heads"].tolist() == [0, 17, 36, 9]
    assert content["percent"].tolist() == ["0.0%", "5.7%", "12.0%", "3.0%"]


def test_other_formats(visit: Visit):
    visitor = visit().open(model=SMOLLM2)
    visitor.page.locator("summary[aria-label='Other formats of the head table']").click()
    name, path = saved(visitor, "#download-heads-formats >> text=Parquet")
    assert name == "smollm2-135m-heads.parquet"
    heads = pd.read_parquet(path)
    assert len(heads) == 270
    assert heads.set_index(["layer", "head"]).loc[(18, 6), "category"] == "induction"


def test_the_chart_as_png_and_svg(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=5)
    visitor.page.locator("summary[aria-label='Save the chart']").click()
    name, path = saved(visitor, "#save-png")
    assert name == "smollm2-135m-heads.png"
    assert path.read_bytes().startswith(b"\x89PNG")
    visitor.page.locator("summary[aria-label='Save the chart']").click()
    name, path = saved(visitor, "#save-svg")
    assert name == "smollm2-135m-heads.svg"
    svg = path.read_text()
    assert "SmolLM2" in svg
    assert "Layer bin" in svg
    assert "smollm2-135m · computed" in svg
    assert "5 layers a bin · default thresholds" in svg

"""What the download buttons give."""

import re
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
from playwright.sync_api import expect
from visitor import SMOLLM2, XL, Visit, Visitor


def saved(visitor: Visitor, press: str) -> tuple[str, Path]:
    visitor.open_downloads()
    with visitor.page.expect_download() as waiting:
        visitor.page.locator(press).click()
    return waiting.value.suggested_filename, Path(waiting.value.path())


def test_heads_and_bins_as_csv(visit: Visit):
    visitor = visit().open(model=XL, bins=12, taxonomy="grouped")
    # set once the width rests
    visitor.page.locator("#download-heads[href^='/api/']").wait_for(state="attached")
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
    name, path = saved(visitor, "#download-heads-formats >> text=Parquet")
    assert name == "smollm2-135m-heads.parquet"
    heads = pd.read_parquet(path)
    assert len(heads) == 270
    assert heads.set_index(["layer", "head"]).loc[(18, 6), "category"] == "induction"


def picture(visitor: Visitor, kind: str) -> tuple[str, Path]:
    return saved(visitor, f"#save-{kind}")


def words(svg: Path) -> str:
    """The texts of a picture, in the order they are written."""
    return " ".join(text for text in ET.parse(svg).getroot().itertext() if text.strip())


def test_the_chart_as_png_of_one_size_in_every_window(visit: Visit):
    visitor = visit(viewport={"width": 390, "height": 844}).open(model=SMOLLM2, bins=5)
    name, path = picture(visitor, "png")
    assert name == "smollm2-135m-chart-5-detailed.png"
    signature, width, height = struct.unpack(">16s2I", path.read_bytes()[:24])
    assert signature.startswith(b"\x89PNG")
    assert (width, height) == (2000, 1120)


def test_a_picture_tells_model_date_thresholds_and_what_the_colours_mean(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=5)
    name, path = picture(visitor, "svg")
    assert name == "smollm2-135m-chart-5-detailed.svg"
    told = words(path)
    assert "SmolLM2-135M Instruct" in told
    assert "Layer bin" in told
    assert re.search(r"smollm2-135m · computed \d{4}-\d\d-\d\d · 5 layers a bin,", told)
    assert "percentages rounded one by one" in told
    assert "default thresholds: Induction pattern 0.4, Duplicate token 0.4" in told
    assert "Broad 0.78" in told
    assert "Induction pattern  6" in told  # the legend, with the chip's count


def test_a_picture_tells_changed_thresholds(visit: Visit):
    visitor = visit().open(model=XL, bins=12, t="induction:0.3")
    visitor.page.locator(".what-if-note").wait_for(state="attached")
    name, path = picture(visitor, "svg")
    assert name == "gpt2-xl-published-chart-12-detailed-t-induction-0.3.svg"
    told = words(path)
    assert "what-if thresholds: Induction pattern 0.3 (default 0.4), Previous token 0.4" in told
    assert "2024-08-18" in told
    assert "Broad" not in told  # never measured here: no say, no colour


def test_a_picture_of_operations_names_their_source(visit: Visit):
    visitor = visit().open(model=XL, bins=12, taxonomy="operations")
    visitor.page.locator(".view-note").wait_for()
    told = words(picture(visitor, "svg")[1])
    assert "operations published by Elhelo and Geva 2024, from a score of 0.15" in told
    assert "Copying  46" in told


def test_a_picture_of_the_budget_knows_no_thresholds(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=10, show="budget", t="broad:0.7")
    visitor.page.wait_for_function("() => headstrata.chart().y === 'share of attention'")
    told = words(picture(visitor, "svg")[1])
    assert "attention on natural text, no thresholds" in told
    assert "Two to five tokens back" in told


def test_a_picture_is_not_paled_by_a_chosen_segment(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=5, segment="15:induction")
    expect(visitor.page.locator("#segment-title")).to_contain_text("Induction pattern")
    opacities = """() => {
      const data = (id) => dash_component_api.getLayout(id).props.data;
      const { data: bars } = headstrata.pictureFigure(data("payload"), 5);
      return bars.filter((bar) => bar.customdata).map((bar) => bar.marker.opacity);
    }"""
    assert set(visitor.page.evaluate(opacities)) == {1}

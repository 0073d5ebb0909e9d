"""What can be copied and embedded."""

import io
import re
import urllib.request

import pandas as pd
from playwright.sync_api import expect
from visitor import XL, Visit, Visitor


def copied(visitor: Visitor, what: str) -> str:
    """What the choice in the copy menu puts on the clipboard."""
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    summary = visitor.page.locator("summary[aria-label='Copy for a paper or a notebook']")
    summary.click()
    visitor.page.locator(f"#copy-{what}").click()
    expect(summary).to_have_text("Copied")
    return str(visitor.page.evaluate("navigator.clipboard.readText()"))


def test_the_bins_as_markdown(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    lines = copied(visitor, "markdown").splitlines()
    assert lines[0] == "| GPT-2 XL | [0, 12) | [12, 24) | [24, 36) | [36, 48) |"
    assert lines[2] == "| Induction pattern | 0 (0.0%) | 17 (5.7%) | 36 (12.0%) | 9 (3.0%) |"
    assert "gpt2-xl-published · published scores (Song et al. 2024)" in lines[-1]


def test_the_citation_names_table_and_source(visit: Visit):
    text = copied(visit().open(model=XL), "bibtex")
    assert text.startswith("@misc{headstrata-gpt2-xl-published,")
    assert "@article{song2024," in text


def test_the_python_line_reads_the_table(visit: Visit):
    line = copied(visit().open(model=XL), "python")
    address = line.removeprefix('pd.read_parquet("').removesuffix('")')
    with urllib.request.urlopen(address) as answer:
        assert len(pd.read_parquet(io.BytesIO(answer.read()))) == 1200


def test_the_embedded_chart_stands_alone(visit: Visit):
    visitor = visit().open(model=XL, bins=6, taxonomy="grouped")
    visitor.wait_query(bins="6")
    code = copied(visitor, "embed")
    address = code.split('src="')[1].split('"')[0].replace("&amp;", "&")
    frame = visit(viewport={"width": 640, "height": 560})
    frame.page.goto(address)
    frame.drawn()
    assert len(frame.chart()["data"][0]["bins"]) == 8
    for hidden in ("header", "#bin-width", "#head-map", "#about"):
        expect(frame.page.locator(hidden).first).to_be_hidden()
    expect(frame.page.locator("#head-chart")).to_be_in_viewport(ratio=0.99)
    link = frame.page.locator("#whole-page")
    expect(link).to_be_visible()
    frame.wait_query(taxonomy="grouped")
    expect(link).to_have_attribute("href", re.compile(r"^/\?.*bins=6"))

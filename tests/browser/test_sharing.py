"""What can be copied and embedded."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect
from running import Server
from visitor import SMOLLM2, XL, Visit, Visitor


def copied(visitor: Visitor, what: str) -> str:
    """What the choice in the copy menu puts on the clipboard."""
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    summary = visitor.page.locator("#downloads > summary")
    visitor.page.locator("#citation").wait_for()  # which names the table
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
    assert "default thresholds: Induction pattern 0.4, Previous token 0.4" in lines[-1]
    assert re.search(r" · Headstrata, head table SHA-256 [0-9a-f]{16}$", lines[-1])


def test_the_citation_names_table_and_source(visit: Visit):
    text = copied(visit().open(model=XL), "bibtex")
    assert text.startswith("@misc{headstrata-gpt2-xl-published,")
    assert "@article{song2024," in text


def test_the_citation_tells_table_and_changed_thresholds(visit: Visit):
    visitor = visit().open(model=XL, t="previous_token:0.3")
    visitor.wait_query(t="previous_token:0.3", bins="12")
    visitor.page.locator("#citation").wait_for()
    entry = copied(visitor, "bibtex").split("\n\n")[0]
    assert entry.count("{") == entry.count("}")
    assert r"; what-if thresholds previous\_token:0.3}" in entry
    assert re.search(r"; head table SHA-256 [0-9a-f]{16}; what-if", entry)
    assert "url = " not in entry  # nobody else's browser finds this machine under 127.0.0.1


def test_a_copy_is_announced_and_a_failed_one_is_not_called_copied(visit: Visit):
    visitor = visit().open(model=XL)
    page = visitor.page
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error("forbidden"));
          document.execCommand = () => false;
        }"""
    )
    page.locator("#copy-link").click()
    expect(page.locator("#copy-link")).to_have_text("Not copied")
    expect(page.locator("#said")).to_have_text("Not copied")
    expect(page.locator("#copy-link")).to_have_text("Copy link")
    expect(page.locator("#said")).to_be_empty()


def test_the_very_python_lines_read_the_table(visit: Visit):
    visitor = visit().open(model=XL, t="induction:0.3")
    visitor.page.locator(".what-if-note").wait_for(state="attached")
    there = {}
    exec(copied(visitor, "python"), there)  # what a reader does in a notebook
    heads = there["heads"]
    assert len(heads) == 1200
    assert (heads["category"] == "induction").sum() == 90


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
    expect(link).to_have_attribute("href", re.compile(r"^\./\?.*bins=6"))


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[str]:
    """Another site, which serves the files of ``tmp_path``."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}"
        site.shutdown()


@pytest.mark.parametrize("place", ["a site", "a file"])
def test_the_embedded_chart_in_a_foreign_page(
    visit: Visit, server: Server, blog: str, tmp_path: Path, place: str
):
    source = f"{server.url}/embed?model={SMOLLM2}&bins=5&theme=dark"
    page = tmp_path / "page.html"
    icon = '<link rel="icon" href="data:,">'
    page.write_text(
        f'{icon}<iframe src="{source}" title="chart" width="600" height="560"></iframe>'
    )
    visitor = visit(viewport={"width": 700, "height": 700})
    visitor.page.goto(f"{blog}/page.html" if place == "a site" else page.as_uri())
    frame = visitor.page.frame_locator("iframe")
    expect(frame.locator("#head-chart .bars .point").first).to_be_attached()
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    with visitor.page.context.expect_page() as opened:
        frame.get_by_role("link", name="Open in Headstrata").click()
    expect(opened.value.locator("#head-map")).to_be_visible()


def test_an_embed_of_a_missing_table_shows_no_other_model(visit: Visit, server: Server):
    """D21."""
    visitor = visit()
    answer = visitor.page.goto(f"{server.url}/embed?model=nonsense")
    assert answer
    assert answer.status == 404
    expect(visitor.page.locator("main")).to_contain_text("no table named 'nonsense' in the cache")
    assert visitor.page.locator("svg").count() == 0
    visitor.complaints = [one for one in visitor.complaints if "404" not in one]


def test_an_embedded_chart_says_which_value_makes_no_sense(visit: Visit, server: Server):
    frame = visit(viewport={"width": 390, "height": 560})
    frame.page.goto(f"{server.url}/embed?model={SMOLLM2}&bins=99&taxonomy=x")
    frame.drawn()
    expect(frame.page.locator("#status")).to_contain_text("bins=“99” is not a whole number")
    frame.page.get_by_role("link", name="Open in Headstrata").scroll_into_view_if_needed()
    assert frame.page.evaluate("document.documentElement.scrollWidth") == 390
    box = frame.page.locator("#head-chart").bounding_box()
    assert box
    assert box["height"] > 200

"""What stands in the first HTML, before any script has run."""

import re
from html import unescape

import pytest


def first(fetch, address: str) -> str:
    answer = fetch(address)
    assert answer.status == 200
    return answer.text


def heading(html: str) -> str:
    """The title in the part of the page that is shown."""
    return unescape(re.search(r"<h1>(.*?)</h1>", html).group(1))


def bins(html: str) -> list[str]:
    plot = html[html.index('id="head-chart-first"') :]
    return re.findall(r">(\[\d+, \d+\))<", plot[: plot.index("</div>")])


def test_heading_source_and_chart_stand_in_the_first_html(fetch):
    html = first(fetch, "/?model=tiny&bins=2")
    assert heading(html) == "2 of 6 heads show the induction pattern, layers 0 and 1"
    assert '<span class="source computed">computed 2026-' in html
    assert bins(html) == ["[0, 2)", "[2, 3)"]
    # 2 of the 6 heads; the chip is there, too
    assert re.search(r'chip-label">Induction</span><span class="chip-count"[^>]*>2<', html)


def test_the_first_html_is_of_the_address(fetch):
    html = first(
        fetch, "/?model=tiny&bins=1&show=percent&taxonomy=grouped&theme=dark&t=induction:0.95"
    )
    assert '<html lang="en" data-theme="dark">' in html
    assert bins(html) == ["[0, 1)", "[1, 2)", "[2, 3)"]
    assert ">share of heads</text>" in html
    assert "first-content" not in html  # .9 and .78 do not reach .95
    assert "<strong>What if: </strong>thresholds: induction 0.95 (default 0.4)." in html
    assert 'data-view="embed"' in first(fetch, "/embed?model=tiny")


def test_a_what_if_is_told_in_the_chips_and_over_the_chart(fetch):
    """.9 and .78 are induction heads by default; from .8 on one of them is none."""
    html = first(fetch, "/?model=tiny&t=induction:0.8")
    count = re.search(
        r'chip-label">Induction</span><span class="chip-count"[^>]*>(.*?)</button>', html
    )
    assert count.group(1) == '1<span class="chip-step"> (−1)</span></span>'
    assert '<p class="first-title">What if</p>' in html
    assert "first-title" not in first(fetch, "/?model=tiny")
    assert "chip-step" not in first(fetch, "/?model=tiny")


def test_views_that_the_table_lacks_are_off_at_first(fetch):
    html = first(fetch, "/?model=tiny")
    assert '<span class="off">Operations</span>' in html
    assert '<span class="on">Detailed</span>' in html


def test_an_embed_names_its_model(fetch):
    assert '<span class="source-model">Tiny Model · </span>' in first(fetch, "/embed?model=tiny")


def test_borderline_heads_have_their_line_in_the_first_chart(fetch):
    """As high as they are: of SmolLM2's 270 heads 14, in bins of all layers."""
    html = first(fetch, "/?model=smollm2-135m&bins=30")
    lines = re.findall(r'<svg class="first-edge"[^>]* height="([0-9.]+)%">', html)
    assert sum(map(float, lines)) == pytest.approx(100 * 14 / (270 * 1.04), abs=0.01)


def test_observations_stand_in_it_but_for_embeds(fetch):
    html = first(fetch, "/?model=tiny&bins=2&t=induction:0.95")
    assert "By category, in bins of 2 layers, under the changed thresholds." in html
    assert "No head is in: Induction pattern" in html  # .9 and .78 do not reach .95
    assert "in bins of 2 layers" not in first(fetch, "/embed?model=tiny&bins=2")


def test_nothing_waits_for_plotlys_script(fetch):
    html = first(fetch, "/?model=tiny")
    [plotly] = re.findall(r"<script[^>]*/vendor/plotly-[^>]*>", html)
    assert " async " in plotly
    assert 'id="plotly"' in plotly  # whose arrival the figures wait for


def test_categories_that_are_seen_alone_are_so_at_first(fetch):
    whole, html = (first(fetch, f"/?model=tiny&bins=1{only}") for only in ("", "&only=induction"))
    assert whole.count('class="first-stack') > 1 == html.count('class="first-stack')
    chips = re.findall(r'<button([^>]*class="chip[^>]*)>.*?chip-label">([^<]*)<', html)
    pressed = [name for attributes, name in chips if 'aria-pressed="true"' in attributes]
    assert pressed == ["Induction"]
    assert all("dimmed" in attributes for attributes, name in chips if name not in pressed)


@pytest.mark.parametrize(
    "query",
    [
        "model=nonsense",
        "model=../../etc",
        "model=tiny&bins=0&taxonomy=x&show=x&theme=x&t=x&t=induction:7",
        "model=tiny&bins=99999999999999999999",
        "model=tiny&t=induction:0.1,,:,induction:0.2",
        "model=" + "x" * 3000,
        "taxonomy=operations&show=budget&model=tiny",
    ],
)
def test_nonsense_in_an_address_falls_back(fetch, query):
    assert heading(first(fetch, f"/?{query}"))


def test_a_preview_tells_what_is_shown(fetch):
    html = first(fetch, "/?model=tiny&bins=2&theme=dark&segment=0:induction")
    told = dict(re.findall(r'<meta property="(og:[a-z_]+)" content="(.*?)">', html))
    assert "Tiny Model" in told["og:title"]
    assert told["og:description"].startswith(
        "6 attention heads in 3 layers, by category: Unclassified 4, Induction pattern 2."
    )
    # neither what the sender chose nor the sender's theme
    assert told["og:url"].endswith("/?model=tiny&amp;bins=2&amp;taxonomy=detailed&amp;show=count")
    assert f'<link rel="canonical" href="{told["og:url"]}">' in html

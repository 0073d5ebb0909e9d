"""The chart: what it says, and that it follows the slider."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from visitor import SMOLLM2, XL, Visit


def test_the_published_table_is_drawn_as_published_in_heads_and_in_shares(visit: Visit):
    visitor = visit().open(model="gpt2-xl", unmeasured=1)
    chart = visitor.chart()
    assert (chart["title"], chart["x"], chart["y"]) == ("GPT-2 XL", "Layer bin", "# heads")
    traces = {trace["name"]: trace for trace in chart["data"]}
    assert traces["induction"]["bins"] == ["[0, 12)", "[12, 24)", "[24, 36)", "[36, 48)"]
    assert traces["induction"]["heights"] == [0, 17, 36, 9]
    assert traces["previous_token"]["heights"] == [9, 24, 3, 0]
    assert traces["not_measured"]["heights"] == [291, 259, 261, 291]
    assert traces["induction"]["texts"] == ["", "", "12.0%", ""]  # 17 of 300: too low for text
    note = visitor.page.locator("#source-note").inner_text()
    assert note == "published scores (Song et al. 2024): 2 of the 9 scores"
    visitor.page.locator("#show-select").get_by_text("Share").click()
    visitor.wait_query(show="percent")
    chart = visitor.chart()
    assert chart["y"] == "share of heads"
    totals = [sum(column) for column in zip(*(t["heights"] for t in chart["data"]), strict=True)]
    assert totals == pytest.approx([100] * 4, abs=1e-9)  # exact shares, not rounded ones


def test_the_chart_follows_the_drag_without_a_request(visit: Visit):
    visitor = visit().open(model=XL)
    page = visitor.page
    track = page.locator("#bin-width").bounding_box()
    assert track
    x, y = visitor.hold_slider()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    widths = [visitor.drag_to(x + step * track["width"] / 13, y) for step in range(1, 9)]
    width = widths[-1]
    assert requests == []
    page.mouse.up()
    assert len(set(widths)) >= 7
    visitor.wait_query(bins=str(width))
    assert page.locator(".slider-number").input_value() == str(width)


def test_hover_tells_the_segment(visit: Visit):
    visitor = visit().open(model=XL, bins=12)
    visitor.page.mouse.move(*visitor.segment(24, "induction"))
    label = visitor.page.locator("#head-chart .hoverlayer .hovertext")
    label.wait_for()
    text = label.text_content() or ""
    assert "Induction pattern in layers [24, 36)" in text
    assert "On a repeated sequence" in text
    assert "36 heads, 12.0% of the bin" in text
    assert "100.0%" not in text  # each share is rounded by itself
    assert "Strongest:" in text
    lit = visitor.page.locator("#map-light")
    visitor.page.wait_for_function("() => document.getElementById('map-light').matches('.on')")
    assert (lit.get_attribute("style") or "").startswith("left: 50%; width: 25%")


def test_percentages_lie_inside_their_segments(visit: Visit):
    visitor = visit().open(model=SMOLLM2, bins=3)
    outside = visitor.page.evaluate(
        """() => [...document.querySelectorAll("#head-chart .bars .point")].filter((point) => {
          const text = point.querySelector("text"), bar = point.querySelector("path");
          if (!text || !text.textContent) return false;
          const inner = text.getBoundingClientRect(), outer = bar.getBoundingClientRect();
          return inner.left < outer.left - 1 || inner.right > outer.right + 1 ||
            inner.top < outer.top - 2 || inner.bottom > outer.bottom + 2 ||
            /rotate\\((?!0)/.test(text.getAttribute("transform") || "");
        }).map((point) => point.textContent)"""
    )
    assert outside == []
    assert visitor.page.locator("#head-chart .bars .point text").count() > 5


def test_a_category_alone(visit: Visit):
    visitor = visit().open(model=XL)
    chip = visitor.page.locator("[data-chip=induction]")
    chip.hover()
    assert "On a repeated sequence" in visitor.page.locator("#chip-sentence").inner_text()
    chip.click()
    visitor.page.wait_for_function(
        "() => headstrata.chart().data.every((t) => "
        "t.name === 'induction' || t.heights.every((y) => !y))"
    )
    traces = {trace["name"]: trace for trace in visitor.chart()["data"]}
    assert traces["induction"]["heights"] == [0, 17, 36, 9]
    assert traces["induction"]["percents"] == ["0.0%", "5.7%", "12.0%", "3.0%"]
    visitor.page.keyboard.press("Escape")
    visitor.page.wait_for_function(
        "() => headstrata.chart().data.some((t) => "
        "t.name === 'previous_token' && t.heights[0] === 9)"
    )


def test_equal_counts_of_a_bin_have_one_percentage_everywhere(visit: Visit):
    """D5: the nearest rounding, as a reader divides, in bars, table and list."""
    visitor = visit().open(model=SMOLLM2, bins=8)
    page = visitor.page
    traces = visitor.chart()["data"]
    totals = [sum(trace["heights"][at] for trace in traces) for at in range(4)]
    assert totals == [72, 72, 72, 54]
    page.locator("#chart-twin summary").click()
    page.locator("#chart-table .cell").first.wait_for()
    seen = 0
    for trace in traces:
        for start, count, total, percent in zip(
            (0, 8, 16, 24), trace["heights"], totals, trace["percents"], strict=True
        ):
            exact = 100 * Decimal(int(count)) / total
            expected = f"{exact.quantize(Decimal('.1'), ROUND_HALF_UP)}%"
            assert percent == expected, (trace["name"], start)
            if count:
                cell = page.locator(f"#chart-table [data-segment='{start}:{trace['name']}']")
                assert re.search(rf"(?<![\d.]){re.escape(expected)}", cell.inner_text())
                seen += 1
    assert seen > 20


def test_every_category_stands_out_from_a_dark_page(visit: Visit):
    """D17: as the browser draws it; the darkest was 1.4 to 1."""
    visitor = visit().open(model=SMOLLM2, bins=8, theme="dark")
    found = visitor.page.evaluate(
        """() => {
          const ground = getComputedStyle(document.body).backgroundColor;
          const { data } = headstrata.plotted(document.getElementById("head-chart"));
          const bars = data.filter((trace) => trace.customdata && trace.y.some(Boolean));
          const canvas = document.createElement("canvas")
            .getContext("2d", { willReadFrequently: true });
          const light = (colour) => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
              .map((one) => one / 255)
              .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return bars.map(({ meta, marker }) => [
            meta,
            (light(marker.color) + 0.05) / (light(ground) + 0.05),
          ]);
        }"""
    )
    assert len(found) > 8
    assert {name: contrast for name, contrast in found if contrast < 3} == {}

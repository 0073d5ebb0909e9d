"""All models side by side, in the browser."""

from pathlib import Path

import pytest
from accessibility import serious
from playwright.sync_api import expect
from running import Server, serving
from visitor import Visit

from cache.store import Store


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_overview_moves_without_a_request(visit: Visit, server: Server, theme: str):
    visitor = visit(viewport={"width": 1280, "height": 800})
    page = visitor.page
    page.goto(f"{server.url}/models?theme={theme}")
    assert serious(page) == []
    expect(page.locator(".mini")).to_have_count(3)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    before = page.locator(".mini path").first.get_attribute("d")
    page.locator("#overview-bins").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#overview-count")).to_have_text("7 bins")
    assert page.locator(".mini path").first.get_attribute("d") != before
    page.keyboard.press("/")
    page.keyboard.type("smöl")
    expect(page.locator("#overview-status")).to_have_text("1 of 3 models")
    expect(page.locator(".mini:visible h2")).to_have_text("SmolLM2-135M Instruct (Q4_1)")
    page.keyboard.type("x")
    expect(page.locator("#overview-status")).to_have_text("Nothing found for “smölx”")
    page.locator("#overview-q").fill("")
    page.get_by_role("link", name="Induction").click()
    expect(page.locator(".mini:has-text('SmolLM2') .mini-share")).to_have_text(
        "Induction pattern 2.2%"
    )
    page.locator("#overview-sort").select_option("layers")
    expect(page.locator(".mini h2").first).to_have_text("GPT-2 XL")
    visitor.wait_query(bins="7", only="induction", sort="layers", q=None)
    assert requests == []
    assert serious(page) == []
    page.locator("#theme-toggle").click()
    other = {"light": "dark", "dark": "light"}[theme]
    expect(page.locator("html")).to_have_attribute("data-theme", other)
    visitor.wait_query(theme=other)
    page.reload()
    expect(page.locator("#overview-count")).to_have_text("7 bins")
    expect(page.locator(".mini h2").first).to_have_text("GPT-2 XL")
    expect(page.locator("[data-only=induction]")).to_have_attribute("aria-current", "true")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_visitor_asks_for_an_allowed_model(
    visit: Visit, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
):
    log = tmp_path_factory.mktemp("asked") / "log"
    allowed = {"HEADSTRATA_ALLOWED_MODELS": "gpt2,EleutherAI/pythia-70m,smollm2-135m"}
    with serving(tmp_path, log, **allowed) as asked:
        page = visit().page
        page.goto(f"{asked.url}/models")
        offered = page.locator("[data-ask]")
        expect(offered).to_have_text(["gpt2", "EleutherAI/pythia-70m"])  # the third has a table
        offered.nth(1).click()
        said = page.locator("#asking-said")
        expect(said).to_have_text("EleutherAI/pythia-70m is requested, number 1 in line.")
        expect(offered.nth(1)).to_be_disabled()
        assert serious(page) == []
        [job] = Store(str(tmp_path)).jobs()
        assert (job.model, job.state) == ("EleutherAI/pythia-70m", "requested")

"""The page behind JupyterHub's proxy: nothing that a visitor does leads out of its path."""

import re

import pandas as pd
from playwright.sync_api import Request, expect
from proxy import proxying
from running import Server
from visitor import SMOLLM2, Visit, Visitor

HUB = "/user/ann/proxy/8050"


def copied(visitor: Visitor, what: str) -> str:
    summary = visitor.page.locator("#downloads > summary")
    visitor.page.locator("#citation").wait_for()  # which names the table
    visitor.page.evaluate("navigator.clipboard.writeText('')")
    summary.click()
    visitor.page.locator(f"#copy-{what}").click()
    text = visitor.page.wait_for_function("async () => navigator.clipboard.readText()")
    return str(text.json_value())


def test_a_whole_visit_stays_in_the_path(visit: Visit, server: Server):
    with proxying(server.url, HUB) as hub:
        visitor = visit(hub.url, cold=True)
        page = visitor.page
        asked: list[str] = []

        def note(request: Request) -> None:
            asked.append(request.url)

        page.on("request", note)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visitor.open(model=SMOLLM2, bins=5)

        visitor.click_cell(18, 6)
        expect(page.locator("#head-card")).to_contain_text("L18.H6")
        visitor.click_segment(15, "induction")
        expect(page.locator("#segment-table .ag-row").first).to_be_visible()
        visitor.open_downloads()
        with page.expect_download() as waiting:
            page.locator("#download-heads").click()
        assert len(pd.read_csv(waiting.value.path())) == 270
        page.keyboard.press("Escape")
        assert copied(visitor, "python").count(f"{hub.url}/api/heads?model={SMOLLM2}@") == 1
        assert f'src="{hub.url}/embed?model={SMOLLM2}' in copied(visitor, "embed")

        page.locator(".header a", has_text="All models").click()
        expect(page).to_have_url(f"{hub.url}/models")
        page.locator(".mini a", has_text="SmolLM2").click()
        visitor.drawn()
        assert page.url.startswith(f"{hub.url}/?model={SMOLLM2}")

        page.goto(f"{hub.url}/embed?model={SMOLLM2}&bins=5")
        visitor.drawn()
        link = page.locator("#whole-page")
        expect(link).to_have_attribute("href", re.compile("model="))
        whole = link.evaluate("link => link.href")
        assert whole.startswith(f"{hub.url}/?model={SMOLLM2}")

        assert not hub.outside
        assert [url for url in asked if not url.startswith((f"{hub.url}/", "data:", "blob:"))] == []

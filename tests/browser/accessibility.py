"""What axe says of a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds serious or critical: the rule and the elements."""
    found = Axe().run(page).response["violations"]
    bad = [v for v in found if v["impact"] in {"serious", "critical"}]
    return [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in bad]

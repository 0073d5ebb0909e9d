"""docs/house.md tells the truth about the page's stores and the folders."""

import re
import runpy
from pathlib import Path

from app.page import ids

ROOT = Path(__file__).parents[2]
HOUSE = (ROOT / "docs" / "house.md").read_text()


def test_the_list_of_stores_is_made_from_the_page():
    script = runpy.run_path(str(ROOT / "scripts/make_house.py"))
    assert script["fill"](HOUSE) == HOUSE, "run: python scripts/make_house.py"


def test_every_store_of_the_page_is_listed():
    listed = set(re.findall(r"^\| `([\w-]+)` \|", HOUSE, re.MULTILINE))
    assert {ids.PAYLOAD, ids.TABLE, ids.SELECTION, ids.WHATIF} <= listed


def test_the_features_are_folders_in_both_languages():
    features = re.search(r"A feature \((.+?)\)", HOUSE, re.DOTALL)[1]
    for name in re.findall(r"`(\w+)`", features):
        assert (ROOT / "app" / "page" / name / "callbacks.py").exists()
        assert (ROOT / "assets" / name / "callbacks.js").exists()


def test_a_callback_of_the_browser_lies_under_the_same_feature_in_both_languages():
    for python in (ROOT / "app" / "page").rglob("callbacks.py"):
        feature = python.parent.name
        registered = re.findall(r'clientside\(\s*app,\s*"(\w+)"', python.read_text())
        script = (ROOT / "assets" / feature / "callbacks.js").read_text()
        exported = set(
            re.findall(r"^export (?:(?:async )?function|const) (\w+)", script, re.MULTILINE)
        )
        assert registered, feature
        assert set(registered) <= exported, feature

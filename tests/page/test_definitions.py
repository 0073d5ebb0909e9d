"""What the browser is told of views, once."""

import json
import subprocess
from pathlib import Path

from deno import find_deno_bin

from app.page.definitions import build
from app.views.catalogue import VIEWS

ROOT = Path(__file__).resolve().parents[2]


def test_every_view_has_its_object_in_the_browser():
    script = (
        'import { VIEWS } from "./assets/views/catalogue.js";'
        "console.log(JSON.stringify(VIEWS.map(({ name }) => name)));"
    )
    done = subprocess.run(
        [find_deno_bin(), "eval", "--quiet", "--no-config", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == list(VIEWS)


def test_the_browser_is_told_what_sets_a_view_apart():
    told = {
        name: (view["control"], view["countsHeads"], view["shared"], view["packed"])
        for name, view in build()["views"].items()
    }
    assert told == {
        "detailed": ("taxonomy", True, "heads", False),
        "grouped": ("taxonomy", True, "heads", False),
        "operations": ("taxonomy", True, "heads", True),
        "budget": ("show", False, "attention", True),
    }
    adding = [name for name, view in build()["views"].items() if view["addsColumns"]]
    assert adding == ["operations"]

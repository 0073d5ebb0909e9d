"""Fill in the table of stores in docs/house.md from the page's own callbacks.

    python scripts/make_house.py

Everything between the two ``stores`` marks is written anew; a test compares.
"""

import re
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from app.page import ids
from app.server import create_app
from headstrata.settings import Settings

HOUSE = Path(__file__).parent.parent / "docs" / "house.md"
START, END = "<!-- stores -->", "<!-- end stores -->"

#: ``NAME = "id"  # store: what it holds``, in app/page/ids.py.
_STORE = re.compile(r'^\w+ = "([\w-]+)"  # store(?:[:;] (.+))?$', re.MULTILINE)
#: One output of a callback, such as ``payload.data`` or ``{"type":…}.value``.
_OUTPUT = re.compile(r"([\w-]+)\.data(?:@\w+)?$")


def main() -> None:
    """Write the table."""
    HOUSE.write_text(fill(HOUSE.read_text()))


def fill(text: str) -> str:
    """The page with its table made anew.

    Raises:
        SystemExit: The page lacks the marks.
    """
    pattern = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"docs/house.md lacks {START} … {END}")
    return pattern.sub(lambda _: f"{START}\n{stores()}\n{END}", text)


def stores() -> str:
    """One row a store: what it holds, which callbacks write it, which read it."""
    writers, readers = defaultdict(list), defaultdict(list)
    for callback in _callbacks():
        name = _name(callback)
        for output in callback["output"].strip(".").split("..."):
            if match := _OUTPUT.match(output):
                writers[match[1]].append(name)
        for part in (*callback["inputs"], *callback["state"]):
            if part["property"] == "data":
                readers[part["id"]].append(name)
    rows = [("store", "holds", "written by", "read by")]
    rows.append(("---",) * 4)
    for store, holds in _STORE.findall(Path(ids.__file__).read_text()):
        written = ", ".join(writers[store]) or "the layout or a script of `assets/`"
        rows.append(
            (f"`{store}`", holds, written, ", ".join(readers[store]) or "a script of `assets/`")
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _callbacks() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        client = create_app(Settings(cache=folder)).server.test_client()
        found: list[dict[str, Any]] = client.get("/_dash-dependencies").get_json()
    return found


def _name(callback: dict[str, Any]) -> str:
    """A browser callback's name; of the server's, what they fill."""
    function = callback["clientside_function"]
    if function:
        return f"`{function['function_name']}`"
    first = callback["output"].strip(".").split("...")[0].partition("@")[0]
    return f"the server for `{first.rpartition('.')[0]}`"


if __name__ == "__main__":
    main()

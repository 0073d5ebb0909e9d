"""The page's one script and one style sheet, from the files below ``assets/``.

    python scripts/make_assets.py

Both are committed: who runs from a clone needs no build. A test compares them with
what this makes. deno bundles with an esbuild whose version it fixes itself; it fetches
that once from npm.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from deno import find_deno_bin

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "assets/headstrata.js"
STYLE = ROOT / "assets/headstrata.css"
#: In the order of the cascade.
STYLES = [
    *("page", "chart", "selection", "about", "head"),
    *("drawers", "thresholds", "observations", "compare", "reference"),
    *("screens", "theme"),
]
NOTE = "/* Made by scripts/make_assets.py (make assets): do not edit. */\n"


def script() -> str:
    """``assets/main.js`` with all that it imports, as one classic script."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "bundle.js"
        options = ["--quiet", "--platform=browser", "--format=iife", f"--output={made}"]
        subprocess.run(
            [find_deno_bin(), "bundle", *options, "assets/main.js"], cwd=ROOT, check=True
        )
        return NOTE + made.read_text(encoding="utf-8")


def style() -> str:
    """The style sheets of ``assets/css/``, joined."""
    sheets = [ROOT / f"assets/css/{name}.css" for name in STYLES]
    return NOTE + "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def main() -> None:
    """Write both."""
    SCRIPT.write_text(script(), encoding="utf-8")
    STYLE.write_text(style(), encoding="utf-8")
    print(f"{SCRIPT.relative_to(ROOT)} and {STYLE.relative_to(ROOT)} are made.", file=sys.stderr)


if __name__ == "__main__":
    main()

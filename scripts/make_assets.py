"""The page's script, the overview's script and their one style sheet, from ``assets/``.

    python scripts/make_assets.py

They are committed: who runs from a clone needs no build. A test compares them with
what this makes. deno bundles with an esbuild whose version it fixes itself; it fetches
that once from npm.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from deno import find_deno_bin

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "assets/headstrata.js"
OVERVIEW = ROOT / "assets/overview.js"
STYLE = ROOT / "assets/headstrata.css"
#: In the order of the cascade.
STYLES = [
    *("page", "first", "chart", "selection", "about", "head"),
    *("drawers", "thresholds", "observations", "patterns", "compare", "reference"),
    *("ranked", "find", "sensitivity", "effects"),
    *("overview", "screens", "theme"),
]
#: A rule for the dark theme: no braces in it, at the start of a line.
DARK = re.compile(r'^(?::root)?\[data-theme="dark"\][^{}]*\{[^}]*\}\n', re.MULTILINE)
DARK_ROOT = re.compile(r'^(?::root)?\[data-theme="dark"\]', re.MULTILINE)
NOTE = "/* Made by scripts/make_assets.py (make assets): do not edit. */\n"


def script(source: str = "assets/main.js") -> str:
    """A script with all that it imports, as one classic script."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "bundle.js"
        options = ["--quiet", "--platform=browser", "--format=iife", f"--output={made}"]
        subprocess.run([find_deno_bin(), "bundle", *options, source], cwd=ROOT, check=True)
        return NOTE + made.read_text(encoding="utf-8")


def overview() -> str:
    """The script of ``/models``."""
    return script("assets/overview/main.js")


def style() -> str:
    """The style sheets of ``assets/css/``, joined.

    The dark theme's rules stand there twice: also for a reader whose system is dark, until the
    scripts have set ``data-theme``.
    """
    sheets = [ROOT / f"assets/css/{name}.css" for name in STYLES]
    joined = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    dark = DARK_ROOT.sub(":root:not([data-theme])", "".join(DARK.findall(joined)))
    return f"{NOTE}{joined}\n@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def main() -> None:
    """Write them."""
    SCRIPT.write_text(script(), encoding="utf-8")
    OVERVIEW.write_text(overview(), encoding="utf-8")
    STYLE.write_text(style(), encoding="utf-8")
    made = ", ".join(str(path.relative_to(ROOT)) for path in (SCRIPT, OVERVIEW, STYLE))
    print(f"{made} are made.", file=sys.stderr)


if __name__ == "__main__":
    main()

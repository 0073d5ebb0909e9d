"""The page's script and style sheet: made from their sources, which keep to their folders."""

import re
from pathlib import Path

import pytest

from app.server import create_app
from headstrata.settings import Settings
from scripts import make_assets

ASSETS = Path(__file__).parents[2] / "assets"
#: A folder imports from those before it only; what is beside it stands in the same line.
FLOORS = [
    {"dash", "views"},
    {"fields"},
    {"chart", "table"},
    {"selection"},
    {"thresholds", "compare", "observations", "reference", "first", "ranked", "find"}
    | {"patterns", "sensitivity", "scatter", "effects"},
    {"page", "overview"},
]
SOURCES = sorted(path for path in ASSETS.glob("*/*.js") if path.parent.name != "vendor")


def imports(source: Path) -> list[Path]:
    """The files that one imports from."""
    found = re.findall(
        r'^(?:import|export|\}).* from "([^"]+)";$', source.read_text(), re.MULTILINE
    )
    return [(source.parent / name).resolve() for name in found]


@pytest.mark.parametrize("name", ["script", "overview", "style"])
def test_what_the_page_loads_is_made_from_the_sources(name):
    committed = getattr(make_assets, name.upper())
    made = getattr(make_assets, name)()
    assert committed.read_text(encoding="utf-8") == made, f"run make assets: {committed} is old"


def test_the_page_loads_one_script_and_one_style_sheet_of_ours(tmp_path):
    page = create_app(Settings.load(cache=str(tmp_path))).server.test_client().get("/").text
    linked = re.findall(r'(?:src|href)="(?:\./)?assets/([^"]+)"', page)
    assert [re.sub(r"\?m=[\d.]+$", "", path) for path in linked if "?m=" in path] == [
        "headstrata.css",
        "headstrata.js",
        *(f"vendor/{path.name}" for path in sorted(ASSETS.glob("vendor/*.js"))),
    ]
    assert [path for path in linked if "?m=" not in path] == ["favicon.svg"]


def test_no_change_of_the_page_asks_the_whole_page_for_its_style_again():
    """``:has()`` on the page's root, or with every child as its subject, made the browser style
    all elements anew at each change: 40 ms of a first visit became 350, a slider's step 27 to 63.
    """
    rules = re.findall(r"[^{}]*:has\([^{}]*(?=\{)", make_assets.style())
    assert rules
    dear = re.compile(r"(?:^|[\s,])(?::root|html|body)[^\s,]*:has\(|:has\([^{}]*\*[^{}()]*$")
    assert [rule for rule in rules if dear.search(rule)] == []


def test_every_style_sheet_is_in_the_cascade():
    assert sorted(make_assets.STYLES) == sorted(path.stem for path in ASSETS.glob("css/*.css"))


def test_no_folder_imports_from_one_above_or_beside_it():
    floor = {name: height for height, names in enumerate(FLOORS) for name in names}
    for source in SOURCES:
        for used in imports(source):
            own, other = source.parent.name, used.parent.name
            assert other == own or floor[other] < floor[own], f"{source} imports {used}"


def test_no_file_imports_itself_by_a_way_round():
    above: dict[Path, set[Path]] = {source: set(imports(source)) for source in SOURCES}
    while leaves := {source for source, used in above.items() if not used & above.keys()}:
        above = {source: used for source, used in above.items() if source not in leaves}
    assert not above, f"these import each other: {sorted(above)}"

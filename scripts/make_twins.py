"""What Python and the browser both say, as ``tests/twins.json``: cases and Python's answers.

    python scripts/make_twins.py

Binning, rounding, thresholds, labels and packing are written in both languages, since the
page follows a drag without the server. The cases are chosen here by hand; what they make is
Python's. ``tests/page/test_twins.py`` says that the file is what Python makes now,
``tests/javascript/`` that the browser makes the same.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from app.analysis.compare import align, relative_bins
from app.overview.cards import folded
from app.overview.depth import binned, paths, reach
from app.page import definitions
from app.page.compare import data
from app.page.compare.comparison import Pair, depth, points
from app.page.selection import head_card
from app.page.table import payload
from app.views import catalogue
from app.views.intervals import count_interval, with_intervals
from app.views.packing import MARGIN_UNIT, MARGIN_WIDTH, SCORE_UNIT, pack, pack_grid
from app.views.thresholds import format_thresholds, parse_thresholds
from app.views.view import View
from app.views.words import decimals
from cache.bins import NOT_MEASURED, bin_heads
from cache.store import Table
from headstrata.errors import UserError
from vocabulary.taxonomy import BUDGET, CATEGORIES

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
import made_tables

FILE = Path(__file__).resolve().parent.parent / "tests" / "twins.json"

#: Two tables whose depths share no divisor, one with layers without attention, and one whose
#: layers differ: (layers, heads per layer).
SHAPES: dict[str, tuple[int, int | tuple[int, ...]]] = {
    "one": (11, 7),
    "other": (6, 5),
    "hybrid": (12, made_tables.HYBRID),
    "uneven": (3, made_tables.UNEVEN),
}
#: The views that a made table can be shown in.
VIEWS = ("detailed", "grouped", "budget")
#: Heads per segment of one bin: 2 of 45, halves of a last digit (1 of 16 is 6.25 %, 1 of 2000
#: .05 %), thirds, less than a tenth of a per cent, none, all.
COUNTS = [
    [2, 43],
    [1, 15],
    [3, 13],
    [1, 1999],
    [1, 999],
    [1, 1, 1],
    [1, 1, 1, 1, 1, 1],
    [2, 2, 2, 1],
    [1, 2500],
    [0, 5],
    [7],
    [9, 24, 3, 0, 264],
]
#: (chances in thousandths, certain heads, drawn heads).
INTERVALS: list[tuple[list[int], int, int]] = [
    ([], 4, 4),
    ([500], 0, 1),
    ([20], 3, 3),
    ([980, 980], 3, 5),
    ([500] * 10, 2, 7),
    ([100] * 30, 0, 9),  # drawn beyond what is likely: inside all the same
    ([1, 999, 333, 667, 250, 750], 1, 3),
]
#: What may stand behind ``t=`` in a link.
THRESHOLDS = [
    "",
    "induction:0.3",
    "broad:0.7,induction:0.3",
    " induction : 0.3 , ",
    ",,induction:0.3, ,",
    "induction:0.3,\t",
    "\tinduction:0.3",
    "induction:0.3\n",
    "induction:\u00a00.3",
    "induction:.3",
    "induction:0.300",
    "induction:0.333",
    "induction:0.3334",
    "induction:0.3335",
    "induction:0.0005",
    "induction:0.0004",
    "induction:1",
    "induction:1.0",
    "induction:0.4",
    "induction:0.4,broad:0.5",
    "induction:0",
    "induction:0.0",
    "induction:1.001",
    "induction:7",
    f"induction:{'9' * 400}",
    "induction:-0.3",
    "induction:+0.3",
    "induction:3e-1",
    "induction:0_3",
    "induction:0.3_3",
    "induction:nan",
    "induction:inf",
    "induction:0,3",
    "induction:1.",
    "induction:",
    "induction",
    ":0.3",
    "Induction:0.3",
    "nobody:0.2",
    "constructor:0.2",
    "induction:0.3:0.4",
    "induction:0.3,induction:0.5",
    "induction:0.3,induction:0.3",
    "induction:0.4,induction:0.4",
    "induction:0.4,induction:0.3",
    "induction:٠.٣",
    "<b>",
]
#: Thresholds as a slider leaves them.
WRITTEN = [
    {},
    {"induction": 0.3},
    {"broad": 0.7, "induction": 0.3},
    {"induction": 0.4},
    {"induction": 1.0},
    {"induction": 0.05, "broad": 0.333},
    {"induction": 0.001},
]
DIGITS = [0.4, 0.78, 0.333, 0.05, 0.001, 1.0, 0.3005, 0.125]
#: (score, standard error); None: not known.
SCORES = [
    (0.784, 0.012),
    (0.785, 0.004),
    (0.0, 0.0),
    (1.0, 0.005),
    (0.12, 0.0049),
    (0.375, None),
    (0.9999, 0.5),
    (0.004, 0.126),
]
#: Differences of two tables' shares; 1/16 is 6.25 points and 1/80 is 1.25: halves of a last digit.
STEPS = [
    *(0.0, 0.031, -0.031, 0.0004, -0.0004, 0.0006, 1.0, -1.0, 0.25, 0.1234),
    *(1 / 16, -1 / 16, 1 / 80, -1 / 80),
]
#: (layers, width, layers of the other table).
DEPTHS = [(48, 12, 30), (48, 13, 30), (12, 1, 48), (11, 2, 6), (6, 4, 11), (1, 1, 5), (16, 2, 8)]
#: Of a table of 48 x 25 heads: there, not there, and no heads at all.
HEADS = [
    *("0.0", "18.6", "3.11", "47.24", "018.06"),
    *("48.0", "0.25", "18", "18.", ".6", "a.b", "-1.0", "1.2.3", "1e1.0", "٣.٤"),
]
#: (numbers, digits, unit); None: missing.
PACKED: list[tuple[list[float | None], int, float]] = [
    ([0, 1, 9, 10, 35, None], 1, 1.0),
    ([0, 35, 36, None, 1295], 2, 1.0),
    ([0.78, 0.001, 1.0, None, 0.0], 2, SCORE_UNIT),
    ([13.37, 949.5, 0.0, None], MARGIN_WIDTH, MARGIN_UNIT),
    ([46655, 36], 3, 1.0),
]

FOLDED = ["Ünï Mödel", "GPT-2 XL", "Ångström ﬁne", "Żółć 模型"]


def twins() -> dict[str, Any]:
    """All cases with what Python says of them."""
    one, other, hybrid, uneven = made = [_table(name) for name in SHAPES]
    return {
        "definitions": _definitions(),
        "tables": {table.name: _sent(table) for table in made},
        "bins": [
            _bins(table, view, width)
            for table in made
            for view in VIEWS
            for width in range(1, table.provenance.layers + 1)
        ],
        "intervals": [
            {"chances": chances, "certain": certain, "drawn": drawn, "ends": ends}
            for chances, certain, drawn in INTERVALS
            if (ends := list(count_interval(chances, certain, drawn)))
        ],
        "percents": [{"counts": counts, "texts": _percents(counts)} for counts in COUNTS],
        "thresholds": [_read(text) for text in THRESHOLDS],
        "written": [{"thresholds": t, "text": format_thresholds(t)} for t in WRITTEN],
        "digits": [{"value": value, "text": decimals(value)} for value in DIGITS],
        "scores": [_score(*pair) for pair in SCORES],
        "points": [{"step": step, "text": points(step)} for step in STEPS],
        "depths": [_depth(*sizes) for sizes in DEPTHS],
        "compared": [
            *(_compared(one, other, view) for view in VIEWS),
            *(_compared(one, hybrid, view) for view in ("detailed", "budget")),
            _compared(hybrid, uneven, "detailed"),
        ],
        "heads": [_head(WIDE, key) for key in HEADS],
        "grids": [_grid(table) for table in made],
        "packed": [_packed(*case) for case in PACKED],
        "small": [_small(table, bins) for table in made for bins in (2, 5, 12)],
        "folded": [{"text": text, "folded": folded(text)} for text in FOLDED],
    }


def _small(table: Table, bins: int) -> dict[str, Any]:
    """A table as the overview draws it: its heads by layer and category, and the paths."""
    layers = table.provenance.layers
    counts: dict[str, list[int]] = {}
    for layer, category in zip(table.heads["layer"], table.heads["category"], strict=True):
        counts.setdefault(category, [0] * layers)[layer] += 1
    order = list(CATEGORIES)
    drawn = {"paths": paths(counts, order, layers, bins)}
    reached = list(reach(binned(counts, layers, bins)))
    return {"layers": layers, "bins": bins, "counts": counts, "reach": reached, **drawn}


def _table(name: str) -> Table:
    """A table with every category somewhere, and budgets that differ from head to head.

    Only the other one has heads that nobody measured, learned sinks and long range.
    """
    layers, per_layer = SHAPES[name]
    rare = (NOT_MEASURED, "learned_sink", "mass_sink", "long_range")
    masses = [mass for mass in BUDGET if mass not in rare or name == "other"]
    names = [c for c in CATEGORIES if c not in rare or name == "other"]
    heads = made_tables.heads(layers, per_layer)
    count = len(heads)
    named = [names[(5 * row + row // 3) % len(names)] for row in range(count)]
    heads["category"] = named
    heads["group"] = [CATEGORIES[category].group for category in named]
    if name == "one":  # some heads near a threshold
        heads["induction"] = [0.38 + 0.005 * (row % 9) for row in range(count)]
        heads["induction_se"] = 0.01
    for at, mass in enumerate(masses):
        heads[mass] = [1.0 + (row * (at + 2)) % 13 for row in range(count)]
    heads[masses] = heads[masses].div(heads[masses].sum(axis=1), axis=0)
    return Table(name, heads, made_tables.provenance(layers, per_layer, title=f"Made {name}"))


WIDE = Table("wide", made_tables.heads(48, 25), made_tables.provenance(48, 25))


def _definitions() -> dict[str, Any]:
    """What of the page's definitions is said in words: no figures, no colours."""
    told = definitions.build()
    for view in told["views"].values():
        view["segments"] = [
            {key: one[key] for key in ("name", "label", "optional")} for one in view["segments"]
        ]
    named = ("views", "thresholds", "prompts", "scoreOf", "ruledScores", "scoreLabels", "measures")
    return {key: told[key] for key in named}


def _sent(table: Table) -> dict[str, Any]:
    """The table as it reaches the browser, with its further views."""
    further = {view: packed for view, packed in catalogue.further(table).items() if packed}
    sent = {**payload.build(table), "stamp": "1", "has": catalogue.offered(table), "t": ""}
    return {**sent, **further}


def _bins(table: Table, name: str, width: int) -> dict[str, Any]:
    """What is drawn in each bin, in the order of ``segments``."""
    view = catalogue.find(name)
    binned = view.binned(table, width)
    bins = [
        {
            "label": str(label),
            **({"heads": inside["heads"].tolist()} if view.counts_heads else {}),
            "percents": inside["percent"].tolist(),
        }
        for label, inside in binned.groupby("bin", sort=False)
    ]
    told = with_intervals(binned, table, view.column)
    if "heads_low" in told:
        for one, (_, inside) in zip(bins, told.groupby("bin", sort=False), strict=True):
            ends = inside[["heads_low", "heads_high"]].to_numpy(dtype=int)
            one["intervals"] = ends.tolist()
    segments = list(dict.fromkeys(binned[view.column]))
    case = {"table": table.name, "view": name, "width": width}
    return {**case, "segments": segments, "bins": bins}


def _percents(counts: list[int]) -> list[str]:
    """One bin's percentages, as API, downloads and page print them."""
    names = [f"segment {place}" for place in range(len(counts))]
    of = np.repeat(names, counts)
    heads = pd.DataFrame({"layer": 0, "head": np.arange(len(of)), "segment": of})
    return [str(text) for text in bin_heads(heads, 1, "segment", names)["percent"]]


def _read(text: str) -> dict[str, Any]:
    """The thresholds of a link; null where it is refused."""
    try:
        return {"text": text, "read": parse_thresholds(text)}
    except UserError:
        return {"text": text, "read": None}


def _score(score: float, error: float | None) -> dict[str, Any]:
    text = head_card._words(score, math.nan if error is None else error)
    return {"score": score, "error": error, "text": text}


def _depth(layers: int, width: int, others: int) -> dict[str, Any]:
    """What the bins of depth of two tables are called, for a bin width of the first."""
    bins = relative_bins(layers, width, others)
    labels = [depth(f"{at / bins:.0%}-{(at + 1) / bins:.0%}") for at in range(bins)]
    return {"layers": layers, "width": width, "others": others, "labels": labels}


def _compared(one: Table, other: Table, name: str) -> dict[str, Any]:
    """The second table as it is sent, and both tables' shares by depth, to a millionth."""
    view = catalogue.find(name)
    asked = {"model": one.name, "other": other.name, "taxonomy": name, "show": "count"}
    widths = range(1, one.provenance.layers + 1)
    return {
        "compared": {**data.pack_other(Pair(one, other, view), []), **asked},
        "segments": list(view.labels),
        "widths": [{"width": width, **_aligned(one, other, view, width)} for width in widths],
    }


def _aligned(one: Table, other: Table, view: View, width: int) -> dict[str, Any]:
    bins = relative_bins(one.provenance.layers, width, other.provenance.layers)
    layers = one.grid.layers, other.grid.layers
    aligned = align(view.labelled(one), view.labelled(other), bins, view, layers)
    labels = [depth(str(place)) for place in dict.fromkeys(aligned["bin"])]
    shares = {
        side: [
            [None if math.isnan(share) else share for share in inside]  # a bin without heads
            for inside in aligned[f"share_{side}"].round(6).to_numpy().reshape(bins, -1).tolist()
        ]
        for side in ("one", "other")
    }
    return {"labels": labels, **shares}


def _head(table: Table, key: str) -> dict[str, Any]:
    """A head's row and name; null where the table has none of this key."""
    try:
        row = int(head_card.find(table, key).name)
    except UserError:
        return {"key": key, "row": None, "label": None}
    heading = head_card.build(table, key)[0].children
    return {"key": key, "row": row, "label": heading[0].children}


def _grid(table: Table) -> dict[str, Any]:
    """The grid as it is sent, with every head of it and what is said of it."""
    grid = table.grid
    names = [grid.name(row) for row in range(grid.size)]
    said = {"heads": grid.heads_text, "attention": grid.attention_text}
    return {"grid": pack_grid(grid), "names": names, "said": said}


def _packed(numbers: list[float | None], width: int, unit: float) -> dict[str, Any]:
    text = pack([math.nan if number is None else number for number in numbers], width, unit)
    return {"numbers": numbers, "width": width, "unit": unit, "text": text}


def written(cases: dict[str, Any]) -> str:
    """The file's text: a line a case, so that a difference shows which."""
    parts = []
    for name, listed in cases.items():
        one_by_one = isinstance(listed, list)
        keys = [""] * len(listed) if one_by_one else [f"{json.dumps(key)}: " for key in listed]
        values = listed if one_by_one else listed.values()
        lines = [
            f"    {key}{json.dumps(value, ensure_ascii=False)}"
            for key, value in zip(keys, values, strict=True)
        ]
        first, last = "[]" if one_by_one else "{}"
        parts.append(f"  {json.dumps(name)}: {first}\n" + ",\n".join(lines) + f"\n  {last}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Write the file."""
    FILE.write_text(written(twins()), encoding="utf-8")
    print(f"{FILE.name} is made.", file=sys.stderr)


if __name__ == "__main__":
    main()

"""The figure from which this project started: as described, and corrected.

A stacked bar "GPT-2 xl": x is Layer_Bin ([0, 12) … [36, 48)), y is # heads (0 to 35),
percentages are inside the segments. Its description misread one row, so that the
bins do not add up. With that row corrected, every percentage is a whole number of
33, 33, 34 and 34 heads. The figure is most likely the human check of 134 sampled
heads in Elhelo and Geva 2024 (MAPS, arXiv 2412.11965); its legend is inferred, not
read, and the ids of the heads are not published. So it is shown beside the computed
chart, and its numbers are never mixed with computed ones.
"""

from dataclasses import dataclass

import pandas as pd

from app.analysis.integrity import BinCheck, check_bins
from cache.percent import percent_of, tenths_of_percent

TITLE = "GPT-2 xl"
X_TITLE = "Layer_Bin"
Y_TITLE = "# heads"
#: The range of its y axis; no bin can hold more heads.
Y_RANGE = (0, 35)
BINS = ("[0, 12)", "[12, 24)", "[24, 36)", "[36, 48)")
CITATION = "elhelo2024"
#: The model that it is of (``Provenance.reference``).
REFERENCE = "gpt2-xl"


@dataclass(frozen=True)
class Row:
    """One colour of the figure, bottom first."""

    name: str
    label: str
    colour: str
    meaning: str
    """Inferred, not read off the figure."""
    described: tuple[str, ...]
    """Percentages as its description gives them, bin by bin."""
    corrected: tuple[int, ...]
    """Numbers of heads after the misread row is corrected."""


ROWS = (
    Row(
        "dark_green",
        "dark green",
        "#14645c",
        "a described operation that annotators accept",
        ("0.0", "21.2", "36.4", "55.9"),
        (7, 12, 27, 19),
    ),
    Row(
        "light_green",
        "light green",
        "#87e377",
        "neither the description nor the annotators see an operation",
        ("66.7", "48.5", "79.4", "26.5"),
        (22, 16, 3, 9),
    ),
    Row(
        "red",
        "pink",
        "#be8d94",
        "an operation that the description missed",
        ("0.0", "3.0", "2.9", "0.0"),
        (0, 1, 1, 0),
    ),
    Row(
        "dark_red",
        "dark red",
        "#810019",
        "a described operation that annotators reject",
        ("12.1", "12.1", "8.8", "17.6"),
        (4, 4, 3, 6),
    ),
)

LABELS = {row.name: row.label for row in ROWS}


def described() -> pd.DataFrame:
    """The figure as described.

    Returns:
        ``bin``, ``segment``, ``label``, ``colour``, ``percent`` (a number 0..100) and
        ``height`` (heads on the y axis: the percentage of the corrected bin's heads,
        because the description gives no heights).
    """
    totals = head_totals()
    return pd.DataFrame(
        [
            {
                "bin": name,
                "segment": row.name,
                "label": row.label,
                "colour": row.colour,
                "percent": float(row.described[i]),
                "height": float(row.described[i]) / 100 * totals[name],
            }
            for i, name in enumerate(BINS)
            for row in ROWS
        ]
    )


def corrected() -> pd.DataFrame:
    """The figure with the misread row corrected: as ``described``, and ``heads``."""
    totals = head_totals()
    table = pd.DataFrame(
        [
            {
                "bin": name,
                "segment": row.name,
                "label": row.label,
                "colour": row.colour,
                "heads": row.corrected[i],
                "height": float(row.corrected[i]),
                "percent": int(tenths_of_percent(row.corrected[i], totals[name])) / 10,
            }
            for i, name in enumerate(BINS)
            for row in ROWS
        ]
    )
    return table[["bin", "segment", "label", "colour", "percent", "height", "heads"]]


def head_totals() -> dict[str, int]:
    """Heads in each bin of the corrected figure."""
    return {name: sum(row.corrected[i] for row in ROWS) for i, name in enumerate(BINS)}


def check_described() -> list[BinCheck]:
    """The integrity check on the figure as described."""
    return check_bins(described(), "segment", _plausible())


def check_corrected() -> list[BinCheck]:
    """The integrity check on the corrected figure."""
    return check_bins(corrected(), "segment", _plausible())


def _plausible() -> range:
    """Heads a bin may hold: one up to the end of the y axis."""
    return range(1, Y_RANGE[1] + 1)


def explain() -> list[str]:
    """Sentences: which bins do not add up, why, and what the figure shows."""
    wrong = [check for check in check_described() if not check.is_sound]
    totals = [check.totals[0] for check in check_corrected()]
    sums = ", ".join(f"{check.total_percent:.1f}% in {check.bin}" for check in wrong)
    return [
        f"As described, {len(wrong)} of its {len(BINS)} bins do not add up: {sums}.",
        *(check.sentence(LABELS) for check in wrong),
        "The reason is one mis-read row: dark green was read shifted by one bin. Its first two "
        "values belong one bin further to the left "
        f"({_percent(0, 0)} in {BINS[0]}, {_percent(0, 1)} in {BINS[1]}), and the "
        f"{_percent(0, 2)} that was read as light green in {BINS[2]} is dark green's; "
        f"{_percent(1, 2)} is left for light green there.",
        f"Put right, every percentage is a whole number of heads: "
        f"{' + '.join(map(str, totals))} = {sum(totals)} heads.",
        f"Its categories are most likely a human check of described operations on {sum(totals)} "
        "sampled heads: whether annotators agree with what a head was said to do. They are not "
        "attention patterns. Which heads were sampled is not published, so the figure cannot be "
        "recomputed head by head: it stands beside the computed chart, and nothing of it is "
        "mixed in. The meaning of the colours is inferred, not read.",
    ]


def _percent(row: int, place: int) -> str:
    return percent_of(ROWS[row].corrected[place], head_totals()[BINS[place]])

"""Scores, categories, groups, thresholds, colours and sentences: defined here, once.

The worker, the page, the downloads, the API and the README all read them from
here. Plain data: no torch, no pandas. A new category is one new entry in
``CATEGORIES`` (and, if it needs a score of its own, one in ``SCORES``, ``optional``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Probe = Literal["repeated", "natural"]
Tier = Literal[1, 2, 0]

#: Raised whenever a rule, a threshold or a score's definition changes.
TAXONOMY_VERSION = 1

#: A head is ``mixed`` when some score reaches this share of its threshold.
MIXED_SHARE = 0.5
#: Delimiter heads must beat the text's share of delimiters by this factor.
DELIMITER_LIFT = 2.0

PROBES: dict[Probe, str] = {
    "repeated": "a stretch of random ordinary tokens, then the same stretch again",
    "natural": "natural text",
}


@dataclass(frozen=True)
class Score:
    """One number a head gets, averaged over query positions and then over prompts."""

    name: str
    label: str
    sentence: str
    formula: str
    probe: Probe
    unit: str
    citations: tuple[str, ...]
    optional: bool = False
    """Whether a table may lack it, as every table does that is older than the score."""


@dataclass(frozen=True)
class Category:
    """One exclusive label: the rule is ``score >= threshold`` within its tier."""

    name: str
    label: str
    group: str
    sentence: str
    colour: str
    pattern: str
    """Plotly pattern shape: a second channel beside the colour ('' is plain)."""
    tier: Tier = 0
    score: str | None = None
    threshold: float | None = None
    citations: tuple[str, ...] = ()
    dark: str = ""
    """Its colour on the dark theme, where that is another one."""


@dataclass(frozen=True)
class Group:
    """One of the four families of categories (and the heads that nobody measured)."""

    name: str
    label: str
    sentence: str
    colour: str
    pattern: str = ""
    dark: str = ""
    """Its colour on the dark theme, where that is another one."""


SCORES: dict[str, Score] = {
    score.name: score
    for score in (
        Score(
            "induction",
            "Induction (prefix matching)",
            "attention to the token that followed the current token's earlier copy",
            "mean of A[q, q-(n-1)], q in the second copy",
            "repeated",
            "attention, 0..1",
            ("olsson2022",),
        ),
        Score(
            "duplicate_token",
            "Duplicate token",
            "attention to the current token's earlier copy",
            "mean of A[q, q-n], q in the second copy",
            "repeated",
            "attention, 0..1",
            ("wang2022",),
        ),
        Score(
            "previous_token",
            "Previous token",
            "attention to the token just before",
            "mean of A[q, q-1]",
            "natural",
            "attention, 0..1",
            ("voita2019", "clark2019"),
        ),
        Score(
            "current_token",
            "Current token",
            "attention to the current token itself",
            "mean of A[q, q]",
            "natural",
            "attention, 0..1",
            ("clark2019",),
        ),
        Score(
            "local_window",
            "Local window",
            "attention to the five tokens before, first token excluded",
            "mean of the sum of A[q, q-d], d = 1..5, first token excluded",
            "natural",
            "attention, 0..1",
            ("voita2019",),
        ),
        Score(
            "delimiter",
            "Delimiter",
            "attention to punctuation and line breaks, first token excluded",
            "mean of the sum of A[q, k] over punctuation and newline keys k > 0",
            "natural",
            "attention, 0..1",
            ("clark2019",),
        ),
        Score(
            "first_token",
            "First token (attention sink)",
            "attention to the first token",
            "mean of A[q, 0]",
            "natural",
            "attention, 0..1",
            ("xiao2023", "gu2024"),
        ),
        Score(
            "entropy",
            "Entropy",
            "how evenly the attention is spread: 0 is one token, 1 is all tokens alike",
            "mean of -sum A log A / log(number of reachable keys)",
            "natural",
            "share of the largest possible entropy, 0..1",
            ("clark2019",),
        ),
        Score(
            "mean_distance",
            "Mean distance",
            "how far back the attention lies: 0 is the current token, 1 the farthest reachable",
            "mean of sum A[q, k] (q - k) / (largest reachable q - k)",
            "natural",
            "share of the largest reachable distance, 0..1",
            ("voita2019",),
        ),
    )
}

BUDGET: dict[str, str] = {
    "mass_first": "the first token",
    "mass_current": "the current token",
    "mass_previous": "the previous token",
    "mass_repeat": "earlier copies of the current token",
    "mass_after_repeat": "tokens right after an earlier copy",
    "mass_local": "two to five tokens back",
    "mass_delimiter": "punctuation and line breaks",
    "mass_other": "everything else",
}
"""Where a query's attention goes on natural text: disjoint, in this order, sums to 1."""

GROUPS: dict[str, Group] = {
    group.name: group
    for group in (
        Group(
            "content",
            "Content",
            "heads that look for a token because of what it is",
            "#14645c",
        ),
        Group(
            "positional",
            "Positional",
            "heads that look at a place near the current token, whatever stands there",
            "#87e377",
            "/",
        ),
        Group(
            "sink",
            "Sink",
            "heads that rest on the first token or on delimiters",
            "#810019",
            "x",
        ),
        Group(
            "diffuse",
            "Diffuse",
            "heads that spread their attention or show no single habit",
            "#be8d94",
            "|",
        ),
        Group(
            "not_measured",
            "Not measured",
            "heads whose published scores reach no threshold while other scores are missing",
            "#ebebeb",
            ".",
            dark="#2b2740",
        ),
    )
}

CATEGORIES: dict[str, Category] = {
    category.name: category
    for category in (
        Category(
            "induction",
            "Induction pattern",
            "content",
            "On a repeated sequence it looks at the token that came next the last time.",
            "#113a29",
            "",
            1,
            "induction",
            0.4,
            ("olsson2022",),
        ),
        Category(
            "duplicate_token",
            "Duplicate token",
            "content",
            "It looks at earlier copies of the current token.",
            "#2c9992",
            "-",
            1,
            "duplicate_token",
            0.4,
            ("wang2022",),
        ),
        Category(
            "previous_token",
            "Previous token",
            "positional",
            "It looks at the token just before the current one.",
            "#7d8b1c",
            "",
            1,
            "previous_token",
            0.4,
            ("voita2019", "clark2019"),
        ),
        Category(
            "current_token",
            "Current token",
            "positional",
            "It looks at the current token itself.",
            "#b6df6f",
            "/",
            1,
            "current_token",
            0.4,
            ("clark2019",),
        ),
        Category(
            "local_window",
            "Local window",
            "positional",
            "It spreads its attention over the last five tokens.",
            "#f4efc8",
            "|",
            1,
            "local_window",
            0.5,
            ("voita2019",),
        ),
        Category(
            "first_token",
            "First token (sink)",
            "sink",
            "It rests on the first token of the text and does little else there.",
            "#8a264e",
            "",
            2,
            "first_token",
            0.4,
            ("xiao2023", "gu2024"),
        ),
        Category(
            "delimiter",
            "Delimiter",
            "sink",
            "It looks at punctuation and line breaks, far more than their share of the text.",
            "#f4488d",
            "\\",
            1,
            "delimiter",
            0.4,
            ("clark2019",),
        ),
        Category(
            "broad",
            "Broad",
            "diffuse",
            "It spreads its attention widely over the text.",
            "#e0b8b9",
            "",
            2,
            "entropy",
            0.78,
            ("clark2019",),
        ),
        Category(
            "mixed",
            "Mixed",
            "diffuse",
            "It does several things, none enough for a name: some score is at half its "
            "threshold or more.",
            "#e28966",
            "x",
        ),
        Category(
            "unclassified",
            "Unclassified",
            "diffuse",
            "No score reaches even half its threshold.",
            "#8c6b56",
            "+",
        ),
        Category(
            "not_measured",
            "Not measured",
            "not_measured",
            "Its published scores reach no threshold, and the other scores were never published.",
            "#dfe4ea",
            ".",
            dark="#2b2740",
        ),
    )
}

#: The categories that a threshold decides, by tier: what a head does when its
#: trigger is there beats what it does at rest, because most heads idle on a sink.
FIRST_TIER = tuple(c.name for c in CATEGORIES.values() if c.tier == 1)
SECOND_TIER = tuple(c.name for c in CATEGORIES.values() if c.tier == 2)

THRESHOLDS: dict[str, float] = {
    c.name: c.threshold for c in CATEGORIES.values() if c.threshold is not None
}


def group_of(categories: Mapping[str, Category] = CATEGORIES) -> dict[str, str]:
    """Category name to group name."""
    return {category.name: category.group for category in categories.values()}


def category_named(name: str, group: str = "") -> Category:
    """A category by its name; for one that only a newer version knows, a stand-in.

    Args:
        name: As a table's provenance declares it.
        group: Its group there.
    """
    if name in CATEGORIES:
        return CATEGORIES[name]
    return Category(name, _label(name), group, _UNKNOWN, _GREY, ".", dark=_DARK_GREY)


def group_named(name: str) -> Group:
    """A group by its name; for one that only a newer version knows, a stand-in."""
    return GROUPS.get(name) or Group(name, _label(name), _UNKNOWN_GROUP, _GREY, ".", _DARK_GREY)


def describe_probe(name: str) -> str:
    """A probe in words; one that only a newer version knows by its name."""
    return next((text for probe, text in PROBES.items() if probe == name), name)


_UNKNOWN = "A newer version of Headstrata named it so; this one does not know its rule."
_UNKNOWN_GROUP = "heads of a family that only a newer version of Headstrata knows"
_GREY, _DARK_GREY = "#b9bec4", "#5c5f66"


def _label(name: str) -> str:
    """``long_range`` as people read it: ``Long range``."""
    return name.replace("_", " ").capitalize()

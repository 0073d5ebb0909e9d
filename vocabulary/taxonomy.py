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
TAXONOMY_VERSION = 2

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
    """Its colour on the dark theme; every one has its own, 3:1 against the ground."""
    optional: bool = False
    """Whether most models cannot have it: it is listed only where some head is in it."""
    short: str = ""
    """The label where all categories stand in a row; '' is the label itself."""


@dataclass(frozen=True)
class Group:
    """One of the four families of categories (and the heads that nobody measured)."""

    name: str
    label: str
    sentence: str
    colour: str
    pattern: str = ""
    dark: str = ""
    """Its colour on the dark theme; every one has its own, 3:1 against the ground."""


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
            "mean of -sum A log A / log(number of reachable keys), a learned sink counted as one",
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
        Score(
            "mass_sink",
            "Learned sink",
            "attention that rests on the layer's learned sink, which is no token",
            "mean of 1 - sum of A[q, k], in layers with a learned sink",
            "natural",
            "attention, 0..1",
            ("openai2025", "xiao2023"),
            optional=True,
        ),
        Score(
            "long_range",
            "Long range",
            "attention to ordinary tokens more than five back, without copies of the current "
            "token, what followed them, and the first token",
            "mean of the attention budget's mass_other",
            "natural",
            "attention, 0..1",
            (),
            optional=True,
        ),
        Score(
            "natural_induction",
            "Induction on natural text",
            "attention to tokens right after an earlier copy of the current token, where there "
            "is one",
            "mean of the attention budget's mass_after_repeat, queries with such a key only",
            "natural",
            "attention, 0..1",
            ("olsson2022",),
            optional=True,
        ),
        Score(
            "first_token_value",
            "First token, weighted by values",
            "the first token's share of what the head writes, each token by the size of its value",
            "mean of |A[q, 0] v_0 W| / sum of |A[q, k] v_k W|, W the head's output projection",
            "natural",
            "share of the written, 0..1",
            ("kobayashi2020",),
            optional=True,
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
    "mass_sink": "a learned sink",
    "mass_other": "everything else",
}
"""Where a query's attention goes on natural text: disjoint, in this order, sums to 1. A
destination that is an optional score, too, is missing where a layer has no such thing."""

#: How far back attention lies on natural text, by powers of two: the column's name and the
#: nearest and farthest distance q - k of its bin (None: no end).
DISTANCES: dict[str, tuple[int, int | None]] = {
    "distance_0": (0, 0),
    "distance_1": (1, 1),
    **{f"distance_{2**power}": (2**power, 2 ** (power + 1) - 1) for power in range(1, 9)},
    "distance_512": (512, None),
}

GROUPS: dict[str, Group] = {
    group.name: group
    for group in (
        Group(
            "content",
            "Content",
            "heads that look for a token because of what it is",
            "#085552",
            dark="#55a38b",
        ),
        Group(
            "positional",
            "Positional",
            "heads that look at a place near the current token, whatever stands there",
            "#4ca202",
            "/",
            dark="#b0f26b",
        ),
        Group(
            "sink",
            "Sink",
            "heads that rest on the first token, on a learned sink or on delimiters",
            "#690217",
            "x",
            dark="#d23944",
        ),
        Group(
            "diffuse",
            "Diffuse",
            "heads that spread their attention or show no single habit",
            "#b1756c",
            "|",
            dark="#f9cfd6",
        ),
        Group(
            "not_measured",
            "Not measured",
            "heads whose known scores reach no threshold while other scores are missing",
            "#8f959e",
            ".",
            dark="#666f7a",
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
            "#112d1c",
            "",
            1,
            "induction",
            0.4,
            ("olsson2022",),
            dark="#479585",
            short="Induction",
        ),
        Category(
            "duplicate_token",
            "Duplicate token",
            "content",
            "It looks at earlier copies of the current token.",
            "#296b6d",
            "-",
            1,
            "duplicate_token",
            0.4,
            ("wang2022",),
            dark="#69e8f5",
            short="Duplicate",
        ),
        Category(
            "previous_token",
            "Previous token",
            "positional",
            "It looks at the token just before the current one.",
            "#505413",
            "",
            1,
            "previous_token",
            0.4,
            ("voita2019", "clark2019"),
            dark="#95920a",
            short="Previous",
        ),
        Category(
            "current_token",
            "Current token",
            "positional",
            "It looks at the current token itself.",
            "#61a458",
            "/",
            1,
            "current_token",
            0.4,
            ("clark2019",),
            dark="#a7d857",
            short="Current",
        ),
        Category(
            "local_window",
            "Local window",
            "positional",
            "It spreads its attention over the last five tokens.",
            "#736a02",
            "|",
            1,
            "local_window",
            0.5,
            ("voita2019",),
            dark="#fdfcc6",
            short="Local",
        ),
        Category(
            "first_token",
            "First token (sink)",
            "sink",
            "Its attention rests on the first token of the text.",
            "#7f294a",
            "",
            2,
            "first_token",
            0.4,
            ("xiao2023", "gu2024"),
            dark="#cf3a43",
            short="First token",
        ),
        Category(
            "learned_sink",
            "Learned sink",
            "sink",
            "It rests on a sink that the model learned beside the tokens, and so on no token.",
            "#8575ef",
            ".",
            2,
            "mass_sink",
            0.4,
            ("openai2025", "xiao2023"),
            optional=True,
            dark="#8b5bd4",
        ),
        Category(
            "delimiter",
            "Delimiter",
            "sink",
            "It looks at punctuation and line breaks, far more than their share of the text.",
            "#c22c8f",
            "\\",
            1,
            "delimiter",
            0.4,
            ("clark2019",),
            dark="#c17fb2",
        ),
        Category(
            "broad",
            "Broad",
            "diffuse",
            "It spreads its attention widely over the text.",
            "#db7923",
            "",
            2,
            "entropy",
            0.78,
            ("clark2019",),
            dark="#ff725d",
        ),
        Category(
            "long_range",
            "Long range",
            "diffuse",
            "It looks at ordinary tokens more than five back: no delimiters, no copies of the "
            "current token, and not the first.",
            "#3c0c6c",
            "/",
            2,
            "long_range",
            0.4,
            dark="#48b4fc",
        ),
        Category(
            "mixed",
            "Mixed",
            "diffuse",
            "It does several things, none enough for a name: some score is at half its "
            "threshold or more.",
            "#9d7d79",
            "x",
            dark="#bda2ab",
        ),
        Category(
            "unclassified",
            "Unclassified",
            "diffuse",
            "No score reaches even half its threshold.",
            "#4e2b03",
            "+",
            dark="#f7d8d3",
        ),
        Category(
            "not_measured",
            "Not measured",
            "not_measured",
            "The scores that are known reach no threshold, and others are missing: they were never "
            "published, or what they ask for lies out of the head's reach.",
            "#91959c",
            ".",
            optional=True,
            dark="#656f79",
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


#: The scores that every model has.
REQUIRED_SCORES = tuple(score.name for score in SCORES.values() if not score.optional)
#: Those among them that a threshold decides on: without one, a head may have a name unseen.
RULED_SCORES = tuple(
    c.score for c in CATEGORIES.values() if c.score is not None and c.score in REQUIRED_SCORES
)


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
_GREY, _DARK_GREY = "#8c9196", "#737980"


def _label(name: str) -> str:
    """``long_range`` as people read it: ``Long range``."""
    return name.replace("_", " ").capitalize()

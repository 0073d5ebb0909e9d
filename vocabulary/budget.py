"""The attention budget's destinations: what they are called and how they are drawn."""

from dataclasses import dataclass

from vocabulary.taxonomy import BUDGET, CATEGORIES, SCORES

#: Each destination is drawn in the colour of the category that lives on it.
_LIKE = {
    "mass_first": "first_token",
    "mass_current": "current_token",
    "mass_previous": "previous_token",
    "mass_repeat": "duplicate_token",
    "mass_after_repeat": "induction",
    "mass_local": "local_window",
    "mass_delimiter": "delimiter",
    "mass_sink": "learned_sink",
    "mass_other": "long_range",
}


@dataclass(frozen=True)
class Destination:
    """Where attention goes."""

    name: str
    label: str
    sentence: str
    colour: str
    pattern: str
    dark: str
    optional: bool
    """Whether most models lack it."""


#: In drawing order, bottom first.
DESTINATIONS: dict[str, Destination] = {
    name: Destination(
        name,
        f"{words[0].upper()}{words[1:]}",
        f"Attention to: {words}.",
        CATEGORIES[_LIKE[name]].colour,
        CATEGORIES[_LIKE[name]].pattern,
        CATEGORIES[_LIKE[name]].dark,
        name in SCORES and SCORES[name].optional,
    )
    for name, words in BUDGET.items()
}

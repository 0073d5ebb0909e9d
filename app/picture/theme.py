"""The figures' colours in light and dark: those of ``assets/css/theme.css``, as a test holds."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Colours:
    """What is not a segment, as ``#rrggbb``."""

    surface: str
    ink: str
    ink_2: str
    line: str
    grid: str
    segment_edge: str


COLOURS: dict[Theme, Colours] = {
    "light": Colours("#ffffff", "#16201f", "#4d5a58", "#d9dedd", "#eceeee", "#ffffff"),
    "dark": Colours("#141817", "#e9eeed", "#a9b5b2", "#333b39", "#252c2a", "#141817"),
}

"""HTML attributes with hyphens, to be passed with ``**``."""

from typing import Any


def aria(**words: str) -> dict[str, Any]:
    """``aria(label="Map")`` is ``{"aria-label": "Map"}``."""
    return {f"aria-{name}": value for name, value in words.items()}


def data(**words: str) -> dict[str, Any]:
    """``data(model="gpt2")`` is ``{"data-model": "gpt2"}``: what ``assets/*/clicks.js`` reads."""
    return {f"data-{name}": value for name, value in words.items()}

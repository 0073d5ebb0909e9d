"""Element ids of the panels."""

from typing import Any

# Data in the browser.
TABLE = "table"  # the stored table, packed, before thresholds and views are put on it
THRESHOLDS = "thresholds"  # category to threshold, those that differ from the defaults
WHATIF_WANTED = "what-if-wanted"
WHATIF = "what-if"  # the table's categories under changed thresholds
EXTRAS_WANTED = "extras-wanted"
EXTRAS = "extras"  # operations and attention budget, packed
OBSERVE_WANTED = "observations-wanted"
COMPARED = "compared"  # the other table, packed
OPENED = "opened"  # which panels were opened
COMPARE_WANTED = "compare-wanted"
SLIDERS_WANTED = "sliders-wanted"
CHECK_WANTED = "check-wanted"
PAIRS = "pairs"  # two tables head by head, packed

# Parts of the page.
VIEW_NOTE = "view-note"
OBSERVATIONS = "observations"
WHATIF_PANEL = "what-if-panel"
WHATIF_BODY = "what-if-body"
WHATIF_CHANGES = "what-if-changes"
WHATIF_WHICH = "what-if-which"
WHATIF_COUNT = "what-if-count"
COMPARE_PANEL = "compare-panel"
COMPARE = "compare-select"
COMPARE_HINT = "compare-hint"
COMPARE_BODY = "compare-body"
COMPARE_CHARTS = "compare-charts"
COMPARE_CHART_ONE = "compare-chart-one"
COMPARE_CHART_OTHER = "compare-chart-other"
COMPARE_WORDS = "compare-words"
COMPARE_NUMBERS = "compare-numbers"
COMPARE_HEADS = "compare-heads"
COMPARE_SCORE = "compare-score"
COMPARE_SCATTER = "compare-scatter"
REFERENCE_PANEL = "reference-panel"
REFERENCE_WANTED = "reference-wanted"
REFERENCE_BODY = "reference-body"
REFERENCE_CHECK = "reference-check"  # the same check on what is shown


def threshold(category: Any) -> dict[str, Any]:
    """The id of a category's threshold slider (or, for ``ALL``, of every one)."""
    return {"type": "threshold", "name": category}


def threshold_value(category: Any) -> dict[str, Any]:
    """The id of a threshold's number."""
    return {"type": "threshold-value", "name": category}


def threshold_count(category: Any) -> dict[str, Any]:
    """The id of a category's number of heads."""
    return {"type": "threshold-count", "name": category}

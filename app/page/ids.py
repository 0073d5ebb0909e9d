"""Element ids. Those of the contract keep their names: scripts and links rely on them."""

from typing import Any

# The contract's.
MODEL = "model-select"
BIN_WIDTH = "bin-width"
TAXONOMY = "taxonomy-select"
SHOW = "show-select"
CHART = "head-chart"
SEGMENT_TITLE = "segment-title"
SEGMENT_TABLE = "segment-table"
MAP = "head-map"
HEAD_CARD = "head-card"
DOWNLOAD_HEADS = "download-heads"
DOWNLOAD_BINS = "download-bins"
COPY_LINK = "copy-link"
THEME_TOGGLE = "theme-toggle"
STATUS = "status"

# The page itself.
BOOT = "boot"  # store; fires once, when the page is up
DEFINITIONS = "definitions"  # store: views, figure skeletons, thresholds, from the layout
MODELS = "models"  # store: the tables of the cache
URL = "url"  # store: what the address says
THEME = "theme"  # store: light or dark, where the visitor chose
VIEWPORT = "viewport"  # store: size and theme of the window; a change redraws the figures
OPENED = "opened"  # store: which drawers were opened
PROVIDER = "mantine"
PAGE = "page"
SAID = "said"  # "Copied", for a screen reader
SIDE = "side"
CONTENT = "content"
EMPTY = "empty"
WHOLE = "whole-page"  # the embedded chart's way to the page
TABLE_ACTIONS = "table-actions"  # the header's, of no use without a table

# table: the shown table, what is known of it, the jobs that make further ones.
TABLE = "table"  # store: the stored table, packed, before thresholds and views are put on it
PAYLOAD = "payload"  # store: the shown table, packed
FURTHER_WANTED = "extras-wanted"  # store: the table whose further views are to be fetched
FURTHER = "extras"  # store: what further views are drawn from, packed
SHOWN = "shown"  # store: name and stamp of the shown table
REFRESH = "refresh"  # store: stamp of a shown table that was written again
POLL = "poll"
HEADING = "heading"
SOURCE_NOTE = "source-note"
JOBS = "jobs"
ABOUT = "about"
ORIGIN = "about-origin"
MEANING = "about-scores"
SOURCES = "about-sources"
CITATION = "citation"

# chart: bars, chips, map, and the controls over them.
SETTLED = "settled-width"  # store: the bin width once its slider rests
ISOLATED = "isolated"  # store: the category seen alone
TWIN = "twin"  # store: whether the chart's table is open
WIDTH_TEXT = "bin-width-text"
CHIPS = "chips"
CHIP_SENTENCE = "chip-sentence"
CHART_SUMMARY = "chart-summary"
CHART_TABLE = "chart-table"
VIEW_NOTE = "view-note"
MAP_NOTE = "map-note"
FORMATS_HEADS = "download-heads-formats"
FORMATS_BINS = "download-bins-formats"

# selection: the chosen segment's heads, the chosen head's card.
SELECTION = "selection"  # store: segment and head
HEAD_WANTED = "head-wanted"  # store: the head whose card is to be fetched
PATTERN = "pattern-data"  # store: the chosen head's patterns, packed
PANEL = "selection-panel"
PANEL_EMPTY = "selection-empty"
SEGMENT_SLOT = "segment-slot"
SEGMENT_SECTION = "segment-section"
HEAD_VERDICT = "head-verdict"
HEAD_MORE = "head-more"
PROBE = "pattern-probe"
PATTERN_CHART = "pattern-chart"
PATTERN_HEAD = "pattern-head"  # the head's name over the enlarged picture
PATTERN_NOTE = "pattern-note"

# thresholds: what if they were others.
THRESHOLDS = "thresholds"  # store: category to threshold, those that differ from the defaults
WHATIF_WANTED = "what-if-wanted"  # store: thresholds that the server is to apply
WHATIF = "what-if"  # store: the table's categories under changed thresholds
SLIDERS_WANTED = "sliders-wanted"  # store: scores that get a slider
WHATIF_PANEL = "what-if-panel"
WHATIF_BODY = "what-if-body"
WHATIF_CHANGES = "what-if-changes"
WHATIF_WHICH = "what-if-which"
WHATIF_COUNT = "what-if-count"

# compare: a second table beside the shown one.
COMPARE_WANTED = "compare-wanted"  # store: the two tables and how they are to be compared
COMPARED = "compared"  # store: the other table, packed
PAIRS = "pairs"  # store: two tables head by head, packed
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

# observations.
OBSERVE_WANTED = "observations-wanted"  # store: what is to be observed
OBSERVATIONS = "observations"

# reference: the figure that the project began from, and the check of what is shown.
REFERENCE_WANTED = "reference-wanted"  # store: whether the reference figure was opened
CHECK_WANTED = "check-wanted"  # store: the bins that are to be checked
REFERENCE_PANEL = "reference-panel"
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

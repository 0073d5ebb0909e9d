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
PROBLEMS = "problems"  # store: the files of the cache that cannot be shown
URL = "url"  # store: what the address says
THEME = "theme"  # store: light or dark, where the visitor chose
VIEWPORT = "viewport"  # store: size and theme of the window; a change redraws the figures
OPENED = "opened"  # store: which drawers were opened
GUIDE = "guide"
PRINTED = "printed"  # on paper only: bins, view and link
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
ABOUT_TEXT = "about-text"
CITATION = "citation"

# chart: bars, chips, map, and the controls over them.
SETTLED = "settled-width"  # store: the bin width once its slider rests
ISOLATED = "isolated"  # store: the categories that are seen alone and listed
UNMEASURED = "unmeasured"  # store: whether heads that nobody measured are drawn
COLOUR_OF = "colour-of"  # store: the measure that the map is coloured by; none: the category
COLOUR_WANTED = "colour-wanted"  # store: the measure that is to be fetched
COLOUR = "colour"  # store: the fetched measure of every head
TWIN = "twin"  # store: whether the chart's table is open
WIDTH_TEXT = "bin-width-text"
CHIPS = "chips"
CHIP_SENTENCE = "chip-sentence"
CHART_SUMMARY = "chart-summary"
CHART_TABLE = "chart-table"
VIEW_NOTE = "view-note"
MAP_NOTE = "map-note"
MAP_COLOUR = "map-colour"  # what the map is coloured by, and the scale
FORMATS_HEADS = "download-heads-formats"
FORMATS_BINS = "download-bins-formats"

# selection: the chosen segment's heads, the chosen head's card.
SELECTION = "selection"  # store: segment and head
HEAD_WANTED = "head-wanted"  # store: the head whose card is to be fetched
PATTERN = "pattern-data"  # store: the chosen head's patterns, packed
PANEL = "selection-panel"
SEGMENT_SLOT = "segment-slot"
SEGMENT_SECTION = "segment-section"
HEAD_VERDICT = "head-verdict"
HEAD_SAID = "head-said"  # the chosen head in one line, for a screen reader
HEAD_MORE = "head-more"
PATTERN_PROMPT = "pattern-prompt"
PROMPT = "prompt"  # store: the prompt whose patterns are drawn; none: the first
PATTERN_CHART = "pattern-chart"
PATTERN_HEAD = "pattern-head"  # the head's name over the enlarged picture
PATTERN_NOTE = "pattern-note"

# patterns: many heads' patterns at once.
PINS = "pins-chosen"  # store: the pinned heads
PATTERNS_PANEL = "patterns-panel"
GALLERY_NOTE = "gallery-note"

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
COMPARE_APART = "compare-apart"  # in what the two measurements differ
COMPARE_LEGEND = "compare-legend"
COMPARE_CHARTS = "compare-charts"
COMPARE_CHART_ONE = "compare-chart-one"
COMPARE_CHART_OTHER = "compare-chart-other"
COMPARE_WORDS = "compare-words"
COMPARE_NUMBERS = "compare-numbers"
COMPARE_EFFECTS = "compare-effects"  # both tables' effects by category and depth
COMPARE_HEADS = "compare-heads"
COMPARE_SCORE = "compare-score"
COMPARE_SCATTER = "compare-scatter"

# sensitivity: heads in a category over its threshold.
SENSITIVITY_OF = "sensitivity-of"  # store: the category whose threshold is varied
SENSITIVITY_WANTED = "sensitivity-wanted"  # store: the curve that is to be reckoned
SENSITIVITY = "sensitivity"  # store: heads under each threshold
SENSITIVITY_PANEL = "sensitivity-panel"
SENSITIVITY_CHOICE = "sensitivity-choice"
SENSITIVITY_WORDS = "sensitivity-words"
SENSITIVITY_CHART = "sensitivity-chart"

# scatter: every head by two of its scores or measures.
SCATTER_OF = "scatter-of"  # store: the two scores or measures, ACROSS:UP
SCATTER_WANTED = "scatter-wanted"  # store: the columns that are to be fetched
SCATTER = "scatter-data"  # store: two columns of every head, packed, and which heads surprise
SCATTER_PANEL = "scatter-panel"
SCATTER_CHOICE = "scatter-choice"
SCATTER_WORDS = "scatter-words"
SCATTER_CHART = "scatter-chart"
SCATTER_SURPRISES = "scatter-surprises"

# effects: the categories weighed by what their heads do to the loss.
EFFECTS_OF = "effects-of"  # store: the effect that is summed
EFFECTS_WANTED = "effects-wanted"  # store: the sums that are to be reckoned
EFFECTS = "effects"  # store: each category's summed effects in each bin
EFFECTS_PANEL = "effects-panel"
EFFECTS_CHOICE = "effects-choice"
EFFECTS_WORDS = "effects-words"
EFFECTS_CHART = "effects-chart"
EFFECTS_TABLE = "effects-table"

# observations.
OBSERVE_WANTED = "observations-wanted"  # store: what is to be observed
OBSERVATIONS = "observations"

# ranked: all heads by any score.
RANKED_CHOICE = "ranked-choice"  # store: what the form of the ranked heads says
RANKED_WANTED = "ranked-wanted"  # store: which heads are to be ranked, and how
RANKED = "ranked"  # store: the ranked heads
RANKED_PANEL = "ranked-panel"
RANKED_FORM = "ranked-form"
RANKED_ROWS = "ranked-rows"

# reference: the figure that the project began from, and the check of what is shown.
REFERENCE_WANTED = "reference-wanted"  # store: whether the reference figure was opened
CHECK_WANTED = "check-wanted"  # store: the bins that are to be checked
REFERENCE_PANEL = "reference-panel"
REFERENCE_LINK = "reference-link"  # in its place, where another model is shown
REFERENCE_BODY = "reference-body"
REFERENCE_CHECK = "reference-check"  # the same check on what is shown

# Those that no callback names: plain elements of the page (app/page/frame.py).
FIXED = frozenset(
    {
        COPY_LINK,
        GUIDE,
        PRINTED,
        PAGE,
        SAID,
        SIDE,
        WHOLE,
        ABOUT,
        CITATION,
        CHIP_SENTENCE,
        PATTERN_PROMPT,
        PATTERN_CHART,
        PATTERNS_PANEL,
        WHATIF_WHICH,
        COMPARE_PANEL,
        COMPARE_CHART_ONE,
        COMPARE_CHART_OTHER,
        SENSITIVITY_PANEL,
        SENSITIVITY_CHART,
        SCATTER_PANEL,
        SCATTER_CHART,
        EFFECTS_PANEL,
        EFFECTS_CHART,
        RANKED_PANEL,
        RANKED_FORM,
        RANKED_ROWS,
    }
)


def threshold(category: Any) -> dict[str, Any]:
    """The id of a category's threshold slider (or, for ``ALL``, of every one)."""
    return {"type": "threshold", "name": category}


def threshold_value(category: Any) -> dict[str, Any]:
    """The id of a threshold's number."""
    return {"type": "threshold-value", "name": category}


def threshold_count(category: Any) -> dict[str, Any]:
    """The id of a category's number of heads."""
    return {"type": "threshold-count", "name": category}

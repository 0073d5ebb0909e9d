"""Element ids. Those of the contract keep their names: scripts and links rely on them."""

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

# Data in the browser.
BOOT = "boot"  # fires once, when the page is up
DEFINITIONS = "definitions"  # taxonomies and figure skeletons, from the layout
MODELS = "models"  # the tables of the cache
SETTLED = "settled-width"  # the bin width once its slider rests
SHOWN = "shown"  # name and stamp of the shown table
PAYLOAD = "payload"  # the shown table, packed
SELECTION = "selection"  # segment and head
ISOLATED = "isolated"  # the category seen alone
TWIN = "twin"  # whether the chart's table is open
REFRESH = "refresh"  # stamp of a shown table that was written again
THEME = "theme"
VIEWPORT = "viewport"
HEAD_WANTED = "head-wanted"
PATTERN = "pattern-data"  # the chosen head's patterns, packed
URL = "url"
LIT_COLUMNS = "lit-columns"
LIT_SEGMENT = "lit-segment"
POLL = "poll"

# Parts of the page.
PROVIDER = "mantine"
PAGE = "page"
HEADING = "heading"
SOURCE_NOTE = "source-note"
WIDTH_TEXT = "bin-width-text"
CHIPS = "chips"
CHIP_SENTENCE = "chip-sentence"
CHART_SUMMARY = "chart-summary"
CHART_TABLE = "chart-table"
MAP_NOTE = "map-note"
PANEL = "selection-panel"
SAID = "said"  # "Copied", for a screen reader
SIDE = "side"
PANEL_EMPTY = "selection-empty"
SEGMENT_SLOT = "segment-slot"
SEGMENT_SECTION = "segment-section"
HEAD_VERDICT = "head-verdict"
HEAD_MORE = "head-more"
PROBE = "pattern-probe"
PATTERN_CHART = "pattern-chart"
PATTERN_HEAD = "pattern-head"  # the head's name over the enlarged picture
PATTERN_NOTE = "pattern-note"
JOBS = "jobs"
ABOUT = "about"
ORIGIN = "about-origin"
MEANING = "about-scores"
SOURCES = "about-sources"
EMPTY = "empty"
WHOLE = "whole-page"  # the embedded chart's way to the page
CITATION = "citation"
CONTENT = "content"
TABLE_ACTIONS = "table-actions"  # the header's, of no use without a table
FORMATS_HEADS = "download-heads-formats"
FORMATS_BINS = "download-bins-formats"

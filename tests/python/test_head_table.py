"""``HeadTable``: the page's numbers and colours, what is stored, the dashboard on it."""

import io
import re
import urllib.request
from pathlib import Path

import made_tables
import numpy as np
import pandas as pd
import pytest
from plotly.io import renderers

import headstrata
from app import downloads
from app.analysis.effects import weigh
from app.views.catalogue import VIEWS
from cache import patterns
from cache.grid import Grid
from cache.provenance import TaxonomyRecord
from cache.store import Store
from headstrata.python import figures
from vocabulary import taxonomy

ASSETS = Path(__file__).parents[2] / "assets"
LAYERS, HEADS = 6, 4


@pytest.fixture
def cache(tmp_path):
    """A table with induction heads in layers 1 and 3, a previous-token head, and patterns."""
    induction, previous = np.full(LAYERS * HEADS, 0.05), np.full(LAYERS * HEADS, 0.05)
    induction[[5, 12, 13]], previous[2] = 0.9, 0.8
    rows = made_tables.heads(LAYERS, HEADS, induction=induction, previous_token=previous)
    store = Store(str(tmp_path / "cache"), create=True)
    store.write("tiny", rows, made_tables.provenance(LAYERS, HEADS, run_key="one"))
    drawn = np.tril(np.full((LAYERS * HEADS, 7, 7), 51, dtype=np.uint8))
    drawn[:, 6, 1] = 255
    words = ["<s>", " a", "b\n", "<i>", " a", "b\n", "<i>"]
    patterns.write(
        store, "tiny", {"repeated": words}, {"repeated": drawn}, Grid(LAYERS, HEADS), "one"
    )
    return tmp_path / "cache"


@pytest.fixture
def table(cache):
    return headstrata.load("tiny", cache)


@pytest.mark.parametrize("taxonomy_name", ["detailed", "grouped", "budget"])
@pytest.mark.parametrize("width", [1, 4, 6])
def test_bins_and_bars_are_those_of_the_api(cache, table, taxonomy_name, width):
    stored = Store(str(cache)).read("tiny")
    binned = table.bins(width, taxonomy_name)
    assert binned.equals(downloads.binned(stored, width, taxonomy_name))
    view = VIEWS[taxonomy_name]
    looks = {segment.name: segment for segment in view.segments}
    for show in ("count", "percent"):
        figure = table.figure(width, taxonomy_name, show)
        assert [bar.meta for bar in figure.data] == list(dict.fromkeys(binned[view.column]))
        for bar in figure.data:
            rows = binned[binned[view.column] == bar.meta]
            counted = show == "count" and view.counts_heads
            heights = rows["heads"] if counted else 100 * rows["share"]
            assert list(bar.y) == list(heights)
            assert list(bar.x) == list((rows["start"] + rows["stop"] - 1) / 2)
            shown = [
                said for said, share in zip(rows["percent"], rows["share"], strict=True) if share
            ]
            assert [text for text in bar.text if text] == shown
            look = looks[bar.meta]
            assert (bar.name, bar.marker.color) == (look.label, look.colour)
            assert (bar.marker.pattern.shape, bar.textfont.color) == (look.pattern, look.ink)
            assert bar.showlegend == bool(shown)


def test_effects_are_those_of_the_api(tmp_path):
    one = headstrata.load("smollm2-135m", tmp_path)
    found = one.effects(8, one)
    stored = Store(str(tmp_path)).read("smollm2-135m")
    read = pd.read_csv(io.BytesIO(downloads.effects([stored, stored], 8, "csv").data))
    pd.testing.assert_frame_equal(read, found)


def test_effects_of_one_table_are_those_of_the_page(tmp_path):
    found = headstrata.load("smollm2-135m", tmp_path).effects(8)
    stored = Store(str(tmp_path)).read("smollm2-135m")
    read = pd.read_csv(io.BytesIO(downloads.effects([stored], 8, "csv").data))
    pd.testing.assert_frame_equal(read, found)
    assert found["bin"].unique().tolist() == ["[0, 8)", "[8, 16)", "[16, 24)", "[24, 30)"]
    for effect, own in found.groupby("effect"):
        drawn = weigh(stored.heads, effect, 8)
        for name, weights in drawn.categories.items():
            rows = own[own["category"] == name]
            numbers = rows[["heads", "above", "below", "differing"]].to_numpy().tolist()
            assert numbers == [[w.heads, w.above, w.below, w.differing] for w in weights]


def test_the_budget_is_also_what_bars_show(table):
    assert table.figure(2, show="budget") == table.figure(2, "budget")
    assert table.figure(2, show="budget").layout.yaxis.title.text == "share of attention"


def test_without_a_width_the_bars_are_the_page_s(table):
    assert table.figure() == table.figure(2)  # 6 layers: halves to even


def test_what_the_scripts_of_the_page_draw_with_is_drawn_with_here():
    theme = (ASSETS / "css" / "theme.css").read_text()
    assert f"--accent: {figures._ACCENT};" in theme.split("}")[0]
    assert f"const GAP = {figures._GAP};" in (ASSETS / "chart" / "geometry.js").read_text()
    script = (ASSETS / "selection" / "pattern.js").read_text()
    steps = re.search(r"const steps = \[(.*)\]", script)[1]
    assert tuple(map(float, steps.split(", "))) == figures._STEPS
    tokens = (ASSETS / "selection" / "tokens.js").read_text()
    assert f"const TOKEN_SHOWN = {figures._TOKEN_SHOWN};" in tokens
    assert f"const REPEATED = {figures._REPEATED};" in script


def test_a_newer_version_s_category_has_a_stand_in(tmp_path):
    rows = made_tables.heads()
    rows["category"], rows["group"] = "dreaming", "nightly"
    declared = TaxonomyRecord(
        version=99, thresholds={}, categories={**taxonomy.group_of(), "dreaming": "nightly"}
    )
    store = Store(str(tmp_path))
    store.write("newer", rows, made_tables.provenance(taxonomy=declared))
    table = headstrata.load("newer", tmp_path)
    [bar] = [bar for bar in table.figure(3).data if bar.meta == "dreaming"]
    assert (list(bar.y), bar.name) == ([6], "Dreaming")
    assert [bar.meta for bar in table.figure(3, "grouped").data][-1] == "nightly"


def test_a_pattern_is_the_stored_one(table):
    figure = table.pattern(1, 3)
    [cells] = figure.data
    weights = np.asarray(cells.z, dtype=float)
    assert np.isnan(weights[np.triu_indices(7, 1)]).all()
    assert (weights[6, 1], weights[6, 0]) == (1.0, 0.2)
    assert list(figure.layout.xaxis.ticktext[:4]) == ["&lt;s&gt;", "␣a", "b⏎", "&lt;i&gt;"]
    assert cells.text[6][1].startswith("<b>&lt;i&gt; → ␣a</b>")
    assert cells.colorscale[0][1] == "rgb(236,238,238)"
    assert cells.colorscale[-1][1] == "rgb(11,107,95)"
    assert not figure.layout.shapes  # three tokens again are no copy


def test_where_a_stretch_begins_again_there_are_lines():
    assert figures.second_copy(["s", *"abcd", *"abcd"]) == 5
    assert figures.second_copy(["s", *"abcd", *"abcx"]) == 0
    assert [line["y0"] for line in figures._copy_lines(5, 9)] == [4.5, 4.5]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda t: t.bins(0), "bin width 0 is not between 1 and 6 layers"),
        (lambda t: t.effects(7), "bin width 7 is not between 1 and 6 layers"),
        (lambda t: t.effects(2), "tiny has no effects: headstrata classify MODEL --evidence"),
        (lambda t: t.figure(7), "bin width 7 is not between 1 and 6 layers"),
        (lambda t: t.bins(2.5), "width 2.5 is not a whole number"),
        (lambda t: t.bins(2, "colour"), "taxonomy 'colour' is not one of detailed"),
        (lambda t: t.figure(show="heads"), "show 'heads' is not one of count, percent, budget"),
        (lambda t: t.figure(taxonomy="operations"), "operations"),
        (lambda t: t.pattern(6, 0), "there is no head L6.H0"),
        (lambda t: t.pattern(1, 3, "natural"), "probe 'natural' is not one of repeated"),
        (lambda t: t.reads(6, 0), "there is no head L6.H0"),
        (lambda t: t.reads(1, 3), "what the heads of 'tiny' read is not stored"),
        (lambda t: t.save("https://example.org"), "name a folder to write to"),
        (lambda t: t.save(name="a/b"), "'a/b' is not a table name"),
    ],
)
def test_what_cannot_be_done_is_said(table, ask, said):
    with pytest.raises(headstrata.UserError, match=re.escape(said)):
        ask(table)


def test_published_tables_have_no_patterns_and_no_budget(cache):
    table = headstrata.load("gpt2", cache)
    assert table.name == "gpt2-published"
    with pytest.raises(headstrata.UserError, match="no attention patterns beside"):
        table.pattern(0, 0)
    with pytest.raises(headstrata.UserError, match="GPT-2 small has no attention budget"):
        table.figure(show="budget")


def test_saved_under_another_name_it_is_the_same_with_its_patterns(table, tmp_path):
    assert table.save(tmp_path / "other", "again") == "again"
    again = headstrata.load("again", tmp_path / "other")
    assert again.heads.equals(table.heads)
    assert again.provenance == table.provenance
    assert again.pattern(1, 3) == table.pattern(1, 3)
    assert "again" in [entry["name"] for entry in headstrata.models(tmp_path / "other")]


def test_a_table_of_a_different_input_is_replaced_only_if_asked(table, tmp_path):
    other = made_tables.provenance(model="another", run_key="two")
    Store(str(tmp_path)).write("tiny", made_tables.heads(), other)
    with pytest.raises(headstrata.UserError, match="a table 'tiny' of a different input"):
        table.save(tmp_path)
    assert headstrata.load("tiny", tmp_path).provenance == other
    assert table.save(tmp_path, replace=True) == "tiny"
    assert headstrata.load("tiny", tmp_path).heads.equals(table.heads)
    table.save(tmp_path)  # the same again


def test_weights_that_nobody_knows_may_be_different_ones(table, tmp_path):
    same_name = made_tables.provenance(run_key="two")
    Store(str(tmp_path)).write("tiny", made_tables.heads(), same_name)
    with pytest.raises(headstrata.UserError, match="perhaps of other weights"):
        table.save(tmp_path)


def test_by_default_the_settings_cache_is_meant(table, tmp_path, monkeypatch):
    monkeypatch.setenv("HEADSTRATA_CACHE", str(tmp_path / "settings"))
    table.save()
    assert headstrata.load("tiny").heads.equals(table.heads)
    assert headstrata.models()[0]["name"] == "tiny"


def test_the_frame_is_the_caller_s_own(table):
    heads = table.heads
    heads["category"] = "broad"
    assert "induction" in set(table.heads["category"])


def test_in_jupyter_it_is_the_figure_elsewhere_a_text(table, monkeypatch):
    monkeypatch.setattr(renderers, "default", "plotly_mimetype")
    bundle = table._repr_mimebundle_()
    drawn = bundle["application/vnd.plotly.v1+json"]
    assert len(drawn["data"]) == len(table.figure().data)
    assert bundle["text/plain"] == repr(table)
    assert repr(table).splitlines()[0] == "HeadTable tiny: Tiny Model, 24 heads in 6 layers"
    assert "induction 3" in repr(table)


@pytest.fixture
def address(table, monkeypatch):
    """The dashboard on the table, as ``show`` opens it outside of a notebook."""
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    address = table.show()
    assert opened == [address]
    return address


def test_the_dashboard_shows_it_and_may_be_framed(address, table):
    assert address.endswith("?model=tiny")
    with urllib.request.urlopen(address, timeout=60) as page:
        assert page.status == 200
        policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors" not in policy


def test_shown_again_it_is_the_same_page_another_table_of_the_name_is_not(address, table, tmp_path):
    assert table.show() == address
    changed = made_tables.provenance(run_key="two")
    Store(str(tmp_path)).write("tiny", made_tables.heads(), changed)
    other = headstrata.load("tiny", tmp_path)
    assert other.show().endswith("?model=tiny-2")
    assert headstrata.load("tiny-2", address).provenance == changed
    assert headstrata.load("tiny", address).provenance == table.provenance


# --- a dashboard over http -------------------------------------------------------------


def test_a_hosted_table_is_the_stored_one(address, table):
    hosted = headstrata.load("tiny", address)
    assert hosted.heads.equals(table.heads)
    assert hosted.heads.dtypes.equals(table.heads.dtypes)
    assert hosted.provenance == table.provenance
    assert hosted.figure(2) == table.figure(2)
    with pytest.raises(headstrata.UserError, match="no attention patterns beside"):
        hosted.pattern(1, 3)


def test_what_is_hosted_is_listed_as_in_a_cache(address, cache):
    listed = headstrata.models(address)
    assert [entry for entry in listed if entry["name"] == "tiny"] == headstrata.models(cache)[:1]
    assert headstrata.load("gpt2", address).name == "gpt2-published"

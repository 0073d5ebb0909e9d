"""What a reader takes along."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from app.analysis.sharing import bibtex, markdown_table, notebook_line
from app.analysis.taxonomies import TAXONOMIES
from cache.bins import bin_heads
from cache.provenance import ProbeRecord, Provenance, TaxonomyRecord, TextRecord
from cache.store import Store

LABELS = TAXONOMIES["detailed"].labels


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return Store(str(tmp_path_factory.mktemp("cache"))).read("gpt2-xl-published")


def test_the_markdown_table_is_the_chart_in_text(published):
    binned = bin_heads(published.heads, 12, "category", list(LABELS))
    assert markdown_table(binned, "category", LABELS).splitlines() == [
        "|  | [0, 12) | [12, 24) | [24, 36) | [36, 48) | All layers |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| Induction pattern | 0 | 17 | 36 | 9 | 62 |",
        "| Previous token | 9 | 24 | 3 | 0 | 36 |",
        "| Not measured | 291 | 259 | 261 | 291 | 1,102 |",
        "| # heads | 300 | 300 | 300 | 300 | 1,200 |",
    ]


def test_percentages_are_those_that_are_drawn(published):
    binned = bin_heads(published.heads, 24, "category", list(LABELS))
    lines = markdown_table(binned, "category", LABELS, "percent").splitlines()
    # 17 and 45 of 600 heads, 62 of 1,200
    assert lines[2] == "| Induction pattern | 2.8% | 7.5% | 5.2% |"
    assert lines[-1] == "| # heads | 600 | 600 | 1,200 |"


def test_a_published_table_cites_its_paper(published):
    text = bibtex(published.provenance, name=published.name, more=["elhelo2024"])
    entries = text.split("\n\n")
    assert [entry.splitlines()[0] for entry in entries] == [
        "@misc{headstrata-gpt2xlpublished,",
        "@article{song2024,",
        "@article{olsson2022,",
        "@article{voita2019,",
        "@article{clark2019,",
        "@article{elhelo2024,",
    ]
    assert "openai-community/gpt2-xl" in entries[0]
    assert "published figures" in entries[0]
    assert all(entry.count("{") == entry.count("}") for entry in entries)


def test_a_computed_table_says_how_it_was_made():
    record = Provenance(
        source="computed",
        title="My_Model 100%",
        model="my_model",
        weights_sha256="ab12",
        architecture="LlamaForCausalLM",
        layers=2,
        heads=4,
        scores=["induction"],
        probes=[ProbeRecord(name="repeated", prompts=64, length=257, rows=32, seed=7)],
        text=TextRecord(source="prose", sha256="cd34", tokens=10),
        dtype="float32",
        taxonomy=TaxonomyRecord(version=1, thresholds={}, categories={}),
        computed_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    entry = bibtex(
        record, name="my_model", url="http://x.org/?model=my_model", thresholds={"induction": 0.3}
    ).split("\n\n")[0]
    assert r"title = {{Attention heads of My\_Model 100\% by what they attend to}}" in entry
    assert "weights sha256 ab12" in entry
    assert "repeated probe: 64 prompts of 257 tokens, seed 7" in entry
    assert r"thresholds: induction 0.3 (default 0.4)" in entry
    assert "computed 2026-11-22" in entry
    assert "url = {http://x.org/?model=my_model}" in entry


def test_the_notebook_line():
    assert notebook_line("http://127.0.0.1:8050/", "gpt2-xl") == (
        'pd.read_parquet("http://127.0.0.1:8050/api/heads?model=gpt2-xl&format=parquet")'
    )
    assert notebook_line("http://h", "gpt2-xl", {"induction": 0.3, "broad": 0.7}).endswith(
        'model=gpt2-xl&format=parquet&t=induction:0.3,broad:0.7")'
    )


def test_a_host_cannot_break_out_of_the_string():
    line = notebook_line('http://h"); import os; ("', 'x"y')
    assert line.count('"') == 2
    compile(line, "notebook", "eval")


def test_bars_in_labels_do_not_break_the_table():
    heads = pd.DataFrame({"layer": [0, 0], "head": [0, 1], "category": ["a", "a"]})
    table = markdown_table(bin_heads(heads, 1), "category", {"a": "x | y"})
    assert r"| x \| y | 2 | 2 |" in table

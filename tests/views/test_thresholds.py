"""A table under other thresholds says so wherever it goes."""

import io
import json

import made_tables
import pandas as pd
import pyarrow.parquet as pq
import pytest

from app import downloads
from app.views.thresholds import apply, normal
from cache.store import Table
from headstrata.errors import UserError


@pytest.fixture
def table() -> Table:
    heads = made_tables.heads(induction=[0.9, 0.35, 0.05, 0.35, 0.05, 0.05])
    return Table("tiny", heads, made_tables.provenance())


def test_without_changes_it_is_the_very_table(table):
    assert apply(table, "") is table
    assert apply(table, "induction:0.4") is table


def test_a_lower_threshold_names_more_heads(table):
    changed = apply(table, "induction:0.3")
    assert list(table.heads["category"]).count("induction") == 1
    assert list(changed.heads["category"]).count("induction") == 3
    assert changed.provenance.taxonomy.thresholds["induction"] == 0.3
    assert changed.provenance.taxonomy.thresholds["broad"] == 0.78
    assert "induction 0.3 (default 0.4)" in changed.provenance.notes[-1]
    assert table.provenance.taxonomy.thresholds["induction"] == 0.4


def test_a_parquet_download_says_its_thresholds(table):
    download = downloads.heads(table, "parquet", thresholds="induction:0.30")
    assert download.filename == "tiny-heads-t-induction-0.3.parquet"
    read = pd.read_parquet(io.BytesIO(download.data))
    assert set(read["thresholds"]) == {"induction:0.3"}
    assert list(read["category"]).count("induction") == 3
    metadata = pq.read_schema(io.BytesIO(download.data)).metadata
    assert json.loads(metadata[b"headstrata"])["taxonomy"]["thresholds"]["induction"] == 0.3


def test_bins_say_their_thresholds_and_the_defaults_say_nothing(table):
    download = downloads.bins(table, 3, "detailed", "csv", "broad:0.7,induction:0.3")
    assert download.filename == "tiny-bins-3-detailed-t-induction-0.3_broad-0.7.csv"
    rows = pd.read_csv(io.BytesIO(download.data))
    assert set(rows["thresholds"]) == {"induction:0.3,broad:0.7"}
    assert rows.loc[rows["category"] == "induction", "heads"].item() == 3
    plain = downloads.bins(table, 3, "detailed", "csv")
    assert "thresholds" not in pd.read_csv(io.BytesIO(plain.data))


def test_a_budget_has_no_thresholds_to_tell(table):
    download = downloads.bins(table, 3, "budget", "csv", "induction:0.3")
    assert download.filename == "tiny-bins-3-budget.csv"
    rows = pd.read_csv(io.BytesIO(download.data))
    assert list(rows["percent"]) == ["12.5%"] * 8


@pytest.mark.parametrize("text", ["induction", "nobody:0.3", "induction:0", "broad:1.2", "broad:x"])
def test_nonsense_is_named(table, text):
    with pytest.raises(UserError, match="threshold"):
        apply(table, text)


def test_one_way_to_write_them():
    assert normal(" broad:0.70 , induction:0.4") == "broad:0.7"
    assert normal(None) == ""

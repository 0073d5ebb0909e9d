"""Some heads of a table, as a query asks for them."""

from io import BytesIO

import made_tables
import pyarrow.parquet as pq
import pytest

from app import downloads
from app.views.head_filter import HeadFilter, read
from cache.store import Table
from headstrata.errors import UserError

#: Layers 0 to 2 of two heads each: 0.9 is an induction head, 0.6 one more, the others are none.
TABLE = Table(
    "tiny",
    made_tables.heads(3, 2, induction=[0.05, 0.9, 0.6, 0.3, 0.2, 0.1]),
    made_tables.provenance(3, 2),
)


def names(**query: str) -> list[str]:
    found = read(query, 3).rows(TABLE.heads)
    return [f"{row.layer}.{row.head}" for row in found.itertuples()]


def test_each_key_keeps_some_heads_and_the_order_is_the_scores():
    assert names() == ["0.0", "0.1", "1.0", "1.1", "2.0", "2.1"]
    assert names(category="induction") == ["0.1", "1.0"]
    assert names(category="induction", layers="1-2") == ["1.0"]
    assert names(layers="2") == ["2.0", "2.1"]
    assert names(least="induction:0.2", sort="-induction") == ["2.0", "1.1", "1.0", "0.1"]
    assert names(sort="induction", layers="0-1") == ["0.1", "1.0", "1.1", "0.0"]
    assert names(least="mass_sink:0") == []  # nobody has that score


def test_heads_are_ordered_by_a_measure_and_asked_for_with_a_negative_one():
    copying = [0.5, -4.7, 2.2, float("nan"), -0.3, 4.8]
    heads = made_tables.with_evidence(TABLE.heads, copying=copying)

    def found(**query: str) -> list[int]:
        return read(query, 3).rows(heads).index.tolist()

    assert found(sort="copying") == [5, 2, 0, 4, 1, 3]  # missing: last
    assert found(least="copying:-1", sort="-copying") == [4, 0, 2, 5]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"category": "nobody"}, "category 'nobody' is not one of induction"),
        ({"layers": "1-3"}, "layers '1-3' is not FIRST-LAST with layers from 0 to 2"),
        ({"layers": "2-1"}, "layers '2-1'"),
        ({"layers": "-1"}, "layers '-1'"),
        ({"layers": f"{9:0900}"}, "layers '0000"),
        ({"least": "x:0.2"}, "least 'x' is not one of induction"),
        ({"least": "induction"}, "least 'induction': write SCORE:VALUE"),
        ({"least": "induction:nan"}, "least 'induction:nan': write"),
        ({"sort": "--induction"}, "sort '-induction' is not one of"),
    ],
)
def test_nonsense_is_named(query: dict[str, str], said: str):
    with pytest.raises(UserError) as refused:
        read(query, 3)
    assert str(refused.value).startswith(said)


def test_a_file_of_some_heads_says_so():
    wanted = read({"category": "induction", "sort": "induction"}, 3)
    got = downloads.heads(TABLE, "parquet", wanted=wanted)
    assert got.filename == "tiny-heads-some.parquet"
    file = pq.ParquetFile(BytesIO(got.data))
    assert file.metadata.num_rows == 2
    told = b" ".join((file.schema_arrow.metadata or {}).values())
    assert b"Only some heads: category induction; sort induction." in told
    assert downloads.heads(TABLE, "csv", wanted=wanted).data.count(b"\n") == 3
    whole = downloads.heads(TABLE, "csv", wanted=HeadFilter())
    assert whole.filename == "tiny-heads.csv"


def test_under_other_thresholds_the_categories_are_the_new_ones():
    wanted = read({"category": "induction"}, 3)
    got = downloads.heads(TABLE, "csv", thresholds="induction:0.25", wanted=wanted)
    assert got.filename == "tiny-heads-some-t-induction-0.25.csv"
    assert got.data.count(b"\n") == 4  # the header, 0.9, 0.6, 0.3

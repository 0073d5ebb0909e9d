"""The ranked heads as plain data."""

import json

import made_tables

from app.page.ranked import data
from app.views.head_filter import read
from cache.store import Table

TABLE = Table(
    "tiny",
    made_tables.heads(2, 2, induction=[0.05, 0.9, 0.61, 0.3]),
    made_tables.provenance(2, 2),
)


def ranked(rows: int = 100, **query: str) -> dict[str, object]:
    return data.build(TABLE, read(query, 2), rows, "")


def test_heads_by_a_score_with_the_ranked_column_first():
    found = ranked(sort="induction", least="induction:0.2")
    assert [row[:4] for row in found["rows"]] == [
        [0, 1, "induction", 0.9],
        [1, 0, "induction", 0.61],
        [1, 1, "mixed", 0.3],
    ]
    assert (found["found"], found["total"]) == (3, 4)
    assert found["columns"][0] == {"value": "induction", "label": "Induction (prefix matching)"}
    # what nobody measured has no column, unless it is ranked by
    assert "mass_sink" not in [column["value"] for column in found["columns"]]
    assert ranked(sort="mass_sink")["rows"][0][3] is None
    assert json.dumps(found, allow_nan=False)
    assert found["query"] == {"model": "tiny", "least": "induction:0.2", "sort": "induction"}


def test_heads_by_what_they_matter_where_the_table_says_so():
    heads = made_tables.with_evidence(TABLE.heads, effect_repeated=[0.1, -0.2604, 6.7813, 0])
    table = Table("tiny", heads, TABLE.provenance)
    found = data.build(table, read({"sort": "effect_repeated"}, 2), 100, "")
    assert [[*row[:2], row[3]] for row in found["rows"]] == [
        [1, 0, 6.781],
        [0, 0, 0.1],
        [1, 1, 0],
        [0, 1, -0.26],
    ]
    assert found["columns"][0] == {"value": "effect_repeated", "label": "Effect on repeated text"}
    offered = [column["value"] for column in ranked(sort="induction")["columns"]]
    assert not {"copying", "effect_repeated", "effect_natural"} & set(offered)


def test_a_part_of_many_rows():
    found = ranked(rows=2, sort="-induction")
    assert [row[:2] for row in found["rows"]] == [[0, 0], [1, 1]]
    assert found["found"] == 4

"""Which sentences stand there at once, and what they are about."""

import json

import made_tables
import plotly
import pytest

from app.analysis.observations import Observation
from app.page.observations import layout as observations
from cache.store import Store, Table
from headstrata.errors import UserError


def texts(parts):
    data = json.loads(json.dumps(parts, cls=plotly.utils.PlotlyJSONEncoder))
    return [item["props"]["children"] for item in data[1]["props"]["children"]]


def test_what_leads_and_the_clearest_trends_stand_first():
    found = [Observation("trend", f"trend {i}") for i in range(5)]
    found += [Observation("dominant", "leads"), Observation("absent", "absent")]
    parts = observations.build(found, "By category.")
    assert texts(parts) == ["leads", "trend 0", "trend 1", "trend 2"]
    assert parts[2].children[0].children == "3 more observations"


def test_they_follow_thresholds():
    heads = made_tables.heads(induction=[0.9, 0.35, 0.05, 0.35, 0.05, 0.05])
    table = Table("tiny", heads, made_tables.provenance())
    said = [o.sentence for o in observations.of_table(table, 1, "detailed", "")]
    changed = [o.sentence for o in observations.of_table(table, 1, "detailed", "induction:0.3")]
    assert any(sentence.startswith("Induction pattern (1 head)") for sentence in said)
    assert any(sentence.startswith("Induction pattern (3 heads)") for sentence in changed)


def test_a_published_table_says_less(tmp_path):
    table = Store(str(tmp_path)).read("gpt2-xl-published")
    found = observations.of_table(table, 12, "detailed", "")
    assert found[0].kind == "limits"
    trends = [o.sentence.partition(" (")[0] for o in found if o.kind == "trend"]
    assert sorted(trends) == ["Induction pattern", "Previous token"]


def test_operations_have_their_own(tmp_path):
    table = Store(str(tmp_path)).read("gpt2-xl-published")
    found = observations.of_table(table, 12, "operations", "")
    assert found[-1].sentence.startswith("Most often a head's strongest operation: ")
    assert any(o.sentence.startswith("Knowledge (") for o in found)
    with pytest.raises(UserError, match="not one of detailed, grouped, operations"):
        observations.of_table(table, 12, "nonsense", "")


def test_a_budget_has_its_own_and_no_threshold_moves_it():
    table = Table("tiny", made_tables.heads(), made_tables.provenance())
    said, moved = (
        [o.sentence for o in observations.of_table(table, 1, "budget", t)]
        for t in ("", "induction:0.01")
    )
    assert said == moved
    assert any("12.5% of all attention" in sentence for sentence in said)
    assert not any("borderline" in sentence for sentence in said)


def test_what_the_sentences_are_about_is_said_truly():
    assert observations.about(12, "budget", "") == (
        "By destination of attention, in bins of 12 layers."
    )
    assert observations.about(1, "budget", "induction:0.3") == (
        "By destination of attention, in bins of one layer. The changed thresholds do not touch "
        "a budget."
    )
    assert observations.about(3, "operations", "induction:0.3").endswith(
        "The changed thresholds do not touch published operations."
    )
    assert observations.about(3, "grouped", "induction:0.3").endswith(
        "under the changed thresholds."
    )


def test_published_operations_are_counted(tmp_path):
    table = Store(str(tmp_path)).read("gpt2-xl-published")
    counts = [o for o in observations.of_table(table, 12, "operations", "") if o.kind == "count"]
    assert counts[0].sentence == (
        "201 of 1,200 heads (16.8%) implement at least one of the 18 operations, 101 of them more "
        "than one."
    )

"""What is said of heads that disagree."""

import json

import made_tables
import plotly

from app.page.compare import comparison
from app.page.compare import layout as compare_panel
from app.page.compare.comparison import pair
from cache.store import Store, Table


def text_of(parts) -> str:
    return json.dumps(parts, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def two(first, second):
    return [
        Table(name, made_tables.heads(1, 2, **scores), made_tables.provenance(1, 2))
        for name, scores in (("one", first), ("other", second))
    ]


def told(one, other, score):
    shared, found = comparison.agreement(one, other, score)
    return text_of(compare_panel.heads(shared, found, ("a", "b"), ""))


def test_a_head_that_keeps_its_name_across_the_threshold_says_so():
    """Induction comes first in the tiers, so the sink score names nothing here."""
    pattern = [0.9, 0.9]
    one, other = two(
        {"induction": pattern, "first_token": [0.39, 0.1]},
        {"induction": pattern, "first_token": [0.45, 0.1]},
    )
    said = told(one, other, "first_token")
    assert "Induction pattern in both, across the threshold" in said
    assert "1 head disagrees" in said


def test_a_renamed_head_shows_both_names():
    one, other = two({"induction": [0.9, 0.9]}, {"induction": [0.1, 0.9]})
    assert "Induction pattern → Unclassified" in told(one, other, "induction")
    assert "No head disagrees." in told(one, one, "induction")


def test_what_differs_in_the_measurements_is_told_above_the_numbers(tmp_path):
    published = Store(str(tmp_path)).read("gpt2-xl-published")
    computed = Table("one", made_tables.heads(), made_tables.provenance())
    said = text_of(compare_panel.measured_apart(pair(published, computed, "detailed")))
    assert "Not measured alike: Induction (prefix matching) and Previous token" in said
    assert "first row and column dropped, rows renormalised" in said
    assert '"open": true' in said
    assert compare_panel.measured_apart(pair(computed, computed, "detailed")) == []
    # published of the model: nothing was measured in the tables
    assert compare_panel.measured_apart(pair(published, published, "operations")) == []

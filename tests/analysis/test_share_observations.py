"""Sentences about the attention budget, with numbers worked out by hand."""

import made_tables
import numpy as np
import pandas as pd
import pytest

from app.analysis.observing import observe
from app.views.budget import BUDGET_VIEW
from cache.schema import BUDGET
from cache.store import PUBLISHED, Table
from headstrata.errors import UserError


def table(*layers):
    """One dict of masses a head (what is left goes to everything else), a list a layer."""
    rows = []
    for layer, heads in enumerate(layers):
        for number, masses in enumerate(heads):
            row = {
                "layer": layer,
                "head": number,
                **dict.fromkeys(BUDGET, 0.0),
                "mass_sink": np.nan,
            }
            row |= {f"mass_{name}": share for name, share in masses.items()}
            rows.append(row | {"mass_other": 1 - sum(masses.values())})
    return pd.DataFrame(rows)


def said(heads, width, kind):
    return [found for found in observed(heads, width) if found.kind == kind]


def observed(heads, width):
    layers = int(heads["layer"].max()) + 1
    record = made_tables.provenance(layers, len(heads) // layers)
    return observe(Table("made", heads, record), width, BUDGET_VIEW)


SINK, BACK = {"first": 0.8}, {"previous": 0.6, "first": 0.2}
#: Ten layers of two heads; from layer 6 on both rest on the first token.
DEEPER = table(*[[BACK, BACK]] * 3, *[[SINK, BACK]] * 3, *[[SINK, SINK]] * 4)


def test_what_takes_the_largest_share_of_each_bin():
    # [0, 5): six + two heads back, two sinks: previous .6*8/10 = .48, first (.8*2 + .2*8)/10 = .32
    # [5, 10): one back, nine sinks: first (.8*9 + .2)/10 = .74
    assert [o.sentence for o in said(DEEPER, 5, "dominant")] == [
        "The previous token takes the largest share of the attention in [0, 5) (48.0%).",
        "The first token takes the largest share of the attention in [5, 10) (74.0%).",
    ]
    (alone,) = said(table([SINK], [SINK]), 1, "dominant")
    assert alone.sentence == (
        "The first token takes the largest share of the attention in every bin (80.0%)."
    )


def test_a_share_that_rises_is_said_to_rise_with_its_interval_and_peak():
    first = next(o for o in said(DEEPER, 5, "trend") if o.sentence.startswith("The first token"))
    # per layer .2 three times, .5 three times, .8 four times: tied ranks 2, 5, 8.5
    rho = np.corrcoef(np.arange(10), [2, 2, 2, 5, 5, 5, 8.5, 8.5, 8.5, 8.5])[0, 1]
    # over all: (.8 * 11 + .2 * 9) / 20 = .53
    assert first.sentence.startswith(
        f"The first token (53.0% of all attention): its share rises with depth "
        f"(Spearman's rho {rho:.2f}, 95% interval "
    )
    assert first.sentence.endswith("; most in [5, 10), 74.0%.")


def test_the_strongest_trend_stands_first_and_every_peak_is_named():
    trends = said(table([SINK], [BACK], [SINK], [BACK]), 1, "trend")
    assert trends[0].sentence == (
        "The first token (50.0% of all attention): Spearman's rho −0.45 with depth over 4 "
        "layers, too few for an interval; most in [0, 1) and [2, 3), 80.0% each."
    )
    constant = said(table([SINK], [SINK]), 1, "trend")
    assert constant[0].sentence == (
        "The first token (80.0% of all attention): the same share in every layer; 80.0% in "
        "every bin."
    )


def test_two_layers_are_too_few_for_a_trend_but_not_alike():
    assert said(table([SINK], [BACK]), 1, "trend")[0].sentence == (
        "The first token (50.0% of all attention): 2 layers are too few for a trend; most in "
        "[0, 1), 80.0%."
    )


def test_one_bin_has_no_peak():
    for observation in said(DEEPER, 10, "trend"):
        assert "most in" not in observation.sentence


def test_destinations_without_attention_are_named_together():
    (found,) = said(table([SINK]), 1, "absent")
    assert found.sentence.startswith(
        "Less than 0.05% of the attention goes to: The current token, The previous token, "
    )
    assert "first token" not in found.sentence


def test_heads_that_give_most_to_one_destination_are_counted():
    (found,) = said(DEEPER, 5, "count")
    assert found.sentence == (
        "20 of 20 heads (100.0%) give more than half of their attention to one named "
        "destination: 11 to the first token and 9 to the previous token."
    )
    (none,) = said(table([{"first": 0.5}, {"previous": 0.3}]), 1, "count")
    assert none.sentence == (
        "None of the 2 heads gives more than half of its attention to one of the 7 named "
        "destinations."
    )


def test_a_table_without_masses_has_nothing_to_say():
    published = pd.read_parquet(PUBLISHED / "gpt2-xl-published.parquet")
    with pytest.raises(UserError, match="no attention budget"):
        observed(published, 12)

"""The attention budget on heads worked out by hand."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest

from app.views.budget import (
    BUDGET_VIEW,
    PARTS,
    budget_by_bin,
    has_budget,
    layer_parts,
    pack_budget,
)
from app.views.head_budget import describe_mixed, head_budget
from cache.schema import BUDGET, budget
from cache.store import PUBLISHED
from headstrata.errors import UserError
from vocabulary.budget import DESTINATIONS

#: The destinations that every model has.
PLACES = [name for name in BUDGET if name != "mass_sink"]


def head(layer, number, masses, **more):
    row = {"layer": layer, "head": number, "category": "mixed", "runner_up": "previous_token"}
    row |= {"previous_token": 0.31}
    return {**row, **dict(zip(PLACES, masses, strict=True)), **more}


#                first current prev. repeat after local delim other
A = head(0, 0, [0.50, 0.10, 0.10, 0.00, 0.00, 0.10, 0.10, 0.10])
B = head(0, 1, [0.10, 0.30, 0.10, 0.20, 0.00, 0.10, 0.10, 0.10])
C = head(1, 0, [1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0, 0])
D = head(1, 1, [1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0, 0])


def test_a_bin_is_the_mean_of_its_heads():
    table = budget_by_bin(pd.DataFrame([A, B, C, D]), 1)
    first = table[table["bin"] == "[0, 1)"]
    assert first["percent"].tolist() == [
        *("30.0%", "20.0%", "10.0%", "10.0%", "0.0%", "10.0%", "10.0%", "10.0%"),
    ]
    assert first["heads"].tolist() == [2] * 8
    assert first["share"].sum() == pytest.approx(1)


def test_each_percentage_is_rounded_by_itself():
    thirds = budget_by_bin(pd.DataFrame([A, B, C, D]), 1).query("start == 1")
    assert thirds["percent"].tolist()[:3] == ["33.3%", "33.3%", "33.3%"]


def test_a_layers_parts_add_up_exactly_whatever_its_masses_are():
    heads = pd.DataFrame([A, B, C, D])
    parts = layer_parts(heads["layer"], budget(heads), 3)
    assert parts[0].tolist() == [
        300_000,
        200_000,
        100_000,
        100_000,
        0,
        100_000,
        100_000,
        0,
        100_000,
    ]
    # a third is 333,333.3…: the one part that is left goes to the first
    assert parts[1].tolist() == [333_334, 333_333, 333_333, 0, 0, 0, 0, 0, 0]
    assert parts[2].tolist() == [0] * 9  # no heads, no budget
    masses = pd.DataFrame(np.random.default_rng(0).dirichlet([0.3] * 8, 1200), columns=PLACES)
    layer = np.repeat(np.arange(48), 25)
    drawn = layer_parts(layer, masses, 48)
    assert (drawn.sum(axis=1) == PARTS).all()
    exact = masses.to_numpy().reshape(48, 25, 8).mean(axis=1) * PARTS
    assert np.abs(drawn - exact).max() < 1


def decoded(packed, layers):
    """The layers' parts as a browser reads them: four base-36 digits each."""
    numbers = [int(packed[at : at + 4], 36) for at in range(0, len(packed), 4)]
    return [numbers[9 * layer : 9 * layer + 9] for layer in range(layers)]


@pytest.mark.parametrize("seed", range(4))
def test_chart_and_download_agree_in_every_bin_of_every_width(seed):
    """The chart sums the packed parts of a bin's layers; so does the download."""
    rng = np.random.default_rng(seed)
    layers, per_layer = int(rng.integers(5, 60)), int(rng.integers(1, 9))
    layer = np.repeat(np.arange(layers), per_layer)
    masses = rng.dirichlet([0.4] * 8, layers * per_layer).astype(np.float32)
    heads = pd.DataFrame(masses, columns=PLACES).assign(
        layer=layer, head=np.tile(np.arange(per_layer), layers)
    )
    sent = decoded(pack_budget(heads["layer"], budget(heads), layers)["layers"], layers)
    second = decoded(BUDGET_VIEW.packed(heads, layers)["masses"], layers)
    assert second == sent
    for width in range(1, layers + 1):
        rows = budget_by_bin(heads, width)
        expected = []
        for start in range(0, layers, width):
            inside = sent[start : start + width]
            for place in (0, 1, 2, 3, 4, 5, 6, 8):  # there is no learned sink
                part = Decimal(100 * sum(one[place] for one in inside))
                exact = part / (PARTS * len(inside))
                expected.append(f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%")
        assert rows["percent"].tolist() == expected
        assert rows.groupby("bin")["share"].sum().to_numpy() == pytest.approx(1)


def test_layers_count_by_their_number_of_heads():
    # two heads that share alike, one that rests on the first token: (2 * 0.5 + 1) / 3
    heads = pd.DataFrame(
        [
            head(0, 0, [0.5, 0.5, 0, 0, 0, 0, 0, 0]),
            head(0, 1, [0.5, 0.5, 0, 0, 0, 0, 0, 0]),
            head(1, 0, [1, 0, 0, 0, 0, 0, 0, 0]),
        ]
    )
    table = budget_by_bin(heads, 2)
    assert table["percent"].tolist()[:2] == ["66.7%", "33.3%"]
    assert BUDGET_VIEW.parts(heads) == (
        {**dict.fromkeys(BUDGET, 0), "mass_first": 2_000_000, "mass_current": 1_000_000},
        3_000_000,
    )


def test_masses_that_sum_to_a_little_more_than_one_are_shared_out_alike():
    table = budget_by_bin(pd.DataFrame([head(0, 0, [0.505, 0.505, -0.001, 0, 0, 0, 0, 0])]))
    assert table["percent"].tolist()[:3] == ["50.0%", "50.0%", "0.0%"]


def test_a_budget_of_some_heads_only_is_none_of_the_bins():
    partly = pd.DataFrame([A, head(0, 1, [np.nan] * 8)])
    assert not has_budget(partly)
    with pytest.raises(UserError, match="no attention budget: of some or all of its heads"):
        budget_by_bin(partly)


def test_a_published_table_says_that_it_has_none():
    published = pd.read_parquet(PUBLISHED / "gpt2-xl-published.parquet")
    assert not has_budget(published)
    assert head_budget(published.iloc[0]) is None
    assert describe_mixed(published.iloc[0]) == "Its attention budget was not measured."
    with pytest.raises(UserError, match=r"no attention budget.*classify the model"):
        budget_by_bin(published, 12)


def test_a_width_out_of_range_is_refused():
    with pytest.raises(UserError, match="bin width 3 is not between 1 and 2"):
        budget_by_bin(pd.DataFrame([A, C]), 3)


def test_a_mixed_head_is_described_by_its_budget():
    row = pd.Series(head(0, 0, [0.30, 0.02, 0.25, 0.03, 0.00, 0.20, 0.04, 0.16]))
    assert describe_mixed(row) == (
        "On natural text it gives 30.0% to the first token, 25.0% to the previous token, "
        "20.0% to two to five tokens back, 9.0% to places that get less than 5% each and "
        "16.0% to everything else. "
        "The nearest name is “Previous token”: its score is 0.31, the threshold 0.40."
    )


def test_the_nearest_name_is_told_by_the_thresholds_in_force():
    row = head(0, 0, [1, 0, 0, 0, 0, 0, 0, 0])
    assert describe_mixed(pd.Series(row), {"previous_token": 0.314}).endswith(
        "its score is 0.31, the threshold 0.314."
    )
    # delimiters must also make twice their share of the text: 2 * 0.24
    row |= {"runner_up": "delimiter", "delimiter": 0.41, "delimiter_base_rate": 0.24}
    assert describe_mixed(pd.Series(row)).endswith("its score is 0.41, the threshold 0.48.")


def test_a_named_head_is_not_given_a_second_name():
    row = pd.Series(head(0, 0, [1, 0, 0, 0, 0, 0, 0, 0], category="first_token"))
    assert describe_mixed(row) == "On natural text it gives 100.0% to the first token."


def test_every_destination_has_a_colour_of_its_own():
    parts = list(DESTINATIONS.values())
    assert [part.name for part in parts] == list(BUDGET)
    assert len({part.colour for part in parts}) == 9

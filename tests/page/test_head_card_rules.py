"""What a head's card says of further scores that reach their thresholds, and of rivals far off."""

import made_tables
import pytest

from app.page.selection import head_card
from cache.store import Table

TRIGGER = "but a head is named for what it does at its trigger before where it rests."


def card(**scores: float) -> tuple[str, list[str]]:
    """Verdict and further sentences of a head; a score that is not given is 0.05."""
    made = Table("tiny", made_tables.heads(1, 1, **scores), made_tables.provenance(1, 1))
    row, record = made.heads.iloc[0], made.provenance
    return head_card.verdict(row, record), head_card.also_reached(row, record)


def test_a_trigger_goes_before_a_rest():
    _, said = card(induction=0.9, first_token=0.81)
    assert said == [f"First token (sink) also reaches its threshold, {TRIGGER}"]
    _, said = card(previous_token=0.9, first_token=0.81, entropy=0.95)
    assert said == [f"First token (sink) and Broad also reach their thresholds, {TRIGGER}"]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({"first_token": 0.9, "entropy": 0.95}, "Broad also reaches its threshold, but First"),
        ({"previous_token": 0.6, "local_window": 0.9}, "Local window also reaches its threshold"),
        ({"induction": 0.9, "duplicate_token": 0.6}, ""),  # these two compete: the verdict says it
        ({"first_token": 0.9}, ""),
        ({}, ""),
    ],
)
def test_other_ways_in_which_a_rule_goes_before(scores: dict[str, float], said: str):
    told = card(**scores)[1]
    assert len(told) == bool(said)
    assert not said or told[0].startswith(said)


def test_a_rival_below_half_its_threshold_is_not_near():
    # 0.05 of 0.4 is 12% of the threshold, 0.25 is 62%
    assert (
        "Runner-up: none near (the nearest, Duplicate token, reaches 12%" in card(induction=0.9)[0]
    )
    near = card(induction=0.9, previous_token=0.25)[0]
    assert near.startswith("Runner-up: Previous token. Margin 1.62")

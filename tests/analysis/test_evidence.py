"""Sentences about what heads write and how much they matter, from made numbers."""

import made_tables
import pytest

from app.analysis.evidence import lacking, of_head, of_table
from app.analysis.observing import observe
from app.page.selection import head_card
from app.views.budget import BUDGET_VIEW
from app.views.categories import DETAILED
from app.views.operations import OPERATIONS_VIEW
from cache.provenance import EvidenceRecord
from cache.schema import conform
from cache.store import Table

ROW = {"copying": 4.75, "copying_se": 0.07, "effect_repeated": 2.454, "effect_repeated_se": 0.151}


def heads(**columns):
    """Three heads: the first two look at the previous token, the third is unclassified."""
    made = made_tables.heads(3, 1, previous_token=[0.9, 0.8, 0.05])
    return conform(made.assign(**columns))


def head(**columns):
    return heads(**{name: [value] * 3 for name, value in columns.items()}).iloc[0]


def test_a_head_that_copies_and_matters():
    assert of_head(head(**ROW)) == [
        "It copies: it makes the token that it attends to likelier (4.75 ± 0.07 standard "
        "deviations of the logits of all tokens).",
        "Without it the loss on repeated text rises by 2.454 ± 0.151 nats per token.",
    ]


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        (1.2, 0.1, "It copies"),
        (1.2, 0.11, "It neither copies nor suppresses"),  # 1.2 less two errors is .98
        (-1.2, 0.1, "It suppresses: it makes the token that it attends to less likely (−1.20 ± 0"),
        (0.0, 0.1, "It neither copies nor suppresses the token that it attends to (0.00 ± 0.10"),
    ],
)
def test_what_counts_as_copying(value, error, said):
    [told] = of_head(head(copying=value, copying_se=error))
    assert told.startswith(said)


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        (-0.26, 0.05, "Without it the loss on natural text falls by 0.260 ± 0.050 nats per token."),
        (
            0.004,
            0.002,
            "No effect on the loss on natural text is seen: 0.004 ± 0.002 nats per token.",
        ),
        (0.0, 0.0, "Without it the loss on natural text is exactly the same."),
    ],
)
def test_effects_that_help_hurt_or_are_not_seen(value, error, said):
    assert of_head(head(effect_natural=value, effect_natural_se=error)) == [said]


def test_nothing_is_said_of_what_nobody_measured():
    made = made_tables.heads()
    assert of_head(made.iloc[0]) == []
    assert of_table(made, DETAILED) == []


def test_sums_of_categories_are_told_where_they_are_more_than_noise():
    made = heads(
        effect_repeated=[6.0, 1.5, -0.2],
        effect_repeated_se=[0.3, 0.4, 0.2],
        effect_repeated_sign=["positive", "positive", "zero"],
    )
    assert of_table(made, DETAILED) == [
        (
            "effect",
            "Effects on repeated text, in nats per token: Previous token 7.5 (2 heads), of the 7.5 "
            "above 0; below 0 lie −0.200. Such sums are no shares of the loss: heads in series are "
            "each counted whole.",
        ),
        (
            "count",
            "2 of 3 heads change the loss on repeated text beyond 2 standard errors when each is "
            "ablated alone (2 help, 0 hurt); chance alone would give about 0.",
        ),
    ]


def test_a_head_that_writes_nothing_is_told_so():
    evidence = EvidenceRecord(seed=0, dtype="float32", device="cpu", copying_tokens=512)
    record = made_tables.provenance(3, 1, evidence=evidence)
    effects = {
        f"{name}{end}": 0.0 for name in ("effect_repeated", "effect_natural") for end in ("", "_se")
    }
    assert lacking(head(**effects), record) == (
        "— It writes nothing: what it copies cannot be told."
    )


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (
            {},
            "— Copying, effect on repeated text and effect on natural text are not measured: "
            "headstrata classify MODEL --evidence measures them.",
        ),
        (
            ROW,
            "— Effect on natural text is not measured: headstrata classify MODEL --evidence "
            "measures it.",
        ),
        (ROW | {"effect_natural": 0.0, "effect_natural_se": 0.0}, ""),
    ],
)
def test_what_nobody_measured_is_told_with_the_command(measured, said):
    record = made_tables.provenance(3, 1)
    assert lacking(head(**measured), record) == said
    card = str(head_card.build(Table("made", heads(**_three(measured)), record), "0.0"))
    assert ("--evidence" in card) is bool(said)


def _three(values):
    return {name: [value] * 3 for name, value in values.items()}


def test_why_something_cannot_be_measured_is_told_instead():
    evidence = EvidenceRecord(
        seed=0,
        dtype="float32",
        device="cpu",
        notes=["effects are not measured: the checkpoint has no unembedding"],
    )
    told = lacking(head(), made_tables.provenance(3, 1, evidence=evidence))
    assert told == "— Effects are not measured: the checkpoint has no unembedding."


def test_card_and_observations_have_them():
    made = heads(
        **{name: [value] * 3 for name, value in ROW.items()}, effect_repeated_sign=["positive"] * 3
    )
    table = Table("made", made, made_tables.provenance(3, 1))
    assert "Without it the loss on repeated text rises by 2.454" in str(
        head_card.build(table, "0.0")
    )
    told = [one.sentence for one in observe(table, 2, DETAILED)]
    assert any(one.startswith("3 of 3 heads change the loss on repeated text") for one in told)
    assert not OPERATIONS_VIEW.has(table)
    assert "nats" not in str(observe(table, 2, BUDGET_VIEW))  # whose parts are no heads

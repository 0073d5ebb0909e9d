"""Heads whose pattern and effect do not go together."""

import made_tables
import pandas as pd

from app.analysis.surprises import surprises


def table(**measures: list[float]) -> pd.DataFrame:
    """Three layers of four: 0.0, 0.1 and 2.3 are induction heads, 1.0 sees the previous token, the
    others have no name.
    """
    induction = [0.6, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.5]
    heads = made_tables.heads(
        3, 4, induction=induction, previous_token=[0.1] * 4 + [0.9] + [0.1] * 7
    )
    return made_tables.with_evidence(heads, **measures)


#: Two errors are .02: of the induction heads only 2.3 has an effect.
EFFECTS = [0.015, -0.02, 0.3, -0.9, 7, 0.01, 0.04, 0, 0, 0, 0, 2.0]


def test_named_heads_without_effect_and_nameless_ones_with_a_large_one():
    heads = table(effect_repeated=EFFECTS)
    named, nameless = surprises(heads, "induction", "effect_repeated")
    assert (named.heads, named.found) == ([(0, 1), (0, 0)], 2)  # the highest score first
    assert "Named Induction pattern for a high score" in named.rule
    assert "within 2 standard errors" in named.rule
    # a tenth of twelve, rounded up, are the two largest: 1.0 and 2.3, which have names
    assert (nameless.heads, nameless.found) == ([], 0)
    assert "among the largest 10% of all heads" in nameless.rule

    # without these two nobody but 0.3 (-.9) is the largest of ten
    without = heads["effect_repeated"].drop([4, 11]).reindex(heads.index)
    _, nameless = surprises(
        heads.assign(effect_repeated=without), "effect_repeated", "previous_token"
    )
    assert nameless.heads == [(0, 3)]


def test_at_most_ten_are_named():
    heads = made_tables.with_evidence(
        made_tables.heads(3, 8, induction=0.9), effect_natural=[0] * 24
    )
    named, nameless = surprises(heads, "induction", "effect_natural")
    assert (len(named.heads), named.found) == (10, 24)
    assert nameless.found == 0


def test_nothing_of_two_scores_two_measures_or_what_nobody_measured():
    heads = table(effect_repeated=EFFECTS, copying=EFFECTS)
    assert surprises(heads, "induction", "previous_token") == []
    assert surprises(heads, "copying", "effect_repeated") == []
    assert surprises(heads, "induction", "copying") == []
    assert surprises(heads, "induction", "effect_natural") == []

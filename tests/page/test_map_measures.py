"""The measure that the map is coloured by, as it reaches the browser."""

import made_tables
import pytest

from app.views.measures import of_heads
from headstrata.errors import UserError


def test_a_measure_is_sent_with_its_errors_and_gaps():
    heads = made_tables.with_evidence(
        made_tables.heads(1, 3), copying=[6.78, -0.002625, float("nan")]
    )
    heads.loc[2, "copying_se"] = None
    found = of_heads(heads, "copying")
    assert found == {"values": [6.78, -0.002625, None], "errors": [0.01, 0.01, None]}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("induction", "measure 'induction' is not one of copying, effect_repeated"),
        ("copying", "this table lacks copying: headstrata classify MODEL --evidence"),
    ],
)
def test_what_the_table_does_not_have_is_named(name: str, said: str):
    with pytest.raises(UserError, match=said):
        of_heads(made_tables.heads(), name)

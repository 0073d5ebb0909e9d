"""Two scores or measures of every head, as they reach the browser."""

import made_tables
import pytest

from app.page.scatter.data import pack_axes
from headstrata.errors import UserError


def test_scores_and_errors_are_sent_in_thousandths():
    heads = made_tables.heads(1, 2, induction=[0.4, 1.0], first_token=[0.035, 0.036])
    packed = pack_axes(heads, "induction", "first_token")
    # 400 = 11 * 36 + 4, 1000 = 27 * 36 + 28; 35 and 36; errors are .001
    assert packed == {"x": "b4rs", "x_se": "0101", "y": "0z10", "y_se": "0101"}
    assert pack_axes(heads, "mass_sink", "induction")["x"] == "~~~~"  # nobody measured it


def test_a_measure_is_sent_with_its_sign_and_size():
    heads = made_tables.with_evidence(
        made_tables.heads(1, 3), effect_repeated=[6.78, -0.002625, float("nan")]
    )
    packed = pack_axes(heads, "induction", "effect_repeated")
    assert packed["x"] == "1e1e1e"  # 50 = 1 * 36 + 14
    assert packed["y"] == [6.78, -0.002625, None]
    assert packed["y_se"] == [0.01, 0.01, 0.01]
    assert pack_axes(heads, "copying", "induction")["x"] == [None, None, None]


def test_a_score_that_is_none_is_named():
    with pytest.raises(UserError, match="score 'layer' is not one of induction"):
        pack_axes(made_tables.heads(), "layer", "induction")

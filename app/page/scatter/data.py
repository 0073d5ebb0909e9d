"""Two numbers of every head, packed for the browser: ``assets/scatter/`` reads them."""

from typing import Any

import pandas as pd

from app.views.measures import listed
from app.views.packing import SCORE_UNIT, pack
from headstrata.errors import UserError
from vocabulary.evidence import MEASURES
from vocabulary.taxonomy import SCORES


def pack_axes(heads: pd.DataFrame, x: str, y: str) -> dict[str, Any]:
    """Columns ``x``, ``x_se``, ``y``, ``y_se``.

    Returns:
        Of a score, two digits a head, in thousandths; of a measure, a list of numbers, None
        where nobody measured.

    Raises:
        UserError: One of them is neither score nor measure.
    """
    packed = {}
    for side, name in (("x", x), ("y", y)):
        if name not in SCORES and name not in MEASURES:
            known = ", ".join((*SCORES, *MEASURES))
            raise UserError(f"score {name[:60]!r} is not one of {known}")
        nothing = pd.Series(float("nan"), index=heads.index)
        for end in ("", "_se"):
            packed[side + end] = _column(heads.get(name + end, nothing), name)
    return packed


def _column(values: pd.Series, name: str) -> str | list[float | None]:
    if name in SCORES:
        return pack(values, 2, SCORE_UNIT)
    return listed(values)

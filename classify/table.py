"""Makes the head table from values per prompt: means, standard errors, categories."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cache.grid import Grid
from classify.statistics import MEASURED
from vocabulary import rules
from vocabulary.taxonomy import SCORES, Probe

#: The smallest standard error that is reported. The scores of inactive heads differ between
#: sets of prompts in the fifth digit, by events too rare to occur in each set
#: (docs/scoring.md).
LEAST_ERROR = 1e-4


def head_table(values: Mapping[Probe, NDArray[np.float64]]) -> pd.DataFrame:
    """One row per head, layer-major.

    Args:
        values: Per probe (N, L, H, S), S in the order of ``MEASURED[probe]``.

    Returns:
        ``layer``, ``head``, every statistic (mean over prompts), ``<score>_se``
        (``standard_errors`` of that mean), and the verdict.
    """
    layer, head = Grid(*values["natural"].shape[1:3]).columns
    table = pd.DataFrame({"layer": layer, "head": head})
    for probe, array in values.items():
        mean = array.mean(axis=0)  # (L, H, S)
        error = standard_errors(array)
        for index, name in enumerate(MEASURED[probe]):
            table[name] = mean[..., index].ravel()
            if name in SCORES:
                table[f"{name}_se"] = error[..., index].ravel()
    return table.assign(**rules.verdict_columns(table))


def standard_errors(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard errors of the mean; mean +- 2 of them covers the true mean in 95 % of runs.

    The plain standard error is too small for a head that is rarely active: most sets of
    64 prompts miss the few that determine its mean. So it is widened by the second-order
    term of the t statistic's coverage, from skewness and kurtosis (Hall 1992, The
    Bootstrap and Edgeworth Expansion; here for two standard errors). For symmetric scores
    that is two per cent at 64 prompts. ``LEAST_ERROR`` is added in quadrature.

    Args:
        values: (N, ...), one value per prompt; the prompt is the unit of noise.

    Returns:
        (...) in the unit of the values, at least ``LEAST_ERROR``.
    """
    count = len(values)
    centred = values - values.mean(axis=0)
    variance = (centred**2).mean(axis=0)
    scale = np.sqrt(np.where(variance > 0, variance, 1.0))
    skewness = ((centred / scale) ** 3).mean(axis=0)
    excess = ((centred / scale) ** 4).mean(axis=0) - 3
    widening = 1 + (7 / 6 * skewness**2 - excess / 12 + 5 / 4) / count
    errors: NDArray[np.float64] = np.hypot(widening * np.sqrt(variance / (count - 1)), LEAST_ERROR)
    return errors

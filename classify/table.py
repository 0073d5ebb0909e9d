"""Makes the head table from values per prompt: means, standard errors, categories."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cache.grid import Grid
from classify.statistics import MEASURED
from vocabulary import rules
from vocabulary.taxonomy import SCORES, Probe

#: One number, or one for each statistic.
Floats = float | NDArray[np.float64]

#: The smallest standard error that is reported. The scores of inactive heads differ between
#: sets of prompts in the fifth digit, by events too rare to occur in each set
#: (docs/scoring.md).
LEAST_ERROR = 1e-4


def head_table(
    values: Mapping[Probe, NDArray[np.float64]], grid: Grid, overlap: float = 0.0
) -> pd.DataFrame:
    """One row per head, layer-major.

    Args:
        values: Per probe (N, G, S), S in the order of ``MEASURED[probe]``; NaN where a prompt
            has no row that a statistic counts in.
        grid: Which of the G rows is which head.
        overlap: The expected share that two natural prompts have in common.

    Returns:
        ``layer``, ``head``, every statistic (mean over prompts), ``<score>_se``
        (``standard_errors`` of that mean), and the verdict. NaN where fewer than two prompts
        have a value: what has no error is not measured.
    """
    layer, head = grid.columns
    table = pd.DataFrame({"layer": layer, "head": head})
    for probe, array in values.items():
        error = standard_errors(array, overlap if probe == "natural" else 0.0)  # (G, S)
        mean = np.where(np.isnan(error), np.nan, _mean(array))
        for index, name in enumerate(MEASURED[probe]):
            table[name] = mean[:, index]
            if name in SCORES:
                table[f"{name}_se"] = error[:, index]
    return table.assign(**rules.verdict_columns(table))


def standard_errors(
    values: NDArray[np.float64], overlap: float = 0.0, least: float = LEAST_ERROR
) -> NDArray[np.float64]:
    """Standard errors of the mean; mean +- 2 of them covers the true mean in 95 % of runs.

    The plain standard error is too small for a head that is rarely active: most sets of
    64 prompts miss the few that determine its mean. So it is widened by the second-order
    term of the t statistic's coverage, from skewness and kurtosis (Hall 1992, The
    Bootstrap and Edgeworth Expansion; here for two standard errors). For symmetric scores
    that is two per cent at 64 prompts. ``least`` is added in quadrature.

    Prompts that overlap are fewer than they seem (``independent_prompts``), and they differ
    less from each other than from other text: their variance is too small by 1 - overlap.

    Args:
        values: (N, ...), one value per prompt; the prompt is the unit of noise. NaN: none.
        overlap: The expected share that two prompts have in common, 0 to below 1.
        least: The smallest that is reported.

    Returns:
        (...) in the unit of the values, at least ``least``; NaN where fewer than two
        prompts have a value.
    """
    count = (~np.isnan(values)).sum(axis=0)
    count = np.where(count > 1, count, np.nan)
    centred = values - _mean(values)
    variance = _mean(centred**2)
    scale = np.sqrt(np.where(variance > 0, variance, 1.0))
    skewness = _mean((centred / scale) ** 3)
    excess = _mean((centred / scale) ** 4) - 3
    independent = independent_prompts(count, overlap)
    widening = 1 + (7 / 6 * skewness**2 - excess / 12 + 5 / 4) / independent
    plain = np.sqrt(variance / (count - 1)) * overlap_factor(count, overlap)
    errors: NDArray[np.float64] = np.hypot(widening * plain, least)
    return errors


def independent_prompts(count: Floats, overlap: float) -> Floats:
    """How many prompts without overlap say as much about the mean.

    The values of two prompts are taken to be correlated by the share that they have in
    common, as means over tokens are. So the mean's variance is 1 + (N - 1) * overlap times
    that of N independent prompts: the design effect of a sample in clusters (Kish 1965,
    Survey Sampling).
    """
    return count / (1 + (count - 1) * overlap)


def overlap_factor(count: Floats, overlap: float) -> Floats:
    """By how much the overlap of prompts makes the standard error larger, at least 1."""
    factor: Floats = np.sqrt(count / independent_prompts(count, overlap) / (1 - overlap))
    return factor


def _mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean over the first axis of those that are numbers; NaN where there are none."""
    mean: NDArray[np.float64] = values.mean(axis=0)
    gaps = np.isnan(mean)
    if gaps.any():
        some = values[:, gaps]
        known = ~np.isnan(some)
        with np.errstate(invalid="ignore"):  # 0 / 0
            mean[gaps] = np.where(known, some, 0).sum(axis=0) / known.sum(axis=0)
    return mean

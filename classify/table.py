"""From values per prompt to the head table: means, standard errors, categories."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from classify import rules
from classify.statistics import MEASURED
from classify.taxonomy import SCORES, Probe


def head_table(values: Mapping[Probe, NDArray[np.float64]]) -> pd.DataFrame:
    """One row a head, layer-major.

    Args:
        values: Per probe (N, L, H, S), S in the order of ``MEASURED[probe]``.

    Returns:
        ``layer``, ``head``, every statistic (mean over prompts), ``<score>_se``
        (standard error of that mean; the prompt is the unit), and the verdict.
    """
    layers, heads = values["natural"].shape[1:3]
    table = pd.DataFrame(
        {
            "layer": np.repeat(np.arange(layers), heads),
            "head": np.tile(np.arange(heads), layers),
        }
    )
    for probe, array in values.items():
        mean = array.mean(axis=0)  # (L, H, S)
        error = array.std(axis=0, ddof=1) / np.sqrt(len(array))
        for index, name in enumerate(MEASURED[probe]):
            table[name] = mean[..., index].ravel()
            if name in SCORES:
                table[f"{name}_se"] = error[..., index].ravel()
    verdict = rules.categorise(table)
    return table.assign(
        category=verdict.category,
        group=rules.groups(verdict.category),
        runner_up=verdict.runner_up,
        margin=verdict.margin,
        borderline=verdict.borderline,
    )

"""Scores all prompts of both probes: batches, rounds, processes, resumption."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cache.grid import Grid
from classify.checkpoints import Checkpoints
from classify.engine import Engine
from classify.out_of_memory import explain_out_of_memory
from classify.probes import Probes
from classify.progress import Progress
from classify.ranks import Ranks
from classify.table import head_table
from vocabulary import rules
from vocabulary.taxonomy import PROBES, Probe

Part = tuple[Probe, int, NDArray[np.float64]]
"""A batch: its probe, its first prompt, and its values (B, G, S)."""
Values = dict[Probe, NDArray[np.float64]]
"""Per probe (N, G, S): the means over rows of N prompts, for every row of the grid."""

#: ``--prompts auto`` starts with this many prompts of each probe and doubles up to the cap.
AUTO_START, AUTO_CAP = 32, 512
#: ``--prompts auto`` stops when no category would change within this many standard errors.
AUTO_Z = 3.0


def largest_share(prompts: int | Literal["auto"], processes: int) -> int:
    """The largest batch size with which every process gets the same number of batches.

    Half of an even number of processes takes each probe; all of an odd number take both.
    """
    per_probe = processes // 2 if processes % 2 == 0 else processes
    return -(-(AUTO_START if prompts == "auto" else prompts) // per_probe)


@dataclass(frozen=True)
class Scoring:
    """Everything that is needed to score a run's batches."""

    model: str
    engine: Engine
    probes: Probes
    batch: int
    checkpoints: Checkpoints
    ranks: Ranks
    progress: Progress

    @property
    def grid(self) -> Grid:
        """The heads that are scored."""
        return self.engine.reader.grid

    def run(self, prompts: int | Literal["auto"]) -> tuple[Values, str | None]:
        """Score ``prompts`` prompts of each probe; every process gets all values.

        Returns:
            The values, and for ``auto`` a sentence on how many prompts were needed.
        """
        if prompts != "auto":
            self.progress.expect(2 * prompts)
            return self._extend({}, 0, prompts), None
        values: Values = {}
        done, unsettled, target = 0, 0, AUTO_START
        while target <= AUTO_CAP:
            self.progress.expect(2 * target)
            values = self._extend(values, done, target)
            unsettled = _unsettled(values, self.grid, self.probes.overlap)
            if unsettled == 0:
                return values, (
                    f"--prompts auto: {target} prompts of each probe settled every head's "
                    f"category beyond {AUTO_Z:g} standard errors"
                )
            done, target = target, 2 * target
        return values, (
            f"--prompts auto: {unsettled} heads are still within {AUTO_Z:g} standard errors of "
            f"another category at the cap of {AUTO_CAP} prompts of each probe"
        )

    def _extend(self, values: Values, done: int, target: int) -> Values:
        """Values of prompts 0 to ``target``, given those up to ``done``."""
        plan = [
            (probe, start, min(start + self.batch, target))
            for probe in PROBES
            for start in range(done, target, self.batch)
        ]
        parts = self.ranks.together(lambda: list(self._mine(plan)))
        return _add(values, self.ranks.share(parts))

    def _mine(self, plan: list[tuple[Probe, int, int]]) -> Iterator[Part]:
        """This process's batches of the plan; finished ones are read from the checkpoints."""
        for probe, start, stop in plan[self.ranks.rank :: self.ranks.size]:
            values = self.checkpoints.load(probe, start, stop)
            resumed = values is not None
            if values is None:
                with explain_out_of_memory(self.model):
                    values = self.engine.score(self.probes.make(probe, start, stop))
                self.checkpoints.save(probe, start, values)
            self.progress.advance((stop - start) * self.ranks.size, computed=not resumed)
            yield probe, start, values


def _add(values: Values, parts: list[list[Part]]) -> Values:
    """The values with every process's parts appended, in the order of the prompts."""
    longer: Values = {}
    for probe in PROBES:
        mine = [part for rank in parts for part in rank if part[0] == probe]
        arrays = [array for _, _, array in sorted(mine, key=lambda part: part[1])]
        before = [values[probe]] if probe in values else []
        longer[probe] = np.concatenate([*before, *arrays])
    return longer


def _unsettled(values: Values, grid: Grid, overlap: float) -> int:
    """How many heads' categories could change within ``AUTO_Z`` standard errors."""
    table = head_table(values, grid, overlap)
    return int(rules.categorise(table, z=AUTO_Z).borderline.sum())

"""Several processes on one job: ``torchrun --nproc-per-node N -m classify …``."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import torch
import torch.distributed as dist

T = TypeVar("T")


@dataclass(frozen=True)
class Ranks:
    """This process among all of them."""

    rank: int = 0
    size: int = 1
    local: int = 0

    @property
    def first(self) -> bool:
        """Whether this process writes the records and the table."""
        return self.rank == 0

    def share(self, value: T) -> list[T]:
        """Everybody's values, by rank. All processes must call it."""
        if self.size == 1:
            return [value]
        values: list[T | None] = [None] * self.size
        dist.all_gather_object(values, value)
        return values  # type: ignore[return-value]


@contextmanager
def joined() -> Iterator[Ranks]:
    """The process group that torchrun asks for: NCCL beside gloo on GPUs, gloo on a CPU."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield Ranks()
        return
    local = int(os.environ.get("LOCAL_RANK", "0"))
    if torch.cuda.is_available():
        torch.cuda.set_device(local)
        dist.init_process_group("cpu:gloo,cuda:nccl")
    else:
        dist.init_process_group("gloo")
    try:
        yield Ranks(dist.get_rank(), size, local)
    finally:
        dist.destroy_process_group()

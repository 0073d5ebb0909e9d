"""Several processes on one job: ``torchrun --nproc-per-node N -m classify …``."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import torch
import torch.distributed as dist

from classify.stop_signals import Stopped
from headstrata.errors import ObstacleError, UserError

T = TypeVar("T")

#: How long to wait for a slower process; torch's default of half an hour is too short. A
#: process that dies is noticed at once, because its connections close.
_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class Ending:
    """How a step failed in one process, in a form that can be sent to the others."""

    kind: type[BaseException]
    reason: str
    signal: int | None = None

    @classmethod
    def of(cls, error: BaseException) -> "Ending":
        """The ending for an exception that a step raised."""
        if isinstance(error, Stopped):
            return cls(Stopped, error.reason, error.signal)
        if isinstance(error, ObstacleError):
            return cls(ObstacleError, str(error))
        if isinstance(error, UserError):
            return cls(UserError, str(error))
        return cls(FaultElsewhereError, f"{type(error).__name__}: {error}")

    def as_error(self) -> BaseException:
        """The exception that the other processes raise."""
        return Stopped(self.signal) if self.signal is not None else self.kind(self.reason)


class FaultElsewhereError(Exception):
    """A bug in another process, which reports it."""

    reported_elsewhere = True


@dataclass(frozen=True)
class Ranks:
    """This process's rank among all processes of the job."""

    rank: int = 0
    size: int = 1
    local: int = 0

    @property
    def first(self) -> bool:
        """Whether this process writes the records and the table."""
        return self.rank == 0

    def share(self, value: T) -> list[T]:
        """The values of all processes, by rank. All processes must call it.

        Raises:
            ObstacleError: Another process has died.
        """
        if self.size == 1:
            return [value]
        values: list[T | None] = [None] * self.size
        try:
            dist.all_gather_object(values, value)
        except RuntimeError:  # gloo's error for a closed connection
            died = ObstacleError(
                f"another of the {self.size} processes has died; its own output may say why"
            )
            died.reported_elsewhere = self.rank > 1  # if the first has died, the second reports it
            raise died from None
        return values  # type: ignore[return-value]

    def together(self, step: Callable[[], T]) -> T:
        """Run a step in all processes; if it fails in one, it fails in all.

        Otherwise the others would wait for the failed one for ever. If it fails in
        several, the first of them reports why.

        Raises:
            UserError, Stopped, Exception: What the step raised, in this process or another.
        """
        if self.size == 1:
            return step()
        mine: BaseException | None = None
        try:
            result = step()
        except (Exception, Stopped) as error:
            mine = error
        endings = self.share(None if mine is None else Ending.of(mine))
        early = [(rank, ending) for rank, ending in enumerate(endings) if ending is not None]
        if not early:
            return result
        reporter, ending = early[0]
        raised = ending.as_error() if mine is None else mine
        if isinstance(raised, UserError):
            raised.reported_elsewhere = reporter != self.rank
        raise raised


#: The usual case: no other processes.
ALONE = Ranks()


@contextmanager
def joined(device: str) -> Iterator[Ranks]:
    """The process group that torchrun requests: NCCL for the GPUs, gloo for the CPU.

    The processes exchange only data in CPU memory (scores, endings), so it goes through
    gloo, which also notices a process that died. NCCL connects lazily, when the first
    tensor on a GPU is sent, and none is:
    https://docs.pytorch.org/docs/stable/distributed.html#torch.distributed.init_process_group
    (``device_id``).

    Args:
        device: As requested: ``auto``, ``cpu``, ``cuda``, …
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield ALONE
        return
    local = int(os.environ.get("LOCAL_RANK", "0"))
    on_gpus = device.startswith(("auto", "cuda")) and torch.cuda.is_available()
    if on_gpus and local < torch.cuda.device_count():  # else pick_device reports it
        torch.cuda.set_device(local)
    with_nccl = on_gpus and dist.is_nccl_available()
    dist.init_process_group("cpu:gloo,cuda:nccl" if with_nccl else "gloo", timeout=_WAIT)
    try:
        yield Ranks(dist.get_rank(), size, local)
    finally:
        dist.destroy_process_group()

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

#: A process whose batches take longer than another's is waited for; one that dies is
#: noticed at once, because its connections close. torch's half hour is too short.
_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class Ending:
    """How one process's part ended early, in a form that the others can be sent."""

    kind: type[BaseException]
    reason: str
    signal: int | None = None

    @classmethod
    def of(cls, error: BaseException) -> "Ending":
        """Of what a step raised."""
        if isinstance(error, Stopped):
            return cls(Stopped, error.reason, error.signal)
        if isinstance(error, ObstacleError):
            return cls(ObstacleError, str(error))
        if isinstance(error, UserError):
            return cls(UserError, str(error))
        return cls(FaultElsewhereError, f"{type(error).__name__}: {error}")

    def as_error(self) -> BaseException:
        """What the other processes raise."""
        return Stopped(self.signal) if self.signal is not None else self.kind(self.reason)


class FaultElsewhereError(Exception):
    """A fault of ours in another process, which tells of it."""

    reported_elsewhere = True


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
        """Everybody's values, by rank. All processes must call it.

        Raises:
            ObstacleError: Another process has died.
        """
        if self.size == 1:
            return [value]
        values: list[T | None] = [None] * self.size
        try:
            dist.all_gather_object(values, value)
        except RuntimeError:  # its connections are closed
            died = ObstacleError(
                f"another of the {self.size} processes has died; its own output may say why"
            )
            died.reported_elsewhere = self.rank > 1  # should the first have died the second tells
            raise died from None
        return values  # type: ignore[return-value]

    def together(self, step: Callable[[], T]) -> T:
        """Take a step that all processes take; if one of them cannot, none goes on.

        Without this the others would wait for ever for the one that gave up. Of
        several that were refused the first tells why.

        Raises:
            UserError, Stopped, Exception: What the step raised, here or elsewhere.
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
        teller, ending = early[0]
        raised = ending.as_error() if mine is None else mine
        if isinstance(raised, UserError):
            raised.reported_elsewhere = teller != self.rank
        raise raised


#: The usual case: no other processes.
ALONE = Ranks()


@contextmanager
def joined(device: str) -> Iterator[Ranks]:
    """The process group that torchrun asks for: NCCL for the GPUs, gloo for the CPU.

    What the processes tell each other (scores, how they ended) lies in the CPU's memory, so
    it goes through gloo, which also notices a process that died. torch begins NCCL's own
    connections when the first tensor on a GPU is sent, and none is.

    Args:
        device: As asked for: ``auto``, ``cpu``, ``cuda``, …
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield ALONE
        return
    local = int(os.environ.get("LOCAL_RANK", "0"))
    on_gpus = device.startswith(("auto", "cuda")) and torch.cuda.is_available()
    if on_gpus and local < torch.cuda.device_count():  # else the choice of the device tells
        torch.cuda.set_device(local)
    with_nccl = on_gpus and dist.is_nccl_available()
    dist.init_process_group("cpu:gloo,cuda:nccl" if with_nccl else "gloo", timeout=_WAIT)
    try:
        yield Ranks(dist.get_rank(), size, local)
    finally:
        dist.destroy_process_group()

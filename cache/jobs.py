"""Job records: what was requested, how far it is, how it ended."""

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

State = Literal["requested", "running", "done", "failed", "stopped", "cancelled"]
Origin = Literal["request", "command"]

#: A running job that has not written its record for so long lost its worker.
SILENCE = timedelta(seconds=90)

#: A path from the root of some machine's disk.
_FOLDER = re.compile(r"/|[A-Za-z]:[/\\]")


def _now() -> datetime:
    return datetime.now(UTC)


def _own_clock() -> str:
    """What tells this machine's clock from another's: all containers of a machine share it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:  # not Linux: the address of a network card
        return f"{uuid.getnode():012x}"


#: The clock that this process's times are from.
CLOCK = _own_clock()


class Job(BaseModel):
    """One job. ``options`` are the keyword options of ``headstrata classify``."""

    # A newer version's further fields are kept: it may share the cache with this one.
    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    name: str = Field(description="name under which the table will be stored")
    title: str
    model: str
    options: dict[str, Any] = {}
    origin: Origin = Field(
        default="request",
        description="whose it is: request, the worker's, which goes on with it until it is done "
        "or fails; command, a run of headstrata classify, which only the same command takes up",
    )
    state: State = "requested"
    stage: str = Field(default="", description="what the worker does now, in words")
    fraction: Annotated[float, Field(ge=0, le=1)] = 0.0
    eta_s: Annotated[float, Field(ge=0)] | None = None
    losses: Annotated[int, Field(ge=0)] = Field(
        default=0, description="how many workers were lost at it, one after another"
    )
    turn: Annotated[int, Field(ge=0)] = Field(
        default=0, description="how many times a worker has taken it since it was requested"
    )
    clock: str | None = Field(
        default=None, description="whose clock updated_at is from; None: nobody said"
    )
    reason: str | None = Field(default=None, description="why it failed, stopped or was cancelled")
    requested_at: AwareDatetime = Field(default_factory=_now)
    updated_at: AwareDatetime = Field(default_factory=_now)

    @property
    def shown_reason(self) -> str | None:
        """The reason for everybody to read: without the folder that a model lies in."""
        if self.reason is None or not _FOLDER.match(self.model):
            return self.reason
        return self.reason.replace(self.model, re.split(r"[/\\]", self.model.rstrip("/\\"))[-1])

    def moved(self, **changes: Any) -> "Job":
        """The record with these changes and the current time."""
        now = {"updated_at": _now(), "clock": CLOCK}
        return Job.model_validate({**self.model_dump(), **changes, **now})

    def again(self) -> "Job":
        """The record of a new request for the same."""
        kept = {"id", "name", "title", "model", "options", "origin"}
        return Job.model_validate(self.model_dump(include=kept))

    def is_lost(self, now: datetime | None = None) -> bool:
        """Whether it says "running" but was not written for longer than ``SILENCE``."""
        return self.state == "running" and (now or _now()) - self.updated_at > SILENCE

    def waits(self, now: datetime | None = None) -> bool:
        """Whether a worker should run it: it was requested, and no worker is running it.

        This includes a request whose worker was stopped or lost (a restarted container, a
        deploy), but never a run of ``headstrata classify``: only the same command resumes it.
        """
        if self.state == "requested":
            return True
        return self.origin == "request" and (self.state == "stopped" or self.is_lost(now))

    @property
    def is_open(self) -> bool:
        """Whether somebody is to do something with it still."""
        return self.state in {"requested", "running"} or (
            self.state == "stopped" and self.origin == "request"
        )


class Heard:
    """When this process last heard of the running jobs of other machines.

    Their records have the times of their machines' clocks, which may be an hour off. So a record
    of another machine counts from when it was first seen here: a job is lost if nothing new came
    for ``SILENCE`` on this machine's clock.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[datetime, datetime]] = {}

    def by_own_clock(self, job: Job) -> Job:
        """The record with ``updated_at`` on this machine's clock."""
        if job.state != "running" or job.clock in {None, CLOCK}:
            return job
        seen = self._seen.get(job.id)
        if seen is None or seen[0] != job.updated_at:
            seen = self._seen[job.id] = (job.updated_at, _now())
        return job.model_copy(update={"updated_at": seen[1]})


def in_line(jobs: Iterable[Job], now: datetime | None = None) -> list[Job]:
    """The jobs that wait for a worker, in the order in which workers take them."""
    return sorted((job for job in jobs if job.waits(now)), key=lambda job: job.requested_at)

"""Job records: what was requested, how far it is, how it ended."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

State = Literal["requested", "running", "done", "failed", "stopped"]
Origin = Literal["request", "command"]

#: A running job that has not written its record for so long lost its worker.
SILENCE = timedelta(seconds=90)

#: A path from the root of some machine's disk.
_FOLDER = re.compile(r"/|[A-Za-z]:[/\\]")


def _now() -> datetime:
    return datetime.now(UTC)


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
    reason: str | None = Field(default=None, description="why it failed or stopped")
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
        return Job.model_validate({**self.model_dump(), **changes, "updated_at": _now()})

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

"""The queue of jobs: who takes which, who gives one up, who wants one again.

A worker claims a job before it starts. In a local folder it does so under a lock. An object
store has no locks: there a worker creates the file of a claim, ``claims/ID/REQUEST-TURN``, with a
conditional write that succeeds for one of those who try.

A running job's record is written by its worker once a second, so nobody else writes it: who
cancels such a job leaves a note beside it, ``jobs/ID.cancel``, which the worker looks for.
"""

import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress

from cache.jobs import CLOCK, SILENCE, Job, in_line
from cache.store import Store
from headstrata.errors import UserError

#: After this many workers died while running a job it fails: it would block all others.
MOST_LOSSES = 5

_CANCELLED = "cancelled; headstrata retry asks for it again"


class Queue:
    """The jobs of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._refused: dict[str, float] = {}

    def waiting(self) -> list[Job]:
        """The jobs that wait for a worker, in the order in which workers take them.

        Raises:
            ObstacleError: The cache cannot be listed now.
        """
        return in_line(self.store.jobs())

    def claim(self) -> Job | None:
        """Take the first job in line; None if there is none any more.

        The record says so before torch is imported, which takes seconds.

        Raises:
            ObstacleError: The cache cannot be read or written now.
        """
        with self.store.lock(".claim.lock") if self.store.local else nullcontext():
            for job in self.waiting():
                turn = self._turn(job)
                if turn is not None and (taken := self._take(job, turn)) is not None:
                    return taken
        return None

    def cancel(self, name: str) -> list[Job]:
        """Give up the job of this id, or all of this name.

        A running one is stopped by its worker; the others are cancelled at once.

        Raises:
            UserError: There is none, or it is over, or it is a run at somebody's terminal.
        """
        named = self._named(name)
        jobs = [job for job in named if job.is_open or job.state == "stopped"]
        if not jobs:
            raise UserError(f"{name!r} is {named[0].state} already: there is nothing to cancel")
        typed = [job for job in jobs if job.origin == "command" and job.state == "running"]
        if typed and not typed[0].is_lost():
            raise UserError(
                f"{name!r} is a run of headstrata classify: stop it where it runs, with Ctrl-C"
            )
        return [self._give_up(job) for job in jobs]

    def retry(self, name: str) -> Job:
        """Request a job again that failed or was cancelled.

        It goes on from the last finished batch, if there are any.

        Raises:
            UserError: There is none of this id or name, or its turn is still to come.
        """
        job = self._named(name)[0]
        if job.origin == "command":
            raise UserError(
                f"{name!r} was a run of headstrata classify: the same command goes on with it"
            )
        if job.state not in {"failed", "cancelled"}:
            raise UserError(
                f"{name!r} is {job.state}: only a job that failed or was cancelled is retried"
            )
        return self.store.write_job(job.again())

    def was_cancelled(self, job: Job) -> bool:
        """Whether somebody left a note to give up this very request.

        Raises:
            ObstacleError: The cache cannot be read now.
        """
        return self.store.get(_note(job)) == _request(job).encode()

    def end(self, job: Job) -> Job:
        """Write the last record of a job, and remove what belongs to its being run.

        Raises:
            ObstacleError: The record cannot be written now.
        """
        self.store.write_job(job)
        self.clear(job)
        return job

    def clear(self, job: Job) -> None:
        """Remove claims and note of a job whose last record is written."""
        with suppress(UserError, OSError):
            self.store.remove(_note(job))
            if not self.store.local:
                self.store.remove_folder(_claims(job))

    def cancelled(self, job: Job) -> Job:
        """Write that a job was cancelled.

        Raises:
            ObstacleError: The record cannot be written now.
        """
        return self.end(job.moved(state="cancelled", reason=_CANCELLED, stage="", eta_s=None))

    # --- claims -----------------------------------------------------------

    def _turn(self, job: Job) -> int | None:
        """The turn that is this process's; None: somebody else has taken the job."""
        if self.store.local:
            return job.turn + 1
        turn = job.turn + 1
        while not self.store.create(path := f"{_claims(job)}/{_request(job)}-{turn}", _me()):
            # Whoever has the claim writes the record next. A process that was killed in
            # between leaves a claim to which no record comes: then the next turn counts.
            since = self._refused.setdefault(path, time.monotonic())
            if time.monotonic() - since < SILENCE.total_seconds():
                return None
            turn += 1
        known = self.store.job_of_id(job.id)
        if known is None or (known.requested_at, known.turn) != (job.requested_at, job.turn):
            self.store.remove(path)  # it was done since the jobs were listed
            return None
        return turn if known.waits() else None

    def _take(self, job: Job, turn: int) -> Job | None:
        """Write that the job runs; or why it does not."""
        if self.was_cancelled(job):
            self.cancelled(job.moved(turn=turn))
            return None
        if not job.is_lost():
            return self.store.write_job(
                job.moved(state="running", stage="", reason=None, turn=turn)
            )
        job = job.moved(losses=job.losses + 1, turn=turn)
        if job.losses < MOST_LOSSES:
            return self.store.write_job(job)
        reason = (
            f"{job.losses} workers died while they were at it (was there enough memory?); "
            "requested again, it goes on from the last finished batch"
        )
        self.end(job.moved(state="failed", reason=reason, stage="", eta_s=None))
        return None

    def _give_up(self, job: Job) -> Job:
        with self.store.lock(".claim.lock") if self.store.local else nullcontext():
            job = self.store.job_of_id(job.id) or job
            if job.waits() and (turn := self._turn(job)) is not None:
                return self.cancelled(job.moved(turn=turn))
            if job.state == "stopped" or job.origin == "command":
                return self.cancelled(job)
            self.store.put(_note(job), _request(job).encode())
            return job

    def _named(self, name: str) -> Sequence[Job]:
        """The job of this id, or those of this name, the newest request first."""
        jobs = self.store.jobs()
        found = [job for job in jobs if job.id == name] or [job for job in jobs if job.name == name]
        if not found:
            known = ", ".join(dict.fromkeys(job.name for job in jobs)) or "none"
            raise UserError(f"no job {name!r}; there are: {known}")
        return found


def _claims(job: Job) -> str:
    return f"claims/{job.id}"


def _request(job: Job) -> str:
    """What tells a request from an earlier one of the same job."""
    return f"{job.requested_at:%Y%m%dT%H%M%S.%f}"


def _note(job: Job) -> str:
    return f"jobs/{job.id}.cancel"


def _me() -> bytes:
    return CLOCK.encode()

"""The lines of ``headstrata models`` and ``headstrata jobs``."""

from collections.abc import Sequence

from cache.jobs import Job, in_line
from cache.store import Entry


def as_lines(entries: Sequence[Entry]) -> str:
    """One line per table, in aligned columns."""
    if not entries:
        return "no tables; make one with: headstrata classify MODEL"
    rows = [("name", "model", "layers x heads", "source", "date")]
    for entry in entries:
        record = entry.provenance
        told = record.grid.attention_text
        shape = f"{record.layers} x {record.grid.heads_text}{told and f' ({told})'}"
        date = f"{record.computed_at:%Y-%m-%d}"
        rows.append((entry.name, record.title, shape, record.describe_source(), date))
    return _aligned(rows)


def jobs_as_lines(jobs: Sequence[Job]) -> str:
    """One line per job: what runs, then what waits, in order, then what is over."""
    if not jobs:
        return "no jobs; ask for one with: headstrata request MODEL"
    waiting = in_line(jobs)
    running = [job for job in jobs if job.state == "running" and job not in waiting]
    over = [job for job in jobs if job not in waiting and job not in running]
    rows = [("name", "state", "what")]
    rows += [(job.name, "running", _progress(job)) for job in running]
    rows += [
        (job.name, "lost" if job.state == "running" else job.state, _place(job, place))
        for place, job in enumerate(waiting, start=1)
    ]
    rows += [(job.name, job.state, job.reason or "") for job in over]
    return _aligned(rows)


def _progress(job: Job) -> str:
    if job.is_lost():
        return "its process has not been heard of for a while"
    return f"{job.stage or 'starting'}, {job.fraction:.0%}"


def _place(job: Job, place: int) -> str:
    return f"number {place} in line" + (f"; {job.reason}" if job.reason else "")


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines, their columns as wide as the widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)

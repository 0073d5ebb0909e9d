"""Jobs in the page: progress while they run; those that failed in one line; refused files."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from app.page.attributes import aria, data
from cache.jobs import Job, in_line
from cache.store import Problem

#: How long a job that failed or was stopped is told of.
TOLD_FOR = timedelta(hours=24)
_OVER = ("failed", "cancelled", "stopped")
_ORDER = {"running": 0, "requested": 1, **dict.fromkeys(_OVER, 2), "done": 3}


def build(jobs: list[Job], now: datetime | None = None) -> list[Component]:
    """One row for each job that people wait for; those that went wrong lately in one line."""
    now = now or datetime.now(UTC)
    latest: dict[str, Job] = {}
    for job in jobs:  # the newest request first: it replaces older ones of its name
        latest.setdefault(job.name, job)
    told = [job for job in latest.values() if _worth_telling(job, now)]
    line = {job.id: place for place, job in enumerate(in_line(jobs, now))}
    told.sort(key=lambda job: (_ORDER[job.state], line.get(job.id, 0)))
    failed = [job for job in told if _is_over(job, now)]
    waited = [_row(job, now, line.get(job.id, 0)) for job in told if job not in failed]
    return waited + ([_folded(failed, now)] if failed else [])


def same(rows: list[Component], told: Any) -> bool:
    """Whether a page that holds ``told`` (components as Dash stores them) tells just these rows."""
    return bool(json.loads(to_json_plotly(rows)) == told)


def refused(problems: list[Problem]) -> list[Component]:
    """One row for each file that cannot be used: an empty page says why it is empty."""
    return [
        html.Div(
            [
                html.Span(problem.name, className="job-title"),
                html.Span(problem.reason, className="job-words"),
            ],
            className="job bad",
        )
        for problem in problems
    ]


def _worth_telling(job: Job, now: datetime) -> bool:
    if job.state == "done":
        return False
    return job.state == "running" or job.waits(now) or now - job.updated_at < TOLD_FOR


def _is_over(job: Job, now: datetime) -> bool:
    """Whether it went wrong, and nobody goes on with it."""
    return job.state in _OVER and not job.waits(now)


def _folded(failed: list[Job], now: datetime) -> Component:
    """One quiet line; ``assets/table/failed-jobs.js`` leaves out what a visitor dismissed."""
    count = _count(failed)
    keys = " ".join(f"{job.id}@{job.updated_at.isoformat()}" for job in failed)
    dismiss = html.Button(
        "×",
        type="button",
        className="dismiss",
        title="Dismiss",
        **aria(label=f"Dismiss: {count}"),
        **data(action="dismiss-failed"),
    )
    listed = html.Details([html.Summary(count), *(_row(job, now) for job in failed)])
    return html.Div([listed, dismiss], className="failed-jobs", **data(failed=keys))


def _count(failed: list[Job]) -> str:
    """Such as "2 requests failed, 1 was cancelled"."""
    cancelled = sum(job.state == "cancelled" for job in failed)
    gone = len(failed) - cancelled
    told = []
    if gone:
        told.append(f"{gone} request{'s' if gone > 1 else ''} failed")
    if cancelled:
        noun = "" if gone else f" request{'s' if cancelled > 1 else ''}"
        told.append(f"{cancelled}{noun} {'were' if cancelled > 1 else 'was'} cancelled")
    return ", ".join(told)


def _row(job: Job, now: datetime, before: int = 0) -> Component:
    lost = job.is_lost(now)
    words = html.Span(sentence(job, lost, before), className="job-words")
    parts: list[Component] = [html.Span(job.title, className="job-title"), words]
    if job.state == "running" and not lost:
        parts.append(html.Progress(value=f"{job.fraction:.3f}", max="1", className="job-bar"))
    bad = lost or job.state in _OVER
    return html.Div(parts, className=f"job {'bad' if bad else job.state}", id=f"job-{job.id}")


def sentence(job: Job, lost: bool, before: int = 0) -> str:
    """What happens with a job, and what to do if it went wrong.

    Args:
        job: The job.
        lost: Whether its worker is silent.
        before: How many jobs wait before it.
    """
    if lost:
        who = (
            "as soon as a worker runs: headstrata work"
            if job.origin == "request"
            else "with the same headstrata classify"
        )
        return (
            "The worker has not been heard of for a while. It goes on from the last finished "
            f"batch {who}"
        )
    if job.state == "requested" and before:
        return f"Waiting: {before} job{'s are' if before > 1 else ' is'} before it"
    if job.state == "requested":
        return "Waiting for a worker: headstrata work"
    reason = job.shown_reason
    if job.state in {"stopped", "cancelled"} and reason:
        return f"{reason[0].upper()}{reason[1:]}"
    if job.state in _OVER:
        return f"{job.state.capitalize()}: {reason or 'no reason was given'}"
    return f"{job.stage or 'Starting'}, {job.fraction:.0%}{_eta(job.eta_s)}"


def _eta(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        return f", about {max(1, round(seconds))} s left"
    return f", about {round(seconds / 60)} min left"

"""Prometheus metrics: counted in every worker process, told by one process of its own.

The numbers of the worker processes lie in files of a folder in memory
(https://prometheus.github.io/client_python/multiprocess/). What concerns the cache (tables, jobs)
is read when it is asked for, by the process that tells, so it costs visitors nothing. That
process has a port of its own, which visitors need not reach.

    python -m app.metrics    started by ``headstrata serve``; reads its settings from stdin
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.reading import Reader
from headstrata.errors import UserError
from headstrata.settings import Settings

if TYPE_CHECKING:
    from prometheus_client.core import Metric

#: Where prometheus-client keeps the numbers of each process; it reads this when it is imported.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
#: The kinds of answers whose times are told apart, in seconds.
_BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


def check_installed() -> None:
    """Fail in one sentence where prometheus-client is missing.

    Raises:
        UserError: It is.
    """
    # not imported here: it looks for its folder when it is
    if importlib.util.find_spec("prometheus_client") is None:
        raise UserError(
            "HEADSTRATA_METRICS_PORT needs prometheus-client: pip install 'headstrata[metrics]'"
        )


class Counted:
    """Requests and their times, of one worker process."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Histogram  # noqa: PLC0415 - an extra

        self.requests = Counter(
            "headstrata_requests",
            "Answers; kept: sent again without being made again.",
            ["route", "method", "status", "answer"],
        )
        self.seconds = Histogram(
            "headstrata_request_seconds", "Time to an answer.", ["route"], buckets=_BUCKETS
        )

    def count(self, route: str, method: str, status: int, *, kept: bool, seconds: float) -> None:
        """One more answer."""
        self.requests.labels(route, method, str(status), "kept" if kept else "made").inc()
        self.seconds.labels(route).observe(seconds)


def meter() -> Counted | None:
    """What counts requests in this process; None where nobody asks for metrics."""
    return Counted() if os.environ.get(FOLDER) else None


class OfCache:
    """What is in the cache, as a collector of prometheus-client."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def collect(self) -> "Iterable[Metric]":
        """Called for each scrape."""
        from prometheus_client.core import GaugeMetricFamily as Gauge  # noqa: PLC0415 - an extra

        readable = Gauge("headstrata_cache_readable", "Whether the cache can be listed.")
        try:
            entries, problems = self.reader.entries(), self.reader.problems()
            jobs = self.reader.jobs()
        except UserError:
            readable.add_metric([], 0)
            yield readable
            return
        readable.add_metric([], 1)
        yield readable
        yield Gauge("headstrata_tables", "Tables that can be listed.", value=len(entries))
        yield Gauge("headstrata_table_problems", "Files that are no tables.", value=len(problems))
        computed = Gauge(
            "headstrata_table_computed_timestamp_seconds", "When it was computed.", labels=["table"]
        )
        worked = Gauge(
            "headstrata_table_duration_seconds", "How long it was computed.", labels=["table"]
        )
        for entry in entries:
            computed.add_metric([entry.name], entry.provenance.computed_at.timestamp())
            if entry.provenance.duration_s is not None:
                worked.add_metric([entry.name], entry.provenance.duration_s)
        yield computed
        yield worked
        queue = Gauge("headstrata_jobs", "Jobs by state; lost: its worker died.", labels=["state"])
        tally = Tally("lost" if job.is_lost() else job.state for job in jobs)
        for state in ("requested", "running", "lost", "stopped", "failed", "cancelled", "done"):
            queue.add_metric([state], tally[state])
        yield queue
        lasted = Gauge(
            "headstrata_job_seconds", "From its request to now or its end.", labels=["job", "state"]
        )
        for job in jobs:
            took = (job.updated_at - job.requested_at).total_seconds()
            lasted.add_metric([job.id, job.state], took)
        yield lasted


@contextmanager
def told(settings: Settings) -> Iterator[None]:
    """A process that tells the metrics until the block ends, if the settings ask for it."""
    if not settings.metrics_port:
        yield
        return
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    folder = tempfile.mkdtemp(prefix="headstrata-metrics-", dir=memory)
    os.environ[FOLDER] = folder
    asked = settings.model_dump_json(exclude_unset=True).encode()
    process = subprocess.Popen([sys.executable, "-m", "app.metrics"], stdin=subprocess.PIPE)
    try:
        pipe: Any = process.stdin
        pipe.write(asked + b"\n")
        pipe.flush()  # and left open: the process ends with this one, however that ends
        yield
    finally:
        process.terminate()
        process.wait()
        os.environ.pop(FOLDER, None)
        shutil.rmtree(folder, ignore_errors=True)


def forget(pid: int) -> None:
    """A worker process is gone: its gauges go; what it counted stays."""
    if os.environ.get(FOLDER):
        from prometheus_client import multiprocess  # noqa: PLC0415 - an extra

        multiprocess.mark_process_dead(pid)


def main() -> None:
    """Tell the metrics until standard input is closed."""
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415 - an extra
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - an extra

    settings = Settings.model_validate_json(sys.stdin.readline())
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(Path(os.environ[FOLDER])))
    registry.register(OfCache(Reader(settings)))
    start_http_server(settings.metrics_port, settings.metrics_host, registry)
    sys.stdin.read()


if __name__ == "__main__":
    main()

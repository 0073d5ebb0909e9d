"""The dashboard under gunicorn, with our settings."""

import gc
import os
import socket
import sys
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from app import metrics
from app.accepting import Counts, Worker
from app.server import create_app  # before the fork: a process that starts need not
from cache.opening import open_store
from headstrata import logs
from headstrata.errors import UserError
from headstrata.settings import Settings

#: Gunicorn's heartbeat files are kept in memory: with a slow disk it would kill workers.
#: https://docs.gunicorn.org/en/stable/faq.html#how-do-i-avoid-gunicorn-excessively-blocking-in-os-fchmod
_MEMORY = Path("/dev/shm")  # noqa: S108
#: How long open requests may take to finish after a stop signal, in seconds.
_GRACE_S = 10


class Dashboard(BaseApplication):  # type: ignore[misc]
    """Gunicorn as a custom application; each worker process builds the app itself.

    https://docs.gunicorn.org/en/stable/custom.html
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn: set its options."""
        for key, value in options(self.settings).items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """Called by gunicorn in each worker process: the WSGI application.

        What is there now stays: the collector need not look at it again.
        https://docs.python.org/3/library/gc.html#gc.freeze
        """
        server = create_app(self.settings).server
        gc.freeze()
        gc.enable()
        return server


def options(settings: Settings) -> dict[str, Any]:
    """Gunicorn's options."""
    counts = Counts()
    memory = _MEMORY if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) else None
    return {
        "bind": f"{_bracketed(settings.host)}:{settings.port}",
        "worker_class": Worker,
        "workers": settings.workers,
        "threads": settings.threads,
        "worker_tmp_dir": str(memory) if memory else None,
        # app.proxies decides whom to believe; gunicorn would believe this machine
        "forwarded_allow_ips": "",
        "control_socket_disable": True,  # it would open a socket in $HOME
        "graceful_timeout": _GRACE_S,
        "loglevel": "warning",
        "logconfig_dict": logs.configuration(settings),
        "proc_name": "headstrata",
        "pre_fork": lambda _, worker: counts.give_place(worker),
        "child_exit": lambda _, worker: _forget(worker, counts),
        "post_worker_init": lambda worker: _announce(worker, settings),
    }


def _forget(worker: Worker, counts: Counts) -> None:
    """A worker process has ended."""
    counts.take_place(worker)
    metrics.forget(worker.pid)


def serve(settings: Settings) -> None:
    """Serve until stopped (SIGTERM, Ctrl-C).

    Raises:
        UserError: The cache or the address cannot be used.
    """
    open_store(settings)
    check_address(settings.host, settings.port)
    if settings.metrics_port:
        metrics.check_installed()
        check_address(settings.metrics_host, settings.metrics_port, "HEADSTRATA_METRICS_PORT")
    with metrics.told(settings):
        Dashboard(settings).run()


def check_address(host: str, port: int, named: str = "--host and --port, or PORT") -> None:
    """Fail at once with one sentence; gunicorn would retry for seconds.

    Raises:
        UserError: The port is in use, or the address is not one of this machine.
    """
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(
            f"cannot listen at {host}:{port} ({reason}); choose another address with {named}"
        ) from None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _announce(worker: Any, settings: Settings) -> None:
    """Print the page's address, once, when the first worker process is ready.

    ``age`` counts the workers that were started (undocumented):
    https://github.com/benoitc/gunicorn/blob/27.0.1/gunicorn/workers/base.py#L40
    """
    if worker.age > 1:
        return
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, _bracketed(settings.host))  # noqa: S104
    address = f"http://{shown}:{settings.port}{settings.root and f'{settings.root}/'}"
    print(f"Headstrata is at {address}", file=sys.stderr, flush=True)  # noqa: T201

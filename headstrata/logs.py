"""What is logged, and how: lines for people or JSON for programs, with a request's or job's id."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.config import dictConfig
from typing import Any

from headstrata.settings import Settings

#: The id of the request that this thread answers; empty outside of one.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
#: The id of the job that a worker is at; empty between jobs.
JOB_ID: ContextVar[str] = ContextVar("job_id", default="")


class Lines(logging.Formatter):
    """``2026-11-27T02:00:00Z WARNING headstrata.web [id] message``; control characters escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Called by logging: one line, and a traceback where there is one."""
        own = REQUEST_ID.get() or JOB_ID.get()
        text = "".join(
            one if one.isprintable() else ascii(one)[1:-1] for one in record.getMessage()
        )
        line = f"{_time(record)} {record.levelname} {record.name}{own and f' [{own}]'} {text}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(logging.Formatter):
    """One JSON object a line, a traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Called by logging: the line without its end."""
        told: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for about in (REQUEST_ID, JOB_ID):
            if own := about.get():
                told[about.name] = own
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=True, default=str)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def configuration(settings: Settings) -> dict[str, Any]:
    """For ``logging.config.dictConfig``; gunicorn's own messages go the same way."""
    form = JsonLines if settings.log_format == "json" else Lines
    through = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": {"()": form}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "told"},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "headstrata": {**through, "level": "INFO"},
            "classify": {**through, "level": "INFO"},
            "gunicorn.error": {**through, "level": "WARNING"},
            "gunicorn.access": {**through, "level": "WARNING"},
        },
    }


def configure(settings: Settings) -> None:
    """Let this process log so."""
    dictConfig(configuration(settings))

"""Messages on standard error, and which of torchrun's processes prints them."""

import os
import sys


def say(message: str) -> None:
    """Print one line on standard error: standard output is for data."""
    print(f"headstrata: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201


def is_first_process() -> bool:
    """Whether this is the only process, or the first of those that torchrun started."""
    return os.environ.get("RANK", "0") == "0"

"""One classification within the caller's process: no cache, no job record, no signal handlers."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from huggingface_hub.utils import logging as hub_logging
from huggingface_hub.utils.tqdm import (
    are_progress_bars_disabled,
    disable_progress_bars,
    enable_progress_bars,
)
from tqdm import tqdm
from transformers.utils import logging

from cache import patterns
from cache.store import Store, Table
from classify.progress import Progress
from classify.ranks import ALONE
from classify.request import Request
from classify.run import classify
from classify.stop_signals import StopSignals
from classify.worker import job_of


def score(request: Request, *, progress: bool) -> tuple[Table, bytes | None]:
    """Score a model.

    Args:
        request: What is to be scored.
        progress: Whether bars are shown.

    Returns:
        The table as it would be stored, and the file of its patterns.

    Raises:
        UserError: The user must change something.
        KeyboardInterrupt: By Ctrl-C or a notebook's stop button.
    """
    store = Store(f"memory://headstrata/{uuid4().hex}", published=False)
    shown = Progress(job_of(request, "command"), None, _bar() if progress else None)
    with _quiet(progress):
        try:
            classify(request, store, ALONE, shown, StopSignals())
            table = store.read(request.table_name)
            return table, store.get(patterns.path_of(table.name))
        finally:
            shown.close()
            store.remove_folder("")


def _bar() -> "type[tqdm[Any]]":
    """A widget in Jupyter where it can draw one, else a line of text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that ipywidgets is not installed: a line of text will do
        from tqdm.auto import tqdm as bar  # noqa: PLC0415 - it looks whether this is a notebook
    return bar


@contextmanager
def _quiet(progress: bool) -> Iterator[None]:
    """Keep what the libraries are told about talking: loading lets them tell of errors only."""
    before = logging.get_verbosity(), hub_logging.get_verbosity()
    silenced = not progress and not are_progress_bars_disabled()
    if silenced:
        disable_progress_bars()
    try:
        yield
    finally:
        logging.set_verbosity(before[0])
        hub_logging.set_verbosity(before[1])
        if silenced:
            enable_progress_bars()

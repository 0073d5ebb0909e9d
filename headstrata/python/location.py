"""Where tables are: the argument ``cache`` of the Python calls."""

import os
import re

from cache.opening import open_store
from cache.store import Store
from headstrata.errors import UserError
from headstrata.settings import Settings

Location = str | os.PathLike[str]
"""A folder, an fsspec URL, or the http(s) address of a dashboard."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def address_of(cache: Location | None) -> str | None:
    """The address of a dashboard; None: a cache."""
    text = None if cache is None else os.fspath(cache)
    return text if text is not None and _ADDRESS.match(text) else None


def store_of(cache: Location | None, *, create: bool = False) -> Store:
    """The cache; None: the settings' (``HEADSTRATA_CACHE``).

    Raises:
        UserError: It is a dashboard, or it cannot be used.
    """
    if address_of(cache) is not None:
        raise UserError(f"{cache}: a dashboard only shows tables; name a folder to write to")
    given = None if cache is None else os.fspath(cache)
    return open_store(Settings.load(cache=given), create=create)

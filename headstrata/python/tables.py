"""``headstrata.load`` and ``headstrata.models``: the tables of a cache or of a dashboard."""

from typing import Any

from cache import patterns
from cache.listing import describe
from headstrata.python.head_table import HeadTable
from headstrata.python.hosted import Hosted
from headstrata.python.location import Location, address_of, store_of


def models(cache: Location | None = None) -> list[dict[str, Any]]:
    """What tables there are, as ``headstrata models --json`` lists them.

    ``pandas.DataFrame(headstrata.models())`` shows them as a table.

    Args:
        cache: A folder, an fsspec URL, or the http(s) address of a dashboard; by default the
            settings' cache (``HEADSTRATA_CACHE``).

    Returns:
        Of each table ``name``, ``title``, ``layers``, ``heads`` (per layer), ``source``,
        ``computed_at`` and more.

    Raises:
        UserError: The cache cannot be read, or no dashboard answers at the address.
    """
    if (address := address_of(cache)) is not None:
        return Hosted(address).models()
    return [describe(entry) for entry in store_of(cache).entries()[0]]


def load(name: str, cache: Location | None = None) -> HeadTable:
    """One table, checked: a file that was damaged is refused.

    Args:
        name: As ``models`` lists it.
        cache: As for ``models``. A dashboard hands out no attention patterns.

    Raises:
        UserError: There is no such table, it cannot be read, or no dashboard answers.
    """
    if (address := address_of(cache)) is not None:
        return HeadTable(Hosted(address).table(name))
    store = store_of(cache)
    file = store.find(name)
    return HeadTable(store.read(file), store.home(file).get(patterns.path_of(file.name)))

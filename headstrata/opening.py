"""Opening the cache that the settings name."""

from cache.store import Store
from headstrata.settings import Settings


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """The store; the default per-user folder is made as needed.

    A folder that somebody named is only made with ``create``: for a reader a
    missing one is a typing mistake, not a wish for an empty cache.

    Raises:
        UserError: The cache URL cannot be used, or the named folder is missing.
    """
    named = "cache" in settings.model_fields_set
    return Store(settings.cache, published=settings.published, create=create or not named)

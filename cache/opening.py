"""Opens the cache that the settings name."""

from cache.store import Store
from headstrata.settings import Settings


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """The store of these settings; the default per-user folder is created if missing.

    A folder that the user named is only created with ``create``: if a command that only
    reads does not find it, the name is probably mistyped.

    Raises:
        UserError: The cache URL cannot be used, or the named folder is missing.
    """
    named = "cache" in settings.model_fields_set
    return Store(settings.cache, published=settings.published, create=create or not named)

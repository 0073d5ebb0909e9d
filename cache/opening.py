"""Opens the cache that the settings name."""

from cache.store import Store
from headstrata.settings import Settings


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """The store of these settings.

    A missing folder is only created with ``create``. If a command that only reads does not
    find a folder that the user named, the name is probably mistyped; without the default
    per-user folder, which a container may not be able to make, there are the shipped tables.

    Raises:
        UserError: The cache URL cannot be used, or the named folder is missing.
    """
    named = "cache" in settings.model_fields_set
    return Store(settings.cache, published=settings.published, create=create, needed=named)

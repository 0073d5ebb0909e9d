"""Requests in a queue, for tests."""

from cache.jobs import Job
from cache.store import Store


def ask(store: Store, name: str = "tiny", **fields: object) -> Job:
    """A request in the queue."""
    told = {"id": f"{name}-1", "name": name, "title": name, "model": name}
    return store.write_job(Job.model_validate(told | fields))

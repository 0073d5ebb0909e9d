"""Stores for the queue: a local folder, and an object store, which has no locks."""

import uuid
from pathlib import Path

import pytest

from cache.store import Store


def new_store(kind: str, folder: Path) -> Store:
    url = str(folder / "cache") if kind == "folder" else f"memory://queue-{uuid.uuid4().hex}/c"
    return Store(url, create=True, published=False)


@pytest.fixture(params=["folder", "object store"])
def store(request, tmp_path) -> Store:
    return new_store(request.param, tmp_path)


@pytest.fixture
def folder(tmp_path) -> Store:
    return new_store("folder", tmp_path)

"""Digests that a file carries of its own content, so that no damage goes unnoticed.

Parquet's page checksums cover the pages and nothing else: a flipped bit in a page's
header or in the footer (the provenance, a column's type, where a page lies) can
still read as a good file with other numbers in it.
"""

import hashlib
import zlib
from collections.abc import Iterable

import pandas as pd


def of_frame(frame: pd.DataFrame) -> str:
    """SHA-256 over a frame's columns: names, dtypes and values."""
    digest = hashlib.sha256()
    for name, column in frame.items():
        digest.update(f"{name}:{column.dtype}\n".encode())
        if pd.api.types.is_numeric_dtype(column.dtype):
            digest.update(column.to_numpy().tobytes())
        else:
            digest.update("\n".join(map(repr, column)).encode())
    return digest.hexdigest()


def of_bytes(data: bytes) -> str:
    """SHA-256 over bytes."""
    return hashlib.sha256(data).hexdigest()


def crc32(parts: Iterable[bytes]) -> int:
    """CRC-32 over bytes one after another."""
    total = 0
    for part in parts:
        total = zlib.crc32(part, total)
    return total

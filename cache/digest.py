"""Digests that a file carries of its own content, so that no damage goes unnoticed.

Parquet's page checksums cover the pages and nothing else: a flipped bit in a page's
header or in the footer (the provenance, a column's type, where a page lies) can
still read as a good file with other numbers in it.
"""

import hashlib
import zlib
from collections.abc import Iterable

import numpy as np
import pandas as pd


def of_frame(frame: pd.DataFrame) -> str:
    """SHA-256 over a frame's columns: names, dtypes and values."""
    digest = hashlib.sha256()
    for name, column in frame.items():
        digest.update(f"{name}:{column.dtype}\n".encode())
        digest.update(_bytes(column))
    return digest.hexdigest()


def _bytes(column: pd.Series) -> bytes:
    """A column's values; of any dtype, since tables may have columns that no schema knows."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufc":
        return column.to_numpy().tobytes()
    if pd.api.types.is_numeric_dtype(column.dtype):  # nullable: pandas' own, without plain bytes
        return "\n".join(map(str, column.tolist())).encode()
    return "\n".join(map(_text, column)).encode()


def _text(value: object) -> str:
    # an array's own text is cut short where it is long
    return repr(value.tolist() if isinstance(value, np.ndarray) else value)


def of_bytes(data: bytes) -> str:
    """SHA-256 over bytes."""
    return hashlib.sha256(data).hexdigest()


def crc32(parts: Iterable[bytes]) -> int:
    """CRC-32 over bytes one after another."""
    total = 0
    for part in parts:
        total = zlib.crc32(part, total)
    return total

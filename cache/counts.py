"""How many heads of each category every layer has: what an overview draws of a table.

Two columns are read instead of all, a fiftieth of the time that checking the whole table
takes. Their pages' checksums are verified, and that they hold the heads that the provenance
declares; the table's digest is not: it is checked when the table is opened.
"""

import json
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cache.files import File, one_line
from cache.footers import fetch
from cache.grid import Ints
from cache.provenance import METADATA_KEY
from cache.schema import SCHEMA_VERSION
from cache.tables import BadTableError, Entry, decode
from headstrata.errors import UserError

Counts = dict[str, list[int]]
"""Category to its heads in each layer; only categories that some head has."""
#: Files whose bytes are in memory at a time.
_BATCH = 64


def read_counts(entries: Sequence[Entry], files: Sequence[File]) -> Iterator[Counts | UserError]:
    """Each table's counts, or why there are none, in their order.

    Args:
        entries: As listed.
        files: The file of each.
    """
    for start in range(0, len(files), _BATCH):
        some = slice(start, start + _BATCH)
        for entry, data in zip(entries[some], fetch(files[some]), strict=True):
            yield data if isinstance(data, UserError) else _counted(entry, data)


def counts_of(entry: Entry, heads: pd.DataFrame) -> Counts:
    """The counts of a table that is in memory."""
    return _count(entry, heads["layer"].to_numpy(np.int64), pa.array(heads["category"]))


def _counted(entry: Entry, data: bytes) -> Counts | UserError:
    try:
        layer, category = _columns(entry.name, data)
        return _count(entry, layer, category)
    except BadTableError as error:
        return error
    except Exception as error:  # damaged bytes break readers in any way
        return BadTableError(f"table {entry.name!r} cannot be read ({one_line(error)})")


def _columns(name: str, data: bytes) -> tuple[Ints, pa.Array]:
    """Layer and category of every row."""
    file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
    if json.loads(file.metadata.metadata[METADATA_KEY])["schema_version"] < SCHEMA_VERSION:
        heads = decode(name, data).heads  # as today's version has them
        return heads["layer"].to_numpy(np.int64), pa.array(heads["category"])
    table = file.read(columns=["layer", "category"], use_threads=False)
    return table["layer"].to_numpy().astype(np.int64), table["category"].combine_chunks()


def _count(entry: Entry, layer: Ints, category: pa.Array) -> Counts:
    grid, coded = entry.provenance.grid, category.dictionary_encode()
    names = coded.dictionary.to_pylist()
    declared = set(names) <= set(entry.provenance.taxonomy.categories)
    if not declared or not np.array_equal(layer, grid.columns[0]):
        raise BadTableError(f"table {entry.name!r} is damaged: its rows are not those written")
    counts = np.zeros((len(names), grid.layers), dtype=np.int64)
    np.add.at(counts, (coded.indices.to_numpy(), layer), 1)
    return dict(zip(names, counts.tolist(), strict=True))

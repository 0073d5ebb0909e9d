"""Damaged bytes anywhere: a file is refused, or it reads exactly as it was written."""

import io
from collections.abc import Callable, Iterator

import made_tables
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cache import patterns
from cache.grid import Grid
from cache.provenance import DIGEST_KEY
from cache.store import BadTableError, Store, encode

TIMES = 600


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path), published=False)


def damaged(whole: bytes, seed: int) -> Iterator[bytes]:
    """One byte, a burst of up to eight, or a bit, at random places all over the file."""
    rng = np.random.default_rng(seed)
    for turn in range(TIMES):
        data = np.frombuffer(whole, np.uint8).copy()
        at = int(rng.integers(0, len(data) - 8))
        if turn % 3 == 0:
            data[at] ^= 1 << rng.integers(0, 8)
        else:
            width = 1 if turn % 3 == 1 else int(rng.integers(2, 9))
            data[at : at + width] = rng.integers(0, 256, width)
        if (changed := data.tobytes()) != whole:
            yield changed


def refused_or_the_same(
    path, whole: bytes, read: Callable[[], object], same: Callable[[object], bool]
) -> int:
    refused = 0
    for data in damaged(whole, seed=7):
        path.write_bytes(data)
        try:
            found = read()
        except BadTableError:
            refused += 1
        else:
            assert same(found)
    return refused


def test_no_damage_to_a_table_goes_unnoticed(store, tmp_path):
    rng = np.random.default_rng(1)
    heads = made_tables.heads(
        6, 5, entropy=rng.random(30, dtype=np.float32), mean_distance=np.full(30, np.nan)
    )
    record = made_tables.provenance(6, 5)
    store.write("a", heads, record)
    path = tmp_path / "tables/a.parquet"

    def same(table):
        return table.heads.equals(heads) and table.provenance == record

    refused = refused_or_the_same(path, path.read_bytes(), lambda: store.read("a"), same)
    assert refused > TIMES / 2  # some bytes of a parquet file mean nothing
    path.write_bytes(encode(heads, record))
    assert same(store.read("a"))


def test_no_damage_to_the_provenance_is_listed(store, tmp_path):
    """The list reads the footer alone."""
    heads, record = made_tables.heads(), made_tables.provenance()
    store.write("a", heads, record)
    path = tmp_path / "tables/a.parquet"

    def same(found):
        entries, problems = found
        return len(problems) == 1 or [entry.provenance for entry in entries] == [record]

    assert refused_or_the_same(path, path.read_bytes(), store.entries, same) == 0


def test_no_damage_to_patterns_goes_unnoticed(store, tmp_path):
    rng = np.random.default_rng(0)
    drawn = np.tril(rng.integers(0, 256, (6, 6, 6), dtype=np.uint8))
    patterns.write(store, "m", {"natural": list("abcdef")}, {"natural": drawn}, Grid(3, 2))
    path = tmp_path / "patterns/m.parquet"

    def same(found):
        pattern = found["natural"]
        return pattern.tokens == list("abcdef") and (pattern.weights == drawn[3]).all()

    def read():
        return patterns.read_head(store, "m", 1, 1)

    assert refused_or_the_same(path, path.read_bytes(), read, same) > TIMES / 4


def rewritten(data: bytes, *without: bytes, **changes: object) -> bytes:
    """The same file as another program would write it."""
    table = pq.read_table(io.BytesIO(data))
    metadata = {k: v for k, v in table.schema.metadata.items() if k not in without}
    for name, values in changes.items():
        place = table.column_names.index(name)
        table = table.set_column(
            place, table.field(place), pa.array(values, table.field(place).type)
        )
    buffer = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), buffer)
    return buffer.getvalue()


def test_files_of_before_have_no_checksums_and_are_read(store, tmp_path):
    heads, record = made_tables.heads(induction=0.7), made_tables.provenance()
    store.put("tables/old.parquet", rewritten(encode(heads, record), DIGEST_KEY))
    pd.testing.assert_frame_equal(store.read("old").heads, heads)
    drawn = np.tril(np.ones((2, 3, 3), dtype=np.uint8))
    data = patterns.encode({"natural": list("abc")}, {"natural": drawn}, Grid(1, 2))
    table = pq.read_table(io.BytesIO(data))
    about = {b"headstrata_patterns": table.schema.metadata[b"headstrata_patterns"]}
    pq.write_table(table.replace_schema_metadata(about), tmp_path / "m", row_group_size=2)
    store.put("patterns/m.parquet", (tmp_path / "m").read_bytes())
    assert (patterns.read_head(store, "m", 0, 1)["natural"].weights == drawn[1]).all()


def test_numbers_changed_by_another_program_are_refused(store):
    data = encode(made_tables.heads(), made_tables.provenance())
    store.put("tables/a.parquet", rewritten(data))
    assert len(store.read("a").heads) == 6
    store.put("tables/a.parquet", rewritten(data, induction=[0.9] * 6))
    with pytest.raises(BadTableError, match="its rows are not those written"):
        store.read("a")

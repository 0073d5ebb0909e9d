"""Programs that read tables from an address: each asks in its own way for parts of the file."""

from pathlib import Path

import duckdb
import duckdb_ext
import fsspec
import polars as pl
import pyarrow.parquet as pq
import pytest

HEADS = "/api/heads?model=tiny&format="
#: Of the table ``tiny``: 3 layers of 2 heads, two of which are induction heads.
ROWS, INDUCTION = 6, 2


@pytest.fixture
def sql():
    """DuckDB with its HTTP reader, which it would otherwise fetch from its makers."""
    [reader] = Path(duckdb_ext.__path__[0]).rglob("httpfs.duckdb_extension")
    with duckdb.connect() as connection:
        connection.load_extension(str(reader))
        yield connection


def test_polars_reads_the_whole_and_columns(server):
    whole = pl.read_parquet(f"{server.url}{HEADS}parquet")
    assert (whole["category"] == "induction").sum() == INDUCTION
    lazy = pl.scan_parquet(f"{server.url}{HEADS}parquet")
    assert lazy.select("layer", "induction").collect().shape == (ROWS, 2)
    text = pl.read_csv(f"{server.url}{HEADS}csv")
    assert text["induction"].to_list() == pytest.approx(whole["induction"].to_list())


def test_duckdb_counts_in_parquet_and_csv(server, sql):
    for form in ("parquet", "csv"):
        asked = f"select count(*) from read_{form}('{server.url}{HEADS}{form}')"
        assert sql.sql(asked).fetchone() == (ROWS,)
        assert sql.sql(f"{asked} where category = 'induction'").fetchone() == (INDUCTION,)


def test_pyarrow_reads_one_column(server):
    with fsspec.open(f"{server.url}{HEADS}parquet", block_size=1024) as file:
        read = pq.read_table(file, columns=["category"])
    assert read.column_names == ["category"]
    assert read["category"].to_pylist().count("induction") == INDUCTION

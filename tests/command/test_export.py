"""``headstrata export`` and ``models``: data on standard output, and nothing else there."""

import io
import json
import subprocess

import pandas as pd
import pytest
from command_line import SCRIPT

from cache import schema
from cache.store import Store


def test_csv_is_the_contracts_table(script, cache):
    done = script("export", "tiny", "--cache", str(cache))
    assert (done.code, done.err) == (0, "")
    table = pd.read_csv(io.BytesIO(done.out))
    assert list(table.columns) == list(schema.NAMES)
    assert list(table["layer"]) == [0, 0, 1, 1, 2, 2]
    assert list(table["head"]) == [0, 1, 0, 1, 0, 1]


def test_parquet_on_standard_output_is_whole(script, cache):
    done = script("export", "tiny", "--cache", str(cache), "--format", "parquet")
    assert (done.code, done.err) == (0, "")
    expected = Store(str(cache)).read("tiny").heads
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(done.out)), expected)


def test_json_is_a_list_of_heads(headstrata, cache):
    done = headstrata("export", "tiny", "--cache", str(cache), "--format", "json")
    rows = json.loads(done.out)
    assert len(rows) == 6
    assert rows[2]["induction"] == 0.78


def test_bins_of_the_published_model(headstrata):
    done = headstrata("export", "gpt2-xl", "--bins", "12")
    table = pd.read_csv(io.BytesIO(done.out)).set_index(["category", "bin"])["heads"]
    bins = ["[0, 12)", "[12, 24)", "[24, 36)", "[36, 48)"]
    assert table.loc["induction", bins].tolist() == [0, 17, 36, 9]
    assert table.loc["previous_token", bins].tolist() == [9, 24, 3, 0]
    assert table.groupby("bin").sum().tolist() == [300] * 4


def test_grouped_bins(headstrata, cache):
    done = headstrata(
        "export", "tiny", "--cache", str(cache), "--bins", "2", "--taxonomy", "grouped"
    )
    assert done.text.splitlines()[:3] == [
        "bin,start,stop,group,heads,share,percent,heads_low,heads_high",
        '"[0, 2)",0,2,content,2,0.5,50.0%,2,2',
        '"[0, 2)",0,2,positional,0,0.0,0.0%,0,0',
    ]


def test_an_output_file_is_replaced_whole(headstrata, cache, tmp_path):
    target = tmp_path / "heads.parquet"
    target.write_text("old")
    done = headstrata(
        "export", "tiny", "--cache", str(cache), "--format", "parquet", "--output", str(target)
    )
    assert (done.code, done.out, done.err) == (0, b"", "")
    assert len(pd.read_parquet(target)) == 6
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["heads.parquet"]


def test_a_reader_that_goes_away_is_no_error(cache):
    done = subprocess.run(
        f"{SCRIPT} export gpt2-xl --cache {cache} --format json | head -c 10",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (b'[{"layer":', b"")


def test_models_for_people_and_for_programs(headstrata, cache):
    lines = headstrata("models", "--cache", str(cache)).text.splitlines()
    assert lines[0].split() == ["name", "model", "layers", "x", "heads", "source", "date"]
    assert lines[1].split() == ["tiny", "Tiny", "Model", "3", "x", "2", "computed", "2026-11-01"]
    models = json.loads(headstrata("models", "--cache", str(cache), "--json").out)
    assert [m["name"] for m in models] == [
        "tiny",
        "smollm2-135m",
        "gpt2-xl-published",
        "gpt2-published",
    ]
    assert {"title", "layers", "heads", "source", "computed_at"} <= set(models[0])


def test_a_bad_table_is_named_on_standard_error_and_hides_nothing(headstrata, cache):
    (cache / "tables/bad.parquet").write_bytes(b"PAR1 not really")
    done = headstrata("models", "--cache", str(cache), "--json")
    assert done.code == 0
    assert "tiny" in {m["name"] for m in json.loads(done.out)}
    assert done.err.startswith("headstrata: table 'bad' is not a whole parquet file")
    assert done.err.count("\n") == 1


def test_the_cache_may_come_from_the_environment(script, cache):
    assert "tiny" in script("models", HEADSTRATA_CACHE=str(cache)).text
    alone = script("models", HEADSTRATA_CACHE=str(cache), HEADSTRATA_PUBLISHED="no").text
    assert "gpt2" not in alone


@pytest.mark.parametrize("command", ["models", "export gpt2-xl --format json"])
def test_reading_commands_load_neither_torch_nor_dash(cache, command):
    program = (
        "import sys; from headstrata.cli import run; "
        f"code = run({command.split()!r} + ['--cache', {str(cache)!r}]); "
        "heavy = {'torch', 'transformers', 'dash', 'flask', 'plotly'} & set(sys.modules); "
        "assert not heavy, heavy; sys.exit(code)"
    )
    done = subprocess.run(
        [SCRIPT.with_name("python"), "-c", program], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr

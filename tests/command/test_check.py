"""``headstrata check``: the bins of a file whose shares do not make 100% of whole heads."""

import re

import pytest

from app.analysis.reference_figure import described


def test_our_own_export_is_sound(headstrata, tmp_path):
    for taxonomy, of in (("grouped", "of 300 heads"), ("operations", "of 300 heads")):
        for file_format in ("csv", "json", "parquet"):
            file = tmp_path / f"bins.{file_format}"
            options = ["--bins", "12", "--taxonomy", taxonomy, "--format", file_format]
            assert headstrata("export", "gpt2-xl", *options, "--output", str(file)).code == 0
            done = headstrata("check", str(file))
            assert (done.code, done.err) == (0, "")
            lines = done.out.decode().splitlines()
            assert len(lines) == 4
            assert all(re.search(rf": 100(\.0)?% {of}", line) for line in lines)


def test_the_reference_figure_as_described_is_found_out(headstrata, tmp_path):
    file = tmp_path / "described.csv"
    described()[["bin", "segment", "percent"]].to_csv(file, index=False)
    done = headstrata("check", str(file), "--most", "35")
    assert done.code == 2
    assert done.err == ("headstrata: described.csv: 3 of 4 bins do not make 100% of whole heads.\n")
    lines = done.out.decode().splitlines()
    assert lines[0].startswith("[0, 12): the shares add up to 78.8%, not 100%")
    assert lines[3] == "[36, 48): 100.0% of 34 heads."


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("no.txt", "", "does not end in .csv, .json, .parquet"),
        ("empty.csv", "", "is not a table"),
        ("bad.json", "{", "is not a table"),
        ("bad.parquet", "PAR1", "is not a table"),
        ("other.csv", "a,b\n1,2\n", "a binned table has a column bin"),
        ("binary.csv", "\x00\xff", ""),
    ],
)
def test_a_file_that_is_no_binned_table_is_refused(headstrata, tmp_path, name, text, reason):
    file = tmp_path / name
    file.write_bytes(text.encode("latin-1"))
    done = headstrata("check", str(file))
    assert (done.code, done.out) == (2, b"")
    assert reason in done.err
    assert done.err.count("\n") == 1


def test_a_missing_file_is_named(headstrata, tmp_path):
    done = headstrata("check", str(tmp_path / "none.csv"))
    assert done.code == 2
    assert "there is no file" in done.err

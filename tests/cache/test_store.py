"""The store: whole writes, bad files that hide nothing, names, locks, other file systems."""

import multiprocessing
import os
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import made_tables
import numpy as np
import pandas as pd
import pytest
from filelock import FileLock

from cache import atomic
from cache import files as files_module
from cache.jobs import Job
from cache.store import BadTableError, NotFoundError, Store, encode
from headstrata.errors import ObstacleError, UserError


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "cache"), create=True, published=False)


def put_raw(store, name, data):
    folder = Path(store.root) / "tables"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.parquet").write_bytes(data)


def files_of(store):
    return [path.name for path in (Path(store.root) / "tables").iterdir()]


def test_what_is_written_is_read(store):
    heads, record = made_tables.heads(induction=0.7), made_tables.provenance()
    store.write("tiny", heads, record)
    table = store.read("tiny")
    pd.testing.assert_frame_equal(table.heads, heads)
    assert table.provenance == record


def test_a_table_that_breaks_the_contract_is_not_written(store):
    bad = made_tables.heads().assign(group="content")
    with pytest.raises(UserError, match="does not belong"):
        store.write("tiny", bad, made_tables.provenance())
    assert store.entries() == ([], [])


def _write_for_ever(url, stop):
    store, record = Store(url), made_tables.provenance(40, 30)
    tables = [made_tables.heads(40, 30, induction=score) for score in (0.25, 0.75)]
    turn = 0
    while not stop.is_set():
        store.write("busy", tables[turn % 2], record)
        turn += 1


def test_a_reader_beside_a_writer_never_sees_half_a_table(store):
    store.write("busy", made_tables.heads(40, 30, induction=0.25), made_tables.provenance(40, 30))
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writer = context.Process(target=_write_for_ever, args=(store.url, stop))
    writer.start()
    seen = set()
    try:
        for _ in range(2000):
            induction = store.read("busy").heads["induction"].unique()
            assert len(induction) == 1
            seen.add(float(induction[0]))
            entries, problems = store.entries()
            assert (len(entries), problems) == (1, [])
            if len(seen) == 2:
                break
    finally:
        stop.set()
        writer.join(60)
    assert writer.exitcode == 0
    assert seen == {0.25, 0.75}
    assert files_of(store) == ["busy.parquet"]


def cut_short(whole):
    return whole[: len(whole) // 2]


def empty(_):
    return b""


def not_parquet(_):
    return b"layer,head\n0,0\n"


def of_another_version(_):
    return encode(made_tables.heads(), made_tables.provenance(schema_version=9))


def with_other_data(whole):
    """A flipped byte in the data pages, the footer whole."""
    at = len(whole) // 3
    return whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 200]) + whole[at + 200 :]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut_short, "is not a whole parquet file"),
        (empty, "is not a whole parquet file"),
        (not_parquet, "is not a whole parquet file"),
        (of_another_version, "made by a newer version of Headstrata"),
    ],
)
def test_a_bad_table_is_refused_and_hides_no_good_one(store, damage, said):
    whole = encode(made_tables.heads(), made_tables.provenance())
    store.write("good", made_tables.heads(), made_tables.provenance())
    put_raw(store, "bad", damage(whole))
    entries, problems = store.entries()
    assert [entry.name for entry in entries] == ["good"]
    assert [problem.name for problem in problems] == ["bad"]
    assert said in problems[0].reason
    with pytest.raises(BadTableError, match=said):
        store.read("bad")
    assert len(store.read("good").heads) == 6


def test_any_damage_to_the_footer_is_refused_and_hides_no_good_table(store):
    """Damaged bytes make readers raise whatever they like: bad UTF-8, bad JSON, …"""
    store.write("good", made_tables.heads(), made_tables.provenance())
    whole = encode(made_tables.heads(), made_tables.provenance())
    rng = np.random.default_rng(0)
    for _ in range(300):
        damaged = np.frombuffer(whole, np.uint8).copy()
        at = rng.integers(len(whole) // 2, len(whole), size=4)
        damaged[at] = rng.integers(0, 256, size=4)
        put_raw(store, "bad", damaged.tobytes())
        entries, problems = store.entries()
        assert "good" in [entry.name for entry in entries]
        assert len(entries) + len(problems) == 2
        with suppress(BadTableError):  # a flipped byte may mean nothing
            store.read("bad")


def test_what_is_no_file_is_named_and_hides_no_good_table(store):
    store.write("good", made_tables.heads(), made_tables.provenance())
    folder = Path(store.root) / "tables"
    (folder / "folder.parquet").mkdir()
    (folder / "loop.parquet").symlink_to("loop.parquet")
    os.mkfifo(folder / "pipe.parquet")  # to open it would wait for ever
    entries, problems = store.entries()
    assert [entry.name for entry in entries] == ["good"]
    said = {problem.name: problem.reason for problem in problems}
    assert sorted(said) == ["folder", "loop", "pipe"]
    assert "is not a file" in said["folder"]
    assert "is not a file" in said["pipe"]
    assert "Too many levels" in said["loop"]


def test_a_job_record_that_is_none_hides_no_good_one(store):
    good = store.write_job(Job(id="good", name="a", title="A", model="a"))
    folder = Path(store.root) / "jobs"
    (folder / "folder.json").mkdir()
    (folder / "junk.json").write_bytes(b"\xff{")
    (folder / "loop.json").symlink_to("loop.json")
    (folder / "copy.json").write_text((folder / "good.json").read_text())  # of another id
    os.mkfifo(folder / "pipe.json")
    assert store.jobs() == [good]


def test_a_cache_that_cannot_be_listed_is_named(store, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store.filesystem, "ls", forbidden)
    for reading in (store.entries, store.jobs):
        with pytest.raises(UserError, match=r"cannot list .* Permission denied"):
            reading()


def test_an_object_store_that_refuses_is_told_in_a_line(monkeypatch):
    """Each has errors of its own kind, no OSErrors: no credentials, a bucket of another's."""
    store = Store("memory://headstrata-refused/cache", published=False)

    def refuse(*_, **__):
        raise RuntimeError("Unable to locate credentials\nmore")

    for name in ("ls", "pipe_file", "cat_file", "exists"):
        monkeypatch.setattr(store.filesystem, name, refuse, raising=True)
    with pytest.raises(UserError, match=r"cannot list tables .* Unable to locate credentials$"):
        store.entries()
    for action, said in (
        (lambda: store.put("x", b"1"), "cannot write x in"),
        (lambda: store.get("x"), "cannot read x in"),
        (lambda: store.remove("x"), "cannot remove x from"),
    ):
        with pytest.raises(ObstacleError, match=f"^{said} the cache: Unable to locate [a-z]+$"):
            action()


def test_no_password_in_the_caches_address_is_shown():
    store = Store("memory://me:pass@word@host/cache", create=True)
    assert store.url == "memory://host/cache"
    with pytest.raises(UserError) as told:
        Store("nothing://me:pass@word@host/cache")
    assert "'nothing://host/cache' cannot be used" in str(told.value)
    assert "word" not in str(told.value)


def test_what_a_killed_writer_left_is_swept_by_the_next(store):
    store.write("good", made_tables.heads(), made_tables.provenance())
    (Path(store.root) / "tables/.half.tmp").write_bytes(b"PAR1")
    store.write("good", made_tables.heads(), made_tables.provenance())
    assert files_of(store) == ["good.parquet"]


def test_damaged_pages_are_noticed_when_read(store):
    scores = np.random.default_rng(0).random(1200, dtype=np.float32)
    heads = made_tables.heads(40, 30, entropy=scores, mean_distance=scores[::-1])
    put_raw(store, "bad", with_other_data(encode(heads, made_tables.provenance(40, 30))))
    with pytest.raises(BadTableError, match="'bad'"):
        store.read("bad")


def test_a_table_without_a_column_names_it_and_no_other(store):
    put_raw(
        store, "odd", encode(made_tables.heads().drop(columns="entropy"), made_tables.provenance())
    )
    with pytest.raises(BadTableError, match=r"lacks the columns entropy$"):
        store.read("odd")


def test_a_foreign_parquet_file_is_named(store):
    (Path(store.root) / "tables").mkdir()
    made_tables.heads().to_parquet(Path(store.root) / "tables/foreign.parquet")
    with pytest.raises(BadTableError, match="was not written by Headstrata"):
        store.read("foreign")


def test_rows_that_disagree_with_their_provenance_are_refused(store):
    put_raw(store, "odd", encode(made_tables.heads(), made_tables.provenance(layers=4)))
    with pytest.raises(BadTableError, match="its 4 layers have 8 heads"):
        store.read("odd")
    assert [problem.name for problem in store.entries()[1]] == ["odd"]


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../x", "a/b", "a\\b", "/etc/passwd", ".hidden", "-x", "a b", "a\n"),
        *("ü", "<b>", "x" * 101, "x.lock", "x.tmp", "a\0"),
    ],
)
def test_a_name_that_could_not_be_a_file_name_everywhere_is_refused(store, name):
    with pytest.raises(UserError, match="is not a table name"):
        store.read(name)
    with pytest.raises(UserError, match="is not a table name"):
        store.write(name, made_tables.heads(), made_tables.provenance())


def test_an_unknown_table_says_which_there_are(store):
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    with pytest.raises(NotFoundError, match="no table named 'big' in the cache; there are: tiny"):
        store.read("big")


def test_a_second_writer_waits_no_longer_than_it_says(store, monkeypatch):
    monkeypatch.setattr(files_module, "_LOCK_WAIT_S", 0.1)
    held = FileLock(f"{store.root}/.lock")
    thread = threading.Thread(target=held.acquire)
    thread.start()
    thread.join()
    with pytest.raises(UserError, match="another process has been writing"):
        store.put("x", b"1")
    held.release(force=True)


def test_a_full_disk_leaves_the_old_table_and_no_rubbish(store, monkeypatch):
    store.write("tiny", made_tables.heads(induction=0.7), made_tables.provenance())

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(UserError, match="No space left on device"):
        store.write("tiny", made_tables.heads(), made_tables.provenance())
    assert store.read("tiny").heads["induction"].iloc[0] == np.float32(0.7)
    assert files_of(store) == ["tiny.parquet"]


def test_a_missing_folder_is_an_error_unless_it_may_be_made(tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        Store(str(tmp_path / "a/b"))
    assert Store(str(tmp_path / "a/b"), create=True, published=False).entries() == ([], [])
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="is a file"):
        Store(str(tmp_path / "file"), create=True)
    with pytest.raises(UserError, match="cannot create"):
        Store(str(tmp_path / "file/x"), create=True)


def stamps(store):
    return {name: file.stamp for name, file in store.tables().items()}


def test_the_stamp_changes_with_the_table_only(store):
    store.write("a", made_tables.heads(), made_tables.provenance())
    store.write("b", made_tables.heads(), made_tables.provenance())
    before = stamps(store)
    store.write("b", made_tables.heads(induction=0.9), made_tables.provenance())
    after = stamps(store)
    assert before["a"] == after["a"]
    assert before["b"] != after["b"]
    assert {entry.name: entry.stamp for entry in store.entries()[0]} == after


def test_any_fsspec_url_will_do():
    store = Store("memory://headstrata-test/cache", create=True, published=False)
    store.write("tiny", made_tables.heads(induction=0.7), made_tables.provenance())
    store.write_job(Job(id="j", name="tiny", title="Tiny", model="tiny"))
    assert [entry.name for entry in store.entries()[0]] == ["tiny"]
    assert store.read("tiny").heads["induction"].iloc[0] == np.float32(0.7)
    assert [job.id for job in store.jobs()] == ["j"]
    store.remove("tables/tiny.parquet")
    with pytest.raises(NotFoundError):
        store.read("tiny")


def test_a_foreign_job_record_hides_no_good_one(store):
    store.write_job(Job(id="good", name="a", title="A", model="a"))
    store.put("jobs/bad.json", b"{not json")
    store.put("jobs/old.json", b'{"id": "old", "unknown": 1}')
    assert [job.id for job in store.jobs()] == ["good"]


@pytest.mark.parametrize("url", ["folder", "memory://headstrata-folders/cache"])
def test_a_folder_goes_with_the_parents_that_it_leaves_empty(tmp_path, url):
    store = Store(str(tmp_path / "cache") if url == "folder" else url, create=True)
    for path in ("a/b/one", "a/c/two", "d/e/three"):
        store.put(path, b"1")
    assert sorted(store.names("a")) == ["b", "c"]
    store.remove_folder("d/e")
    store.remove_folder("a/b")
    assert not store.filesystem.exists(f"{store.root}/d")
    assert store.names("a") == ["c"]
    with pytest.raises(FileNotFoundError):
        store.names("d")
    assert store.last_written("a") <= datetime.now(UTC)

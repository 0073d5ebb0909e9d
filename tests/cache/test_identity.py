"""Which tables are of the same model, as far as is known."""

import made_tables
import pytest

from cache.identity import Identity, refuse_other
from cache.provenance import AdapterRecord
from cache.store import Store
from headstrata.errors import UserError

A, B = "a" * 64, "b" * 64
LORA, OTHER_LORA = (AdapterRecord(name="lora", sha256=digest) for digest in (A, B))


def folder(model="tiny", weights=A, **more):
    return Identity(model, local=True, weights_sha256=weights, **more)


def hub(model="me/tiny", revision=None, **more):
    return Identity(model, local=False, revision=revision, **more)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        (folder(), folder(), None),
        (folder(), folder("renamed"), None),
        (folder(), folder(weights=B), "its weights differ"),
        (folder(), folder(weights=None), None),  # not read yet
        (folder(files={"config.json": A}), folder(files={"config.json": B}), "its config.json"),
        (folder(files={"config.json": A}), folder(files={}), None),  # a table of before
        (folder(), folder(adapter=LORA), "its adapter differs"),
        (folder(adapter=LORA), folder(adapter=OTHER_LORA), "its adapter differs"),
        (folder(adapter=LORA), folder(adapter=LORA), None),
        (hub(), hub(), None),
        (hub(), hub("you/tiny"), "another model"),
        (hub(revision=A[:40]), hub(revision=B[:40]), "its revision differs"),
        (hub(), hub(revision=B[:40]), None),  # a table of before
        (hub(revision=A[:40]), hub(revision=A[:40], adapter=LORA), "its adapter differs"),
        (hub("tiny"), folder("other"), "another model"),
        (hub(), folder("tiny"), "another model"),
        (hub(revision=A[:40]), folder("me/tiny", revision=A[:40]), None),  # the hub's cache
        (hub(revision=A[:40]), folder("me/tiny", revision=B[:40]), "its revision differs"),
    ],
)
def test_what_is_known_to_differ(one, other, difference):
    for found in (one.difference(other), other.difference(one)):
        assert found is None if difference is None else difference in found


@pytest.mark.parametrize("url", ["folder", "memory://headstrata-identity"])
def test_the_refusal_says_what_is_there_and_both_ways_out(url, tmp_path):
    store = Store(str(tmp_path / "c") if url == "folder" else url, create=True)
    refuse_other("tiny", store.provenance("tiny"), folder(weights=B))  # there is none
    store.write("tiny", made_tables.heads(), made_tables.provenance(weights_sha256=A))
    refuse_other("tiny", store.provenance("tiny"), folder())

    with pytest.raises(UserError) as refused:
        refuse_other("tiny", store.provenance("tiny"), folder(weights=B))
    assert str(refused.value) == (
        "the cache has a table 'tiny' of a different input: tiny, weights aaaaaaaa (its weights "
        "differ); give this one another name with --name, or replace that table with --replace"
    )


def test_a_damaged_table_and_a_shipped_one_keep_nobody_from_writing(tmp_path):
    store = Store(str(tmp_path))
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/tiny.parquet").write_bytes(b"junk")
    assert store.provenance("tiny") is None
    assert store.provenance("gpt2-xl-published") is None

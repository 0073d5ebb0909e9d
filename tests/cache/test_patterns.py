"""Patterns are written whole and read one head at a time."""

import numpy as np
import pytest

from cache import patterns
from cache.grid import Grid
from cache.store import BadTableError, Store
from headstrata.errors import UserError

#: Of most files here.
GRID = Grid(3, 4)


def drawn(layers: int, heads: int, length: int, seed: int) -> np.ndarray:
    """Random lower triangles (L*H, T, T)."""
    rng = np.random.default_rng(seed)
    return np.tril(rng.integers(0, 256, (layers * heads, length, length), dtype=np.uint8))


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path))


def test_a_head_comes_back_as_it_was(store):
    weights = {"repeated": drawn(3, 4, 6, 0), "natural": drawn(3, 4, 5, 1)}
    tokens = {"repeated": list("abcdef"), "natural": [" the", "\n", "<b>", "é", ","]}
    patterns.write(store, "m", tokens, weights, GRID)

    head = patterns.read_head(store, "m", 2, 1)

    for probe in ("repeated", "natural"):
        assert head[probe].tokens == tokens[probe]
        assert (head[probe].weights == weights[probe][9]).all()


def test_some_heads_on_one_prompt_and_why_another_is_missing(store):
    weights = {"ioi": drawn(3, 4, 6, 0), "natural": drawn(3, 4, 5, 1)}
    tokens = {"ioi": list("abcdef"), "natural": list("vwxyz")}
    why = "the tokenizer does not know 3 of its 9 tokens"
    patterns.write(store, "m", tokens, weights, GRID)  # of before: says nothing
    assert patterns.read_head(store, "m", 0, 0).skipped == {}
    data = patterns.encode(tokens, weights, GRID, skipped={"arabic": why})
    store.put(patterns.path_of("m"), data)

    found = patterns.read_heads(store, "m", [(2, 1), (0, 3)], prompt="ioi")

    assert list(found) == [(2, 1), (0, 3)]
    assert [list(one) for one in found.values()] == [["ioi"], ["ioi"]]
    assert (found[2, 1]["ioi"].weights == weights["ioi"][9]).all()
    assert (found[0, 3]["ioi"].weights == weights["ioi"][3]).all()
    assert found[0, 3].skipped == {"arabic": why}
    assert patterns.read_heads(store, "m", [(0, 0)], prompt="arabic") == {(0, 0): {}}


def test_no_patterns_no_head(store):
    assert patterns.read_head(store, "gpt2-xl-published", 0, 0) is None


def test_patterns_of_another_run_are_not_the_tables(store):
    """Both files cannot be put in place at once: a run may have ended in between."""
    patterns.write(
        store, "m", {"natural": list("abcd")}, {"natural": drawn(3, 4, 4, 0)}, GRID, "first"
    )
    assert patterns.read_head(store, "m", 0, 0, "first") is not None
    assert patterns.read_head(store, "m", 0, 0, "second") is None
    # tables and patterns of before have no key
    assert patterns.read_head(store, "m", 0, 0) is not None
    patterns.write(store, "m", {"natural": list("abcd")}, {"natural": drawn(3, 4, 4, 0)}, GRID)
    assert patterns.read_head(store, "m", 0, 0) is not None
    assert patterns.read_head(store, "m", 0, 0, "second") is None


@pytest.mark.parametrize(
    ("layer", "head", "said"), [(3, 0, "layer 3"), (0, 4, "0 to 3"), (-1, 0, "layer -1")]
)
def test_a_head_that_is_not_there(store, layer, head, said):
    patterns.write(store, "m", {"natural": list("abcd")}, {"natural": drawn(3, 4, 4, 0)}, GRID)
    with pytest.raises(UserError, match=said):
        patterns.read_head(store, "m", layer, head)


def test_a_file_cut_short_is_refused(store, tmp_path):
    patterns.write(store, "m", {"natural": list("abcd")}, {"natural": drawn(3, 4, 4, 0)}, GRID)
    file = tmp_path / "patterns" / "m.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(BadTableError, match="classify the model again"):
        patterns.read_head(store, "m", 0, 0)


def test_gpt2_xl_takes_at_most_16_mib_whatever_the_weights_are():
    """As many tokens as GPT-2 has for the stored prompts, and noise, which cannot be packed."""
    lengths = {"repeated": 64, "natural": 64}
    lengths |= {"ioi": 15, "twice": 29, "list": 40, "code": 40, "paragraph": 45, "arabic": 50}
    data = patterns.encode(
        {prompt: ["token"] * length for prompt, length in lengths.items()},
        {prompt: drawn(48, 25, length, 0) for prompt, length in lengths.items()},
        Grid(48, 25),
    )
    assert len(data) <= 16 * 2**20


def test_only_one_row_group_is_read(store, monkeypatch):
    patterns.write(store, "m", {"natural": list("abcd")}, {"natural": drawn(3, 4, 4, 0)}, GRID)
    read: list[int] = []
    whole = patterns.pq.ParquetFile.read_row_group

    def counted(self, group, *rest, **options):
        read.append(group)
        return whole(self, group, *rest, **options)

    monkeypatch.setattr(patterns.pq.ParquetFile, "read_row_group", counted)
    patterns.read_head(store, "m", 1, 0)
    assert read == [1]

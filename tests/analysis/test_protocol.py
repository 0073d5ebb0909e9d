"""In what two tables' measurements differ: a published one against a computed one, by hand."""

import made_tables
import pytest

from app.analysis.protocol import Apart, apart, defined_apart, same_definition, sentence
from cache.provenance import ProbeRecord, TextRecord
from cache.store import Store
from vocabulary.taxonomy import SCORES


@pytest.fixture
def published(tmp_path):
    return Store(str(tmp_path)).read("gpt2-xl-published").provenance


def computed(**changes):
    """As SmolLM2 was computed."""
    probes = [
        ProbeRecord(name=name, prompts=64, length=257, rows=32, seed=0)
        for name in ("repeated", "natural")
    ]
    told = {
        "probes": probes,
        "text": TextRecord(source="pydoc_data.topics", sha256="001ec842a5", tokens=31269),
        "bos_token": "<|im_start|>",
        "bos_source": "the tokenizer's own BOS",
        "dtype": "float32",
    }
    return made_tables.provenance(30, 9, **(told | changes))


def test_published_scores_against_computed_ones(published):
    found = apart(published, computed())
    assert found == [
        Apart("Previous token, measured on", "repeated random tokens", "natural text"),
        Apart("First token of a prompt", "none", "<|im_start|>"),
        Apart("Attention", "first row and column dropped, rows renormalised", "read as it is"),
        Apart("Prompts: repeated random tokens", "50 of 50 tokens", "64 of 257 tokens"),
        Apart("Queries: repeated random tokens", "all", "32 of a prompt"),
    ]
    undefined = defined_apart(published, computed(), SCORES)
    assert undefined == ["induction", "previous_token"]
    assert sentence(found, undefined) == (
        "Not measured alike: Induction (prefix matching) and Previous token are defined "
        "differently in the two tables, so no difference in what rests on that is told."
    )


def test_two_published_tables_of_one_paper_are_alike(published, tmp_path):
    small = Store(str(tmp_path)).read("gpt2-published").provenance
    assert apart(published, small) == []
    assert sentence([], defined_apart(published, small, SCORES)) == ""


def test_other_settings_are_told_and_keep_the_definition():
    text = TextRecord(source="wiki.txt", sha256="ffff0000ee", tokens=900)
    other = computed(dtype="bfloat16", text=text, bos_token=None, bos_source=None)
    found = apart(computed(), other)
    assert found == [
        Apart("First token of a prompt", "<|im_start|>", "not told"),
        Apart("Text", "pydoc_data.topics, 001ec842", "wiki.txt, ffff0000"),
        Apart("Precision", "float32", "bfloat16"),
    ]
    assert all(same_definition(computed(), other, name) for name in SCORES)
    assert sentence(found, []) == (
        "Measured under different settings, which may be part of any difference: first token of "
        "a prompt, text and precision."
    )


def test_two_models_with_a_bos_of_their_own_do_not_differ_in_it():
    other = computed(bos_token="<s>", model="another")
    assert apart(computed(), other) == []


def test_what_no_score_in_question_was_measured_on_is_left_out():
    text = TextRecord(source="wiki.txt", sha256="ffff0000ee", tokens=900)
    assert apart(computed(), computed(text=text), ["induction"]) == []


def test_the_protocol_of_an_unknown_paper_is_not_taken_for_ours(published):
    unknown = published.model_copy(update={"citations": ["somebody2027"]})
    assert not same_definition(unknown, unknown, "induction")
    assert Apart("Attention", "not told", "read as it is") in apart(unknown, computed())

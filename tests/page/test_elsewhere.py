"""Links of a head's card to other sites: for models of the hub only."""

import made_tables

from app.page.selection.elsewhere import build
from cache.store import Table


def told(**changes):
    table = Table("made", made_tables.heads(), made_tables.provenance(**changes))
    return str(build(table.heads.iloc[3], table))


def test_a_model_of_the_hub_is_linked_with_a_line_for_transformer_lens():
    text = told(model="openai-community/gpt2", revision="607a30d")
    assert "https://huggingface.co/openai-community/gpt2" in text
    assert "https://www.neuronpedia.org/gpt2-small" in text
    assert 'from_pretrained("openai-community/gpt2")' in text
    assert 'cache["pattern", 1][0, 1]' in text  # row 3 of two heads a layer


def test_a_model_that_neuronpedia_may_not_have_is_linked_to_the_hub_only():
    text = told(model="openai-community/gpt2-xl", revision="15ea56d")
    assert "huggingface.co/openai-community/gpt2-xl" in text
    assert "neuronpedia" not in text


def test_a_folder_of_ones_own_is_linked_nowhere():
    assert told(model="runs/last") == "[]"  # looks like a hub id, but no commit is known
    assert told(model="SmolLM2.gguf", revision="abc") == "[]"

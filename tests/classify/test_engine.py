"""What the engine leaves as it was, and how sure its figures are."""

import numpy as np
import pytest
import torch
import transformers as hf
from planted import planted_gpt2

from cache import patterns
from cache.store import Store
from classify.engine import fused_gelu
from classify.probes import Probes, read_vocabulary
from classify.reader_choice import choose_reader
from classify.request import Request
from classify.scoring import AUTO_CAP, AUTO_START
from classify.statistics import Rows
from classify.text import tokenize
from classify.worker import run_job
from vocabulary.prompts import TEXTS


@pytest.fixture(scope="module")
def model(tiny_gpt2):
    return hf.AutoModelForCausalLM.from_pretrained(tiny_gpt2).eval()


def test_the_model_is_as_before_even_after_a_failure(model):
    tokens = torch.arange(40)[None]
    with torch.no_grad():
        before = model(tokens).logits
    reader = choose_reader(model, tokens)
    activation = model.transformer.h[0].mlp.act

    def fail(*_):
        raise KeyError("a callback that fails")

    rows = Rows("natural", tokens, torch.arange(16, 40)[None], torch.zeros_like(tokens).bool())
    with fused_gelu(model):
        assert model.transformer.h[0].mlp.act is not activation
        with pytest.raises(KeyError):
            reader.read(rows, fail)
    assert model.config._attn_implementation == "sdpa"
    assert model.transformer.h[0].mlp.act is activation
    with torch.no_grad():
        assert torch.equal(model(tokens).logits, before)


def test_sampled_rows_agree_with_all_rows_within_their_errors(tiny_gpt2, tmp_path):
    store = Store(str(tmp_path))
    for rows in ("all", 8):
        asked = {"prompts": 24, "length": 100, "rows": rows, "name": f"rows-{rows}"}
        run_job(Request.parse(model=str(tiny_gpt2), **asked), store)
    exact, sampled = (store.read(f"rows-{rows}").heads for rows in ("all", 8))
    for score in ("previous_token", "current_token", "first_token", "induction"):
        away = (sampled[score] - exact[score]).abs() / np.hypot(
            sampled[f"{score}_se"], exact[f"{score}_se"]
        )
        assert away.max() < 4, score
        assert away.max() > 0, score


def test_auto_stops_when_every_head_is_settled(tokenizer, save_checkpoint, tmp_path):
    folder = save_checkpoint(planted_gpt2(tokenizer), "settled")
    store = Store(str(tmp_path))
    run_job(Request.parse(model=str(folder), prompts="auto", length=65), store)
    record = store.read("settled").provenance
    assert {probe.prompts for probe in record.probes} == {AUTO_START}
    [note] = record.notes
    assert f"{AUTO_START} prompts of each probe settled every head" in note


def test_auto_ends_at_the_cap_and_says_how_many_are_unsettled(tiny_gpt2, tmp_path, monkeypatch):
    monkeypatch.setattr("classify.scoring._unsettled", lambda *_: 3)
    store = Store(str(tmp_path))
    run_job(Request.parse(model=str(tiny_gpt2), prompts="auto", length=24, rows=4), store)
    record = store.read("tiny-gpt2").provenance
    assert {probe.prompts for probe in record.probes} == {AUTO_CAP}
    assert record.notes[0].startswith("--prompts auto: 3 heads are still within 3")


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_sixteen_bits_stay_close(dtype, tiny_gpt2, tmp_path):
    store = Store(str(tmp_path))
    for name in ("float32", dtype):
        asked = {"prompts": 8, "length": 64, "dtype": name, "name": name}
        run_job(Request.parse(model=str(tiny_gpt2), **asked), store)
    full, half = (store.read(name).heads for name in ("float32", dtype))
    assert store.read(dtype).provenance.dtype == dtype
    numbers = [c for c in full.select_dtypes("float32") if c != "margin"]
    np.testing.assert_allclose(half[numbers], full[numbers], rtol=0, atol=0.02)  # NaN where NaN


def test_patterns_are_the_attention_itself(tiny_gpt2, tokenizer, tmp_path):
    store = Store(str(tmp_path))
    run_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=80), store)
    key = store.read("tiny-gpt2").provenance.run_key
    assert key is not None
    text, _ = tokenize(tokenizer, None, 64)
    probes = Probes(read_vocabulary(tokenizer, len(tokenizer)), text, 64, "all", 0)
    exact = hf.AutoModelForCausalLM.from_pretrained(tiny_gpt2, attn_implementation="eager").eval()
    for probe in ("repeated", "natural"):
        tokens = torch.from_numpy(probes.whole(probe).tokens)
        with torch.no_grad():
            attention = exact(tokens, output_attentions=True).attentions
        for layer, head in ((0, 0), (1, 3)):
            drawn = patterns.read_head(store, "tiny-gpt2", layer, head, key)[probe]
            assert drawn.weights.shape == (64, 64)
            difference = drawn.weights - attention[layer][0, head].numpy() * 255
            assert np.abs(difference).max() < 0.51  # rounded to the nearest byte
            assert "".join(drawn.tokens) == tokenizer.decode(tokens[0])
    for prompt in TEXTS:  # our own sentences stand beside the probes' prompts
        ids = tokenizer("<|endoftext|>" + prompt.text)["input_ids"][:64]
        with torch.no_grad():
            attention = exact(torch.tensor([ids]), output_attentions=True).attentions
        drawn = patterns.read_head(store, "tiny-gpt2", 1, 3, key)[prompt.name]
        assert drawn.weights.shape == (len(ids), len(ids))
        difference = drawn.weights - attention[1][0, 3].numpy() * 255
        assert np.abs(difference).max() < 0.51

"""Adapters: applied and recorded, or refused; never left out without a word."""

import json
import shutil

import pytest
import torch
import transformers as hf

from cache.store import Store
from classify import adapter
from classify.loading import load
from classify.request import Request
from classify.worker import run_job
from headstrata.errors import UserError


@pytest.fixture
def base(save_checkpoint, tokenizer):
    torch.manual_seed(0)
    config = hf.LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=128,
        initializer_range=0.2,
    )
    return save_checkpoint(hf.LlamaForCausalLM(config), "base")


@pytest.fixture
def lora(base, tmp_path):
    """A LoRA adapter of the base, with a strong effect."""
    import peft  # noqa: PLC0415 - takes seconds

    torch.manual_seed(1)
    settings = peft.LoraConfig(r=4, target_modules=["q_proj", "v_proj"], init_lora_weights=False)
    model = peft.get_peft_model(hf.LlamaForCausalLM.from_pretrained(base), settings)
    model.peft_config["default"].base_model_name_or_path = str(base)
    folder = tmp_path / "lora"
    model.save_pretrained(folder)
    return folder


def added(base, lora, folder):
    """The adapter beside the full weights."""
    both = shutil.copytree(base, folder / "both")
    for file in lora.glob("adapter_*"):
        shutil.copy(file, both)
    return both


def logits(model, tokens):
    with torch.no_grad():
        return model(tokens).logits


@pytest.mark.filterwarnings("ignore")
def test_an_adapter_is_applied_alone_and_beside_weights(base, lora, tmp_path):
    import peft  # noqa: PLC0415

    tokens = torch.arange(5, 40)[None]
    plain = hf.LlamaForCausalLM.from_pretrained(base)
    before = logits(plain, tokens)
    expected = logits(peft.PeftModel.from_pretrained(plain, lora), tokens)
    assert (expected - before).abs().max() > 0.1
    for folder in (lora, added(base, lora, tmp_path)):
        loaded = load(Request.parse(model=str(folder), device="cpu"))
        assert (logits(loaded.model, tokens) - expected).abs().max() < 1e-5
        assert loaded.adapter.name == folder.name
        assert loaded.adapter.peft == peft.__version__
        assert [file.name for file in loaded.files] == ["model.safetensors"]
    unchanged = load(Request.parse(model=str(base), device="cpu"))
    assert unchanged.adapter is None
    assert torch.equal(logits(unchanged.model, tokens), before)


@pytest.mark.filterwarnings("ignore")
def test_the_table_records_the_adapter(base, lora, tmp_path):
    store = Store(str(tmp_path / "cache"), create=True)
    keys = set()
    for folder in (base, lora):
        run_job(Request.parse(model=str(folder), prompts=2, length=40, device="cpu"), store)
        keys.add(store.read(folder.name).provenance.run_key)
    made, changed = (store.read(folder.name).provenance for folder in (base, lora))
    assert len(keys) == 2
    assert made.adapter is None
    assert changed.adapter.name == "lora"
    assert len(changed.adapter.sha256) == 64
    assert (changed.model, changed.weights_sha256) == (made.model, made.weights_sha256)


@pytest.mark.filterwarnings("ignore")
def test_an_adapter_that_does_not_fit_is_refused(base, lora, tmp_path):
    both = added(base, lora, tmp_path)
    torch.manual_seed(0)
    config = hf.LlamaConfig.from_pretrained(base, num_hidden_layers=1)
    hf.LlamaForCausalLM(config).save_pretrained(both)  # fewer layers than the adapter has
    with pytest.raises(UserError, match="the adapter does not fit the model"):
        load(Request.parse(model=str(both), device="cpu"))


def without_weights(folder, **settings):
    """A folder that holds an adapter's settings, as far as they are needed before peft."""
    folder.mkdir(exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA", **settings}))
    return Request.parse(model=str(folder), device="cpu")


def test_without_peft_an_adapter_is_refused(base, tmp_path, monkeypatch):
    monkeypatch.setattr(adapter, "find_spec", lambda _: None)
    both = shutil.copytree(base, tmp_path / "both")
    for request in (without_weights(tmp_path / "lora"), without_weights(both)):
        with pytest.raises(UserError, match="run: pip install peft;"):
            load(request)


def test_an_adapter_that_lacks_something_says_what(base, tmp_path, monkeypatch):
    monkeypatch.setattr(adapter, "find_spec", lambda _: "there")
    folder = tmp_path / "lora"
    request = without_weights(folder)
    with pytest.raises(UserError, match=r"but no adapter_model\.safetensors"):
        load(request)
    (folder / "adapter_model.bin").touch()
    with pytest.raises(UserError, match="read it with --allow-bin"):
        load(request)
    (folder / "adapter_model.safetensors").touch()
    with pytest.raises(UserError, match="does not name the model that it changes"):
        load(request)
    request = without_weights(folder, base_model_name_or_path="./gone")
    with pytest.raises(UserError, match=r"an adapter of './gone': ./gone: no such folder"):
        load(request)

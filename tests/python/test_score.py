"""``headstrata.score``: the command's numbers, and a model in memory left as it was found."""

import copy
import signal

import fsspec
import numpy as np
import pytest
import torch
import transformers as hf
from torch import nn
from transformers.utils import logging

import headstrata
from cache import patterns
from cache.store import Store
from classify import run
from classify.request import Request
from classify.worker import run_job

ASKED = {"prompts": 4, "length": 49, "rows": 8}


def score(model, tokenizer=None, **options):
    return headstrata.score(model, tokenizer, **{**ASKED, "progress": False, **options})


@pytest.fixture(scope="module")
def classified(tiny_gpt2, tmp_path_factory):
    """The store in which the worker wrote the table of the same checkpoint."""
    store = Store(str(tmp_path_factory.mktemp("classified")), published=False)
    run_job(Request.parse(model=str(tiny_gpt2), **ASKED), store)
    return store


@pytest.fixture
def model(tiny_gpt2):
    """As a user may have it: eager, training but for one layer, with gradients and a hook."""
    made = hf.AutoModelForCausalLM.from_pretrained(tiny_gpt2, attn_implementation="eager").train()
    made.transformer.h[1].eval()
    made(torch.arange(20)[None], labels=torch.arange(20)[None]).loss.backward()
    made.transformer.wpe.weight.requires_grad_(False)
    made.lm_head.register_forward_hook(lambda *_: None)
    return made


def state(model):
    """Everything of a model that its owner could miss, as plain values."""
    modules = dict(model.named_modules())
    tensors = {**dict(model.named_parameters()), **dict(model.named_buffers())}
    configs = {name: m.config for name, m in modules.items() if hasattr(m, "config")}
    return {
        "modules": {name: id(module) for name, module in modules.items()},
        "training": {name: module.training for name, module in modules.items()},
        "attributes": {name: sorted(vars(module)) for name, module in modules.items()},
        "hooks": {
            (name, kind): list(held)
            for name, module in modules.items()
            for kind, held in vars(module).items()
            if kind.endswith("hooks")
        },
        "attention": {name: config._attn_implementation for name, config in configs.items()},
        "configs": {name: config.to_dict() for name, config in configs.items()},
        "tensors": {
            name: (id(t), t.dtype, t.device, t.requires_grad) for name, t in tensors.items()
        },
        "values": {name: t.detach().clone().numpy().tobytes() for name, t in tensors.items()},
        "gradients": {
            name: None if p.grad is None else p.grad.numpy().tobytes()
            for name, p in model.named_parameters()
        },
        "random": torch.get_rng_state().numpy().tobytes(),
        "verbosity": logging.get_verbosity(),
        "grad mode": (torch.is_grad_enabled(), torch.is_inference_mode_enabled()),
    }


def test_in_memory_the_numbers_are_those_of_the_command(classified, model, tokenizer):
    table, stored = score(model, tokenizer), classified.read("tiny-gpt2")
    assert table.heads.equals(stored.heads)
    assert table.heads.dtypes.equals(stored.heads.dtypes)
    mine, theirs = table.provenance, stored.provenance
    for same in ("architecture", "layers", "heads", "probes", "text", "dtype", "bos_token"):
        assert getattr(mine, same) == getattr(theirs, same), same
    assert (mine.model, mine.title) == ("tiny-gpt2", "tiny gpt2")


def test_a_folder_s_numbers_too_and_its_patterns(classified, tiny_gpt2, tmp_path):
    table, stored = score(tiny_gpt2), classified.read("tiny-gpt2")
    assert table.heads.equals(stored.heads)
    assert table.provenance.weights_sha256 == stored.provenance.weights_sha256
    name, cache = table.save(tmp_path), Store(str(tmp_path))
    assert cache.read(name).heads.equals(stored.heads)
    for store, record in ((cache, table.provenance), (classified, stored.provenance)):
        drawn = patterns.read_head(store, "tiny-gpt2", 1, 3, record.run_key)
        assert drawn["natural"].weights[5, 0] > 0
    again = headstrata.load(name, tmp_path)
    assert again.provenance == table.provenance
    assert again.pattern(1, 3) == table.pattern(1, 3)
    read = table.reads(1, 3)
    assert again.reads(1, 3) == read
    assert max(one.weight for one in read.examples) == read.examples[0].weight > 0
    assert read.examples[0].fifth == 5


def test_what_is_unknown_of_a_model_in_memory_is_not_claimed(model, tokenizer):
    model.config.name_or_path = "openai-community/gpt2"
    one, other = (score(model, tokenizer).provenance for _ in range(2))
    assert (one.title, one.model) == ("GPT-2 small", "openai-community/gpt2")
    assert (one.reference, one.revision, one.weights_sha256) == (None, None, None)
    assert "in memory" in one.notes[-1]
    assert one.run_key != other.run_key


def test_the_model_is_left_as_it_was_found(model, tokenizer):
    before = state(model)
    score(model, tokenizer)
    after = state(model)
    assert {key for key in before if before[key] != after[key]} == set()


@pytest.mark.parametrize("fault", [KeyError("a hook that fails"), KeyboardInterrupt()])
#: Choosing the reader, finding projections, trying the layers, scoring, evidence, patterns.
@pytest.mark.parametrize("at", [1, 2, 5, 8, 11, 13])
def test_also_after_an_error_in_the_middle_and_after_a_stop(model, tokenizer, fault, at):
    seen = []

    def fail(*_):
        seen.append(1)
        if len(seen) == at:
            raise fault

    model.transformer.h[1].register_forward_pre_hook(fail)
    before = state(model)
    with pytest.raises(type(fault)):
        score(model, tokenizer)
    assert len(seen) == at
    after = state(model)
    assert {key for key in before if before[key] != after[key]} == set()
    assert fsspec.filesystem("memory").find("headstrata") == []


def test_position_tables_that_grow_with_the_prompt_are_put_back(tokenizer):
    """Longer prompts switch longrope's frequencies, in tensors that no gradient may meet."""
    rope = {"rope_type": "longrope", "rope_theta": 1e4, "original_max_position_embeddings": 32}
    factors = {"short_factor": [1.0] * 4, "long_factor": [2.0] * 4}
    config = hf.LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=64,
        rope_parameters={**rope, **factors},
    )
    torch.manual_seed(0)
    made = hf.LlamaForCausalLM(config)
    rotary = made.model.rotary_emb
    short = rotary.inv_freq.clone()
    before = state(made)
    assert score(made, tokenizer).heads["entropy"].notna().all()
    after = state(made)
    assert {key for key in before if before[key] != after[key]} == set()
    assert torch.equal(rotary.inv_freq, short)
    tokens = torch.arange(48)[None]
    made(tokens, labels=tokens).loss.backward()  # at the prompts' length


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of torch._dynamo's own imports
@pytest.mark.parametrize("wrap", [torch.compile, nn.DataParallel])
def test_wrappers_are_looked_into(classified, model, tokenizer, wrap):
    assert score(wrap(model), tokenizer).heads.equals(classified.read("tiny-gpt2").heads)


@pytest.mark.filterwarnings("ignore")  # of peft's
def test_a_model_with_an_adapter_is_scored_with_it_and_keeps_it(classified, model, tokenizer):
    """The numbers are those of a model whose weights the adapter was added to."""
    import peft  # noqa: PLC0415 - takes seconds

    torch.manual_seed(1)
    settings = peft.LoraConfig(r=2, target_modules=["c_attn"], init_lora_weights=False)
    wrapped = peft.get_peft_model(copy.deepcopy(model), settings)
    wrapped.add_adapter("other", settings)
    before = state(wrapped)
    table = score(wrapped, tokenizer)
    assert state(wrapped) == before
    assert "with the adapters that were in it: default, other" in table.provenance.notes
    merged = score(wrapped.merge_and_unload(), tokenizer)
    plain = classified.read("tiny-gpt2").heads
    assert (table.heads["first_token"] - merged.heads["first_token"]).abs().max() < 1e-5
    assert (table.heads["first_token"] - plain["first_token"]).abs().max() > 1e-3


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of torch._dynamo's own imports
def test_neither_autocast_nor_compiled_layers_change_a_number(classified, model, tokenizer):
    model.transformer.h[0].compile(backend="eager")
    with torch.autocast("cpu", torch.bfloat16):
        table = score(model, tokenizer)
    assert table.heads.equals(classified.read("tiny-gpt2").heads)
    assert model.transformer.h[0]._compiled_call_impl is not None


def test_no_signal_handler_is_installed(model, tokenizer, monkeypatch):
    def handlers(*_):
        seen.append({number: signal.getsignal(number) for number in signal.valid_signals()})

    def taken(request):  # where the command's signals end it at once
        handlers()
        return take(request)

    seen, take = [], run.take
    handlers()
    monkeypatch.setattr(run, "take", taken)
    model.transformer.h[1].register_forward_pre_hook(handlers)
    score(model, tokenizer)
    handlers()
    assert len(seen) > 4
    assert all(found == seen[0] for found in seen)


def test_progress_is_a_bar_on_standard_error_or_nothing(model, tokenizer, capsys):
    headstrata.score(model, tokenizer, **ASKED)
    shown = capsys.readouterr()
    assert "8/8" in shown.err
    assert shown.out == ""
    score(model, tokenizer)
    assert capsys.readouterr() == ("", "")


def bert():
    return hf.BertLMHeadModel(
        hf.BertConfig(vocab_size=99, hidden_size=8, num_hidden_layers=1, num_attention_heads=1)
    )


@pytest.mark.parametrize(
    ("ask", "options", "said"),
    [
        (lambda m, _: (m,), {}, "scored with its transformers tokenizer, but nothing was given"),
        (
            lambda m, t: (m, t.backend_tokenizer),
            {},
            "its transformers tokenizer, but Tokenizer was",
        ),
        (lambda m, t: (m.transformer.wte, t), {}, "Embedding is not a transformers model"),
        (lambda _, t: (7, t), {}, "int is not a transformers model"),
        (lambda m, t: (m, t), {"device": "cuda"}, "memory is on cpu and is scored where it is"),
        (lambda m, t: (m, t), {"dtype": "bfloat16"}, "memory is float32 and is scored as it is"),
        (lambda m, t: (m, t), {"revision": "main"}, "only models on the hub have revisions"),
        (lambda m, t: (m, t), {"prompts": 1}, "--prompts 1: give a number of prompts from 2 on"),
        (lambda m, t: (m, t), {"text": "nowhere.txt"}, "nowhere.txt: cannot be read"),
        (lambda _, t: (bert(), t), {}, "not a causal language model"),
        (
            lambda m, t: (copy.deepcopy(m).to("meta"), t),
            {},
            "some of its weights are not in memory",
        ),
        (lambda _, t: ("gpt2", t), {}, "brings its own tokenizer"),
        (lambda *_: ("./nowhere",), {}, "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(model, tokenizer, ask, options, said):
    with pytest.raises(headstrata.UserError) as refused:
        score(*ask(model, tokenizer), **options)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert model.training


def test_settings_reach_the_record(model, tokenizer, tmp_path):
    text = tmp_path / "mine.txt"
    text.write_text(" ".join(f"word{i % 97} and then some more," for i in range(400)))
    table = score(model, tokenizer, rows="all", seed=3, text=text, dtype="float32", device="cpu")
    [repeated, natural] = table.provenance.probes
    assert (repeated.rows, natural.seed, natural.length) == ("all", 3, 49)
    assert table.provenance.text.source == "mine.txt"
    assert np.isfinite(table.heads["induction"]).all()

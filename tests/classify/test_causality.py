"""Attention to later tokens is refused by what a model does, in both ways of reading it."""

import json
import shutil

import pytest
import torch
import transformers as hf

from classify.reader_choice import _checked_eager, _checked_rows, choose_reader
from headstrata import cli
from headstrata.errors import UserError

TOKENS = torch.arange(5, 69)[None]
SHAPE = {
    "vocab_size": 100,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "max_position_embeddings": 64,
}
REFUSED = pytest.raises(UserError, match="not a causal language model: tokens attend to later")


def made(config):
    torch.manual_seed(0)
    return hf.AutoModelForCausalLM.from_config(config).eval()


def llama(**changes):
    return made(hf.LlamaConfig(**SHAPE, **changes))


def gemma3(**changes):
    kinds = ["sliding_attention", "full_attention"]
    return made(hf.Gemma3TextConfig(**SHAPE, sliding_window=16, layer_types=kinds, **changes))


BIDIRECTIONAL = {
    "llama": lambda: llama(is_causal=False),
    "embedding-gemma": lambda: gemma3(use_bidirectional_attention=True),
}


@pytest.mark.parametrize("model", BIDIRECTIONAL.values(), ids=BIDIRECTIONAL)
def test_attention_to_later_tokens_is_refused_fast_and_eager(model):
    model = model()
    with REFUSED:
        choose_reader(model, TOKENS)
    with REFUSED:
        _checked_rows(model, TOKENS[:, :32])
    with REFUSED:
        _checked_eager(model, TOKENS, "")


def test_it_is_refused_where_only_the_eager_way_is_exact():
    """A soft cap, which SDPA does not know."""
    with REFUSED:
        choose_reader(made(hf.Gemma2Config(**SHAPE, is_causal=False)), TOKENS)


def test_an_encoder_is_refused():
    shape = {"vocab_size": 100, "hidden_size": 24, "num_hidden_layers": 1, "intermediate_size": 48}
    with REFUSED:
        choose_reader(made(hf.BertConfig(**shape)), TOKENS)


def test_one_later_token_in_one_layer_is_enough():
    """A prefix whose tokens see each other, by a mask that only the last layer gets."""
    model = llama()

    def seeing_ahead(_, args, kwargs):
        length = kwargs["hidden_states"].shape[1]
        mask = torch.ones(1, 1, length, length, dtype=torch.bool).tril()
        mask[..., :5, :5] = True
        if model.config._attn_implementation == "eager":
            mask = torch.zeros(mask.shape).masked_fill(~mask, -torch.inf)
        return args, kwargs | {"attention_mask": mask}

    last = model.model.layers[1].self_attn
    last.register_forward_pre_hook(seeing_ahead, with_kwargs=True)
    with REFUSED:
        choose_reader(model, TOKENS)
    with REFUSED:
        _checked_eager(model, TOKENS, "")


@pytest.mark.parametrize("model", [llama, gemma3])
def test_the_same_models_with_a_causal_mask_are_read(model):
    assert choose_reader(model(), TOKENS).description == "softmax rows beside SDPA"


def test_the_command_says_so_and_leaves_nothing(tmp_path, save_checkpoint, tokenizer, capfd):
    model = made(hf.LlamaConfig(**(SHAPE | {"vocab_size": len(tokenizer)})))
    folder = shutil.copytree(save_checkpoint(model, "causal"), tmp_path / "bidirectional")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"is_causal": False}))
    cache = tmp_path / "cache"
    assert cli.run(["classify", str(folder), "--cache", str(cache), "--length", "64"]) == 2
    assert "tokens attend to later ones" in capfd.readouterr().err
    assert not [path for path in cache.rglob("*") if path.is_file() and path.name[0] != "."]

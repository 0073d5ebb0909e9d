"""The language half of multimodal models: read exactly as in the whole model on text."""

import json

import pytest
import torch
import transformers as hf
from test_exactness import PERIOD, compared

import headstrata
from cache.store import Store
from classify.language_half import auto_class
from classify.loading import load
from classify.request import Request
from classify.worker import run_job
from headstrata.errors import UserError

LENGTH, LAYERS, HEADS = 41, 2, 4
_TEXT = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "max_position_embeddings": 64,
    "initializer_range": 0.2,
    "bos_token_id": 0,
    "eos_token_id": 0,
    "pad_token_id": 0,
}
_EYES = {
    "hidden_size": 16,
    "intermediate_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "image_size": 28,
    "patch_size": 14,
}
_QWEN_EYES = {"depth": 1, "hidden_size": 16, "num_heads": 2, "intermediate_size": 16}
_MROPE = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [1, 1, 2]}


def qwen2_5_vl(v):
    return hf.Qwen2_5_VLConfig(
        text_config={"vocab_size": v, **_TEXT, "rope_parameters": _MROPE},
        vision_config={**_QWEN_EYES, "out_hidden_size": 32, "fullatt_block_indexes": [0]},
    )


def qwen3_vl(v):
    return hf.Qwen3VLConfig(
        text_config={"vocab_size": v, **_TEXT, "rope_parameters": _MROPE},
        vision_config={**_QWEN_EYES, "out_hidden_size": 32, "deepstack_visual_indexes": [0]},
    )


def gemma3(v):
    layers = ["sliding_attention", "full_attention"]
    return hf.Gemma3Config(
        text_config={"vocab_size": v, **_TEXT, "sliding_window": 8, "layer_types": layers},
        vision_config=_EYES,
        mm_tokens_per_image=4,
    )


def mistral3(v):
    return hf.Mistral3Config(
        text_config={"model_type": "mistral", "vocab_size": v, **_TEXT, "sliding_window": 8},
        vision_config={"model_type": "pixtral", **_EYES},
    )


def llava(v):
    return hf.LlavaConfig(
        text_config={"model_type": "llama", "vocab_size": v, **_TEXT},
        vision_config={"model_type": "clip_vision_model", **_EYES},
    )


def smolvlm(v):
    return hf.SmolVLMConfig(
        text_config={"model_type": "llama", "vocab_size": v, **_TEXT},
        vision_config={"model_type": "smolvlm_vision", **_EYES},
    )


def llama4(v):
    experts = {"num_local_experts": 2, "num_experts_per_tok": 1, "intermediate_size_mlp": 48}
    chunks = {"attention_chunk_size": 20, "no_rope_layer_interval": 2}
    return hf.Llama4Config(
        text_config={"vocab_size": v, **_TEXT, **experts, **chunks},
        vision_config={**_EYES, "vision_output_dim": 16, "projector_output_dim": 16},
    )


_ALL = (qwen2_5_vl, qwen3_vl, gemma3, mistral3, llava, smolvlm, llama4)
MODELS = {config.__name__: config for config in _ALL}


def saved(name, tokenizer, save_checkpoint):
    torch.manual_seed(1)
    model = hf.AutoModelForMultimodalLM.from_config(MODELS[name](len(tokenizer)))
    return save_checkpoint(model, name)


@pytest.mark.parametrize("name", MODELS)
def test_the_language_half_is_scored_as_in_the_whole_model(
    name, tokenizer, save_checkpoint, tmp_path
):
    folder = saved(name, tokenizer, save_checkpoint)
    windows = {"gemma3": [8, 99], "mistral3": [8, 8], "llama4": [(None, 20), 99]}
    table = compared(
        folder,
        tokenizer,
        tmp_path,
        windows.get(name, [99] * LAYERS),
        # transformers 5.24's whole Llama 4 fails without pictures; its text model does not.
        kind=hf.AutoModelForCausalLM if name == "llama4" else hf.AutoModelForMultimodalLM,
        period=9 if name == "llama4" else PERIOD,
    )
    [note] = [note for note in table.provenance.notes if "half" in note]
    assert note.startswith("only the language half of")


def test_the_table_says_that_only_text_was_scored(tokenizer, save_checkpoint, tmp_path, capsys):
    folder = saved("llava", tokenizer, save_checkpoint)
    store = Store(str(tmp_path), create=True)
    run_job(Request.parse(model=str(folder), prompts=2, length=LENGTH, device="cpu"), store)
    provenance = store.read("llava").provenance
    note = "only the language half of Llava is scored: text, no pictures or sound"
    assert provenance.notes == [note]
    assert note in capsys.readouterr().err
    assert provenance.architecture == "LlavaForConditionalGeneration"


def test_what_is_not_read_from_left_to_right_is_refused():
    for config, said in (
        (hf.PaliGemmaConfig(), "does not read text from left to right only"),
        (hf.Florence2Config(), "an encoder-decoder"),
        (hf.Blip2Config(text_config=hf.T5Config()), "an encoder-decoder"),
        (hf.MusicgenConfig(), "an encoder-decoder"),  # it has two texts
        (hf.HrmTextConfig(), "does not read text from left to right only"),
        (hf.BertConfig(), "not a causal language model; its heads have no previous tokens"),
        (hf.CLIPConfig(), "neither as a causal language model nor as a multimodal one"),
    ):
        with pytest.raises(UserError, match=said):
            auto_class("made", config)
    assert auto_class("made", hf.HrmTextConfig(prefix_lm=False)) is hf.AutoModelForCausalLM


def test_text_that_does_not_run_without_sound_is_refused(tokenizer, save_checkpoint, monkeypatch):
    folder = saved("llava", tokenizer, save_checkpoint)

    def forward(*_, **__):
        raise TypeError("linear(): argument 'input' must be Tensor, not NoneType")

    monkeypatch.setattr(hf.LlamaModel, "forward", forward)
    with pytest.raises(UserError, match="does not run on text alone \\(linear"):
        load(Request.parse(model=str(folder), device="cpu"))


def test_pictures_may_be_missing_but_no_layer_of_the_text(tokenizer, save_checkpoint, tmp_path):
    from safetensors.torch import load_file, save_file  # noqa: PLC0415

    folder = saved("llava", tokenizer, save_checkpoint)
    weights = load_file(folder / "model.safetensors")
    text = {key: value for key, value in weights.items() if "vision" not in key}
    assert 0 < len(text) < len(weights)
    save_file(text, folder / "model.safetensors", metadata={"format": "pt"})
    request = Request.parse(model=str(folder), device="cpu")
    load(request)
    config = json.loads((folder / "config.json").read_text())
    config["text_config"]["num_hidden_layers"] = 3
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(UserError, match=r"lacks weights: model\.language_model\.layers\.2"):
        load(request)


def test_one_that_is_in_memory_gives_the_same_table(tokenizer, save_checkpoint, tmp_path):
    folder = saved("qwen2_5_vl", tokenizer, save_checkpoint)
    asked = {"prompts": 2, "length": LENGTH}
    store = Store(str(tmp_path), create=True)
    run_job(Request.parse(model=str(folder), name="whole", device="cpu", **asked), store)
    model = hf.AutoModelForMultimodalLM.from_pretrained(folder).train()
    table = headstrata.score(model, tokenizer, device="cpu", progress=False, **asked)
    assert table.heads.equals(store.read("whole").heads)
    assert table.provenance.notes[0] == store.read("whole").provenance.notes[0]
    assert model.training

"""The language half of multimodal models: read exactly as in the whole model on text."""

import json

import pytest
import torch
import transformers as hf

import headstrata
from cache.store import Store
from classify import probes as probing
from classify.language_half import auto_class
from classify.loading import load
from classify.reader_choice import choose_reader
from classify.request import Request
from classify.statistics import Rows
from classify.text import tokenize
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


MODELS = {config.__name__: config for config in (qwen2_5_vl, qwen3_vl, gemma3, mistral3, llava)}


def saved(name, tokenizer, save_checkpoint):
    torch.manual_seed(1)
    model = hf.AutoModelForMultimodalLM.from_config(MODELS[name](len(tokenizer)))
    return save_checkpoint(model, name)


@pytest.mark.parametrize("name", MODELS)
def test_the_language_half_is_read_as_in_the_whole_model(name, tokenizer, save_checkpoint):
    folder = saved(name, tokenizer, save_checkpoint)
    loaded = load(Request.parse(model=str(folder), device="cpu"))
    [note] = loaded.notes
    assert note.startswith("only the language half of")
    text, _ = tokenize(tokenizer, None, LENGTH)
    vocabulary = probing.read_vocabulary(tokenizer, len(tokenizer))
    prompts = probing.Probes(vocabulary, text, LENGTH, "all", 0).make("natural", 0, 2)
    rows = Rows.of(prompts, "cpu")
    read = {}
    reader = choose_reader(loaded.model, rows.tokens[:1])
    reader.read(rows, lambda layer, _, __, weights, ___: read.update({layer: weights}))
    whole = hf.AutoModelForMultimodalLM.from_pretrained(
        folder, dtype=torch.float64, attn_implementation="eager"
    ).eval()
    with torch.no_grad():
        exact = whole(input_ids=rows.tokens, output_attentions=True).attentions
    assert len(read) == len(exact) == LAYERS
    for layer, weights in read.items():
        expected = exact[layer][:, :, prompts.queries[0]]
        assert (weights - expected).abs().max() < 1e-6


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
        (hf.CLIPConfig(), "not a causal language model"),
    ):
        with pytest.raises(UserError, match=said):
            auto_class("made", config)


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

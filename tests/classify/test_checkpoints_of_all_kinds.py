"""Checkpoints that are not as ``save_pretrained`` makes them today: loaded, or refused truly."""

import json
import pickle
from pathlib import Path

import pytest
import torch
import transformers as hf
from safetensors.torch import load_file, save_file

from classify import load_errors
from classify.loading import load
from classify.reader_choice import choose_reader
from classify.request import Request
from classify.source import find
from headstrata.errors import UserError

TOKENS = torch.arange(5, 37)[None]


def config(tokenizer, **changes):
    sizes = {
        "vocab_size": len(tokenizer),
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 64,
        "pad_token_id": 0,
        "tie_word_embeddings": False,
    }
    return hf.LlamaConfig(**{**sizes, **changes})


@pytest.fixture
def llama(tokenizer, save_checkpoint):
    torch.manual_seed(0)
    return save_checkpoint(hf.LlamaForCausalLM(config(tokenizer)), "llama")


def edit(folder, **changes):
    file = folder / "config.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
    return folder


def loaded(folder, **options):
    return load(Request.parse(model=str(folder), device="cpu", **options))


def refused(folder, **options):
    with pytest.raises(UserError) as said:
        loaded(folder, **options)
    message = str(said.value)
    assert "\n" not in message
    return message


def hidden(model):
    with torch.no_grad():
        return model(input_ids=TOKENS).last_hidden_state


@pytest.mark.parametrize("kind", [hf.LlamaModel, hf.LlamaForSequenceClassification])
def test_base_and_reward_models_need_no_head(kind, tokenizer, save_checkpoint):
    torch.manual_seed(0)
    made = kind(config(tokenizer, num_labels=1)).eval()
    got = loaded(save_checkpoint(made, kind.__name__))
    assert torch.equal(hidden(got.model.base_model), hidden(made.base_model))


def test_a_layer_that_is_missing_in_a_base_model_is_still_refused(tokenizer, save_checkpoint):
    folder = save_checkpoint(hf.LlamaModel(config(tokenizer)), "base")
    assert "lacks weights: model.layers.2" in refused(edit(folder, num_hidden_layers=3))


def test_an_attention_that_the_config_asks_for_is_not_needed(llama):
    got = loaded(edit(llama, attn_implementation="flash_attention_2"))
    assert choose_reader(got.model, TOKENS).description == "softmax rows beside SDPA"


def pickled(folder, parts=1):
    """The same weights as pytorch_model.bin, or in several parts with an index."""
    from safetensors.torch import load_file  # noqa: PLC0415

    weights = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    names = sorted(weights)
    if parts == 1:
        torch.save(weights, folder / "pytorch_model.bin")
        return folder
    index = {}
    for part in range(parts):
        file = f"pytorch_model-{part + 1:05}-of-{parts:05}.bin"
        mine = {name: weights[name] for name in names[part::parts]}
        torch.save(mine, folder / file)
        index |= dict.fromkeys(mine, file)
    (folder / "pytorch_model.bin.index.json").write_text(
        json.dumps({"metadata": {}, "weight_map": index})
    )
    return folder


@pytest.mark.parametrize("parts", [1, 2])
def test_pickled_weights_are_read_if_that_is_allowed(llama, parts):
    before = hidden(loaded(llama).model.base_model)
    folder = pickled(llama, parts)
    assert "read them with --allow-bin" in refused(folder)
    got = loaded(folder, allow_bin=True)
    assert torch.equal(hidden(got.model.base_model), before)
    assert len(got.files) == parts
    if parts == 2:
        got.files[1].unlink()
        assert f"the folder lacks {got.files[1].name}" in refused(folder, allow_bin=True)


def test_pickled_code_is_never_run(llama, tmp_path):
    class Harmful:
        def __reduce__(self):
            return Path.touch, (tmp_path / "harm",)

    folder = pickled(llama)
    with (folder / "pytorch_model.bin").open("wb") as file:
        pickle.dump({"model.norm.weight": Harmful()}, file)
    assert "hold more than tensors" in refused(folder, allow_bin=True)
    torch.save({"model.norm.weight": Harmful()}, folder / "pytorch_model.bin")
    assert "hold more than tensors" in refused(folder, allow_bin=True)
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(
    ("settings", "library"),
    [
        ({"quant_method": "gptq", "bits": 4, "group_size": 128}, "optimum"),
        ({"quant_method": "awq", "bits": 4, "group_size": 128}, "gptqmodel"),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, "bitsandbytes"),
        ({"quant_method": "compressed-tensors", "format": "pack-quantized"}, "compressed-tensors"),
    ],
)
def test_quantised_weights_name_the_library_that_reads_them(llama, settings, library):
    message = refused(edit(llama, quantization_config=settings))
    assert library in message
    assert "pip install" in message


BLOCK = 16
FP8 = {"quant_method": "fp8", "activation_scheme": "dynamic", "weight_block_size": [BLOCK, BLOCK]}


def in_eight_bits(weight):
    """Weights as DeepSeek-V3 and Qwen3 are released: float8 and a scale for each block."""
    rows, columns = weight.shape
    blocks = weight.reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK)
    scale = blocks.abs().amax((1, 3)) / torch.finfo(torch.float8_e4m3fn).max
    small = (blocks / scale[:, None, :, None]).to(torch.float8_e4m3fn)
    exact = (small.float() * scale[:, None, :, None]).reshape(rows, columns)
    return small.reshape(rows, columns), scale, exact


def test_weights_of_eight_bits_are_scored_as_the_numbers_that_they_stand_for(llama):
    """A CPU, too, where transformers takes them as bfloat16."""
    weights, stored, exact = load_file(llama / "model.safetensors"), {}, {}
    for name, weight in weights.items():
        stored[name] = exact[name] = weight
        if "_proj" in name:
            stored[name], stored[f"{name}_scale_inv"], exact[name] = in_eight_bits(weight)
    save_file(stored, llama / "model.safetensors", {"format": "pt"})
    found = loaded(edit(llama, quantization_config=FP8))
    assert found.notes == ("its weights come quantised (fp8)",)
    for name, weight in found.model.state_dict().items():
        off = (weight.float() - exact[name]).abs().max()
        assert off <= exact[name].abs().max() / 2**8, name  # half a step of bfloat16


@pytest.mark.parametrize("file", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_git_lfs_pointer_is_named(llama, file):
    (llama / file).write_text(
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
    )
    assert f"{file} is a Git LFS pointer, not the file itself; run: git lfs pull" in refused(llama)


def test_a_part_of_a_split_gguf_file(tmp_path):
    part = tmp_path / "M-00001-of-00003.gguf"
    part.touch()
    assert "one of 3 parts of a split model; merge them with" in refused(part)


def test_a_gguf_file_in_capitals(tmp_path):
    file = tmp_path / "M.Q8_0.GGUF"
    file.touch()
    request = Request.parse(model=str(file))
    assert find(request).gguf == file
    assert request.table_name == "M.Q8_0"


def test_code_of_its_own_is_never_run(llama):
    auto = {"AutoConfig": "own.Config", "AutoModelForCausalLM": "own.Model"}
    (llama / "own.py").write_text("raise SystemExit(3)")
    folder = edit(llama, model_type="unheard_of", auto_map=auto)
    assert "needs code of its own, which Headstrata never runs" in refused(folder)


def test_a_type_that_transformers_does_not_know(llama):
    message = refused(edit(llama, model_type="unheard_of"))
    assert f"transformers {hf.__version__} does not know its type 'unheard_of'" in message


@pytest.fixture
def without_tokenizer(llama):
    for file in llama.glob("tokenizer*"):
        file.unlink()
    return llama


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\n\x0e\n\x05<unk>", "a SentencePiece model; run: pip install sentencepiece protobuf"),
        (b"aGVsbG8= 0\n", "a tiktoken file; run: pip install tiktoken"),
    ],
)
@pytest.mark.parametrize(
    "words",  # transformers 5.24's, without either library
    [
        "`tiktoken` is required to read a `tiktoken` file. Install it with `pip install tiktoken`.",
        "Couldn't instantiate the backend tokenizer from one of:\n(1) a `tokenizers` file",
    ],
)
def test_a_tokenizer_that_needs_a_library_names_it(
    without_tokenizer, monkeypatch, content, said, words
):
    monkeypatch.setattr(load_errors, "find_spec", lambda _: None)
    (without_tokenizer / "tokenizer.model").write_bytes(content)
    with pytest.raises(UserError) as refused, load_errors.explained("m", without_tokenizer):
        raise ValueError(words)
    assert str(refused.value) == f"cannot load m: its tokenizer is {said}"


def test_a_library_that_a_model_needs_is_named():
    words = (
        "\nTimmWrapperModel requires the PIL library but it was not found in your environment. "
        "You can install it with pip:\n`pip install pillow`. Please note that you may need to "
        "restart your runtime after installation.\n"
    )
    with pytest.raises(UserError) as refused, load_errors.explained("m"):
        raise ImportError(words)
    said = "TimmWrapperModel requires the PIL library; run: pip install pillow"
    assert str(refused.value) == f"cannot load m: {said}"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_sentencepiece_tokenizer_is_read(without_tokenizer, tmp_path):
    import sentencepiece as spm  # noqa: PLC0415 - warns when it is imported

    from classify.text import default_text  # noqa: PLC0415

    (tmp_path / "text").write_text(default_text())
    spm.SentencePieceTrainer.train(
        input=str(tmp_path / "text"),
        model_prefix=str(without_tokenizer / "tokenizer"),
        model_type="bpe",
        vocab_size=500,
        minloglevel=2,
    )
    own = spm.SentencePieceProcessor(model_file=str(without_tokenizer / "tokenizer.model"))
    tokenizer = loaded(without_tokenizer).tokenizer
    said = tokenizer("it was said twice", add_special_tokens=False)["input_ids"]
    assert said == own.encode("it was said twice")

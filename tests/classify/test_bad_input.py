"""Bad input to ``classify``: one clear line, exit code 2, no traceback, nothing left behind."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import transformers as hf
from safetensors.torch import load_file, save_file

from cache import files as storing
from cache.store import Store
from classify.engine import Engine
from classify.extra_layers import extra_layers
from classify.request import Request, embedded_smollm2
from classify.worker import request_job, run_job, work
from headstrata import cli
from headstrata.errors import UserError

COMMAND = [sys.executable, "-m", "headstrata", "classify"]


def checked(code: int, out: str, err: str, cache: Path) -> str:
    """One line, code 2, an empty cache."""
    assert code == 2, err
    assert out == ""
    assert err.startswith("headstrata: "), err
    assert err.count("\n") == 1, err
    left = [path.name for path in cache.rglob("*")] if cache.is_dir() else []
    assert set(left) <= {".lock"}, left
    return err


@pytest.fixture
def refused(capfd):
    """Runs ``headstrata classify``, checks that it is refused, and gives what it said."""

    def run(model: object, cache: Path, *flags: str) -> str:
        capfd.readouterr()
        code = cli.run(["classify", str(model), "--cache", str(cache), *flags])
        return checked(code, *capfd.readouterr(), cache)

    return run


def corrupt_copy(model: Path, folder: Path) -> Path:
    """The checkpoint with its weights cut short."""
    copy = shutil.copytree(model, folder / "corrupt")
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    return copy


def test_a_model_that_does_not_exist(refused, tmp_path):
    assert "no such folder" in refused("/no/such/model", tmp_path / "c")
    assert "no such GGUF file" in refused(tmp_path / "gone.gguf", tmp_path / "c")


def test_the_real_command_without_a_network_is_refused_within_seconds(tmp_path):
    # A closed port refuses at once, as a machine without a network does.
    environment = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path / "hub")}
    cache = tmp_path / "c"
    done = subprocess.run(
        [*COMMAND, "nobody/no-such-model", "--cache", str(cache)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=200,  # a bound against endless retries, not a measurement
        check=False,
    )
    said = checked(done.returncode, done.stdout, done.stderr, cache)
    assert "the hub did not give it" in said


def test_a_folder_without_config(refused, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "no config.json" in refused(tmp_path / "empty", tmp_path / "c")


def test_an_encoder_and_an_encoder_decoder(refused, tmp_path, tokenizer):
    for name, config in (("bert", hf.BertConfig()), ("t5", hf.T5Config())):
        folder = tmp_path / name
        config.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        assert f"{name}" in refused(folder, tmp_path / "c")


def test_a_model_whose_attention_cannot_be_read(refused, tmp_path, save_checkpoint, tokenizer):
    config = hf.MambaConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=2, state_size=4
    )
    folder = save_checkpoint(hf.MambaForCausalLM(config), "mamba")
    said = refused(folder, tmp_path / "c")
    assert "Mamba" in said
    assert "softmax attention" in said


def test_corrupt_weights(refused, tmp_path, tiny_gpt2):
    said = refused(corrupt_copy(tiny_gpt2, tmp_path), tmp_path / "c")
    assert "corrupt: its weights are cut short or damaged" in said
    gguf = tmp_path / "broken.gguf"
    gguf.write_bytes(b"GGUF" + bytes(range(200)))
    assert "broken.gguf" in refused(gguf, tmp_path / "c")
    begun = tmp_path / "begun.GGUF"  # its download was stopped at once
    begun.write_bytes(b"GGUF")
    assert "its weights are cut short or damaged" in refused(begun, tmp_path / "c")
    cut = tmp_path / "cut.gguf"
    with embedded_smollm2().open("rb") as whole:
        cut.write_bytes(whole.read(4_000_000))
    said = refused(cut, tmp_path / "c")
    assert "its weights are cut short or damaged" in said
    assert "fetch the file again" in said


def test_a_folder_that_lacks_a_part_says_which(refused, tmp_path, tiny_gpt2):
    copy = shutil.copytree(tiny_gpt2, tmp_path / "part")
    for file in copy.glob("tokenizer*"):
        file.unlink()
    assert "comes without its tokenizer" in refused(copy, tmp_path / "c")
    shutil.copytree(tiny_gpt2, copy, dirs_exist_ok=True)
    (copy / "model.safetensors").unlink()
    assert "no weights (*.safetensors)" in refused(copy, tmp_path / "c")
    assert "MODEL ''" in refused("", tmp_path / "c")


def test_weights_that_are_missing_are_not_replaced_by_random_ones(refused, tmp_path, tiny_gpt2):
    copy = shutil.copytree(tiny_gpt2, tmp_path / "deeper")
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, "n_layer": 3}))
    assert "lacks weights" in refused(copy, tmp_path / "c")


def fewer_layers(model, folder, **changes):
    """The checkpoint with a config.json that knows of fewer layers."""
    copy = shutil.copytree(model, folder / "shallower")
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, **changes}))
    return copy


def test_a_config_with_fewer_layers_than_the_checkpoint(refused, tmp_path, tiny_gpt2):
    copy = fewer_layers(tiny_gpt2, tmp_path, n_layer=1)
    said = refused(copy, tmp_path / "c")
    assert "by config.json the model has 1 layers, but the checkpoint holds 2" in said


def test_fewer_layers_are_noticed_in_a_checkpoint_of_the_base_model_too(
    refused, tmp_path, save_checkpoint, tokenizer
):
    """As gpt2 lies on the hub: without the prefix ``transformer.``."""
    config = hf.GPT2Config(vocab_size=len(tokenizer), n_embd=16, n_layer=3, n_head=2)
    folder = save_checkpoint(hf.GPT2Model(config), "base")
    assert "holds 3" in refused(fewer_layers(folder, tmp_path, n_layer=1), tmp_path / "c")


def test_fewer_layers_of_experts(refused, tmp_path, save_checkpoint, tokenizer):
    """The layer that is left is dense, those left out are mixtures of experts."""
    config = hf.Glm4MoeConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        intermediate_size=16,
        moe_intermediate_size=8,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        n_routed_experts=4,
        num_experts_per_tok=2,
        first_k_dense_replace=1,
    )
    folder = save_checkpoint(hf.Glm4MoeForCausalLM(config), "glm")
    copy = fewer_layers(folder, tmp_path, num_hidden_layers=1)
    assert "holds 2" in refused(copy, tmp_path / "c")


def test_what_checkpoints_carry_besides_is_no_layer():
    layer = ("self_attn.q_proj.weight", "self_attn.o_proj.weight", "mlp.up_proj.weight")
    loaded = [f"model.layers.{i}.{part}" for i in range(2) for part in layer]
    benign = [
        "lm_head.weight",
        "model.layers.0.self_attn.rotary_emb.inv_freq",
        "model.layers.2.self_attn.rotary_emb.inv_freq",
        "model.embeddings.position_ids",
        "visual.blocks.7.attn.qkv.weight",
        "mtp.layers.0.self_attn.q_proj.weight",
    ]
    predicting = [f"model.layers.2.{part}" for part in (*layer, "eh_proj.weight", "enorm.weight")]
    assert extra_layers(loaded, [*benign, *predicting]) == {}
    half = [f"model.layers.2.{part}" for part in layer[:1]]
    assert extra_layers(loaded, half) == {}
    whole = [f"model.layers.{i}.{part}" for i in (2, 3) for part in layer]
    assert extra_layers(loaded, [*benign, *whole]) == {"model.layers": [2, 3]}


def test_weights_of_another_shape_are_named(refused, tmp_path, tiny_gpt2):
    copy = shutil.copytree(tiny_gpt2, tmp_path / "wider")
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, "n_embd": 64}))
    assert "has the shape (96,)" in refused(copy, tmp_path / "c")


def test_pickled_weights_are_not_read(refused, tmp_path, tiny_gpt2):
    copy = shutil.copytree(tiny_gpt2, tmp_path / "copy")
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    assert "weights are pickled (pytorch_model.bin)" in refused(copy, tmp_path / "c")


def test_attention_that_is_not_a_number_makes_no_table(refused, tmp_path, tiny_gpt2):
    copy = shutil.copytree(tiny_gpt2, tmp_path / "copy")
    weights = load_file(copy / "model.safetensors")
    weights["transformer.h.1.attn.c_attn.weight"][:] = float("nan")
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    assert "in layer 1 is not a number" in refused(copy, tmp_path / "c", "--length", "100")


def test_a_number_that_is_none_in_a_later_batch(tmp_path, tiny_gpt2, monkeypatch):
    """The trial pass was fine; nothing but the record of the failure is left."""
    score = Engine.score
    calls = []

    def overflow_later(self, prompts):
        calls.append(prompts)
        if len(calls) > 1:
            self.reader.model.transformer.h[0].attn.c_attn.weight.data.fill_(float("nan"))
        return score(self, prompts)

    monkeypatch.setattr(Engine, "score", overflow_later)
    store = Store(str(tmp_path))
    with pytest.raises(UserError, match="in layer 0 is not a number"):
        run_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=40), store)
    assert [job.state for job in store.jobs()] == ["failed"]
    assert [path.name for path in tmp_path.iterdir() if path.name[0] != "."] == ["jobs"]


def test_a_tokenizer_of_a_larger_model(refused, tmp_path, save_checkpoint):
    """Its later tokens have no row in the embedding."""
    small = hf.GPT2Config(vocab_size=300, n_embd=16, n_layer=2, n_head=2, n_positions=64)
    folder = save_checkpoint(hf.GPT2LMHeadModel(small), "small-embedding")
    said = refused(folder, tmp_path / "c", "--length", "40")
    assert "the model's embedding has 300 rows: they do not belong together" in said


def test_names_that_no_system_looks_up(refused, tmp_path):
    assert "File name too long" in refused("x" * 300, tmp_path / "c")
    assert "not a hub id" in refused("two\nlines", tmp_path / "c")


def test_a_local_model_has_no_revision(refused, tmp_path, tiny_gpt2):
    assert "only models on the hub" in refused(tiny_gpt2, tmp_path / "c", "--revision", "main")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--length", "3"), "at least 24"),
        (("--length", "129"), "the model's context is 128 tokens"),
        (("--length", "99999999"), "at most 1,000,000"),
        (("--prompts", "0"), "from 2 on"),
        (("--device", "cuda"), "no usable CUDA device"),
        (("--device", "cuda:01"), "give auto, cpu, mps, cuda or cuda:N"),
        (("--device", "cuda:256"), "give auto, cpu, mps, cuda or cuda:N"),
        (("--text", "/no/such/text"), "cannot be read"),
        (("--bos", "no such token"), "--bos 'no such token': not one token of the model's"),
        (("--bos", ""), "give the text of one token, or none"),
    ],
)
def test_options(refused, tmp_path, tiny_gpt2, flags, said):
    assert said in refused(tiny_gpt2, tmp_path / "c", *flags)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xff\xfe\x00\x01", "not a UTF-8"),
        (b"text with a \0 in it", "binary"),
        (b"Too short.", "tokens"),
    ],
)
def test_texts(refused, tmp_path, tiny_gpt2, content, said):
    text = tmp_path / "text"
    text.write_bytes(content)
    assert said in refused(tiny_gpt2, tmp_path / "c", "--text", str(text))


def test_a_cache_that_cannot_be_written(refused, tmp_path, tiny_gpt2):
    (tmp_path / "file").write_text("in the way")
    assert "file" in refused(tiny_gpt2, tmp_path / "file")
    assert "file" in refused(tiny_gpt2, tmp_path / "file" / "below")


def test_a_full_disk(tmp_path, tiny_gpt2, monkeypatch):
    """The disk fills when the patterns are written; the old table stays."""
    store = Store(str(tmp_path))
    asked = Request.parse(model=str(tiny_gpt2), prompts=2, length=40)
    run_job(asked, store)
    before = (tmp_path / "tables" / "tiny-gpt2.parquet").read_bytes()
    write = storing.replace_file

    def full(target, data):
        if target.suffix == ".parquet":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(target, data)

    monkeypatch.setattr(storing, "replace_file", full)
    with pytest.raises(UserError, match="No space left on device"):
        run_job(asked, store)
    assert (tmp_path / "tables" / "tiny-gpt2.parquet").read_bytes() == before
    assert [job.state for job in store.jobs()] == ["failed"]
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_table_that_cannot_be_written_leaves_no_patterns_either(tmp_path, tiny_gpt2, monkeypatch):
    def full(*_):
        raise UserError("No space left on device")

    store = Store(str(tmp_path))
    monkeypatch.setattr(store, "write", full)
    with pytest.raises(UserError, match="No space left"):
        run_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=40), store)
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_full_disk_is_noticed_before_the_work(tmp_path, tiny_gpt2, monkeypatch):
    """Empty files still fit; a record that cannot be written is not left half-true."""

    def full(target, data):
        if data:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store = Store(str(tmp_path))
    asked = Request.parse(model=str(tiny_gpt2), prompts=2, length=40)
    job = request_job(asked, store)
    monkeypatch.setattr(storing, "replace_file", full)
    for start in (lambda: run_job(asked, store), lambda: work(store, until_idle=True)):
        with pytest.raises(UserError, match="No space left on device"):
            start()
    assert store.jobs() == [job]  # still to be done: it is not to blame


def test_a_last_record_that_cannot_be_written_is_removed(tmp_path, tiny_gpt2, monkeypatch):
    store = Store(str(tmp_path))
    write = storing.replace_file

    def full(target, data):
        if target.suffix == ".npy" or b'"failed"' in data:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(target, data)

    monkeypatch.setattr(storing, "replace_file", full)
    with pytest.raises(UserError, match="No space left on device"):
        run_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=40), store)
    assert store.jobs() == []  # not one that says it still runs


def test_a_short_context_shortens_the_default_and_says_so(tmp_path, tiny_gpt2, capsys):
    store = Store(str(tmp_path))
    run_job(Request.parse(model=str(tiny_gpt2), prompts=2), store)
    note = "prompts shortened from 257 to 128 tokens: the model's context"
    assert store.read("tiny-gpt2").provenance.notes == [note]
    assert capsys.readouterr().err.count(note) == 1


def test_the_rows_on_record_are_those_that_were_read(tmp_path, tiny_gpt2):
    """Prompts of 24 tokens have 11 queries in the second copy, and 8 past the first 16."""
    store = Store(str(tmp_path))
    run_job(Request.parse(model=str(tiny_gpt2), prompts=2, length=24), store)
    probes = store.read("tiny-gpt2").provenance.probes
    assert {probe.name: probe.rows for probe in probes} == {"repeated": 11, "natural": 8}


def test_prompts_auto_says_how_many_were_needed(tmp_path, tiny_gpt2, capsys):
    store = Store(str(tmp_path))
    run_job(Request.parse(model=str(tiny_gpt2), prompts="auto", length=40), store)
    [note] = store.read("tiny-gpt2").provenance.notes
    assert "prompts auto" in note
    assert note in capsys.readouterr().err


def test_a_model_named_by_a_dot(tmp_path, tiny_gpt2, monkeypatch):
    monkeypatch.chdir(tiny_gpt2)
    store = Store(str(tmp_path))
    run_job(Request.parse(model=".", prompts=2, length=40), store)
    assert store.read("tiny-gpt2").provenance.model == "tiny-gpt2"

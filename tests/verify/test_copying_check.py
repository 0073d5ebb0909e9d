"""What heads write beside what was published, on a checkpoint whose weights are set by hand."""

import json

import numpy as np
import pandas as pd
import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from cache.evidence import evidence_for
from cache.store import Store
from classify.copying_check import compare_copying, conclude_operations, measure_copying
from classify.loading import load
from classify.request import Request
from classify.verify import verify
from classify.worker import run_job
from headstrata.errors import UserError
from vocabulary.evidence import writing
from vocabulary.operations import OPERATIONS

LAYERS, HEADS, WIDTH = 2, 4, 16
HIDDEN = HEADS * WIDTH


@pytest.fixture
def planted(save_checkpoint):
    """A GPT-2 whose layer 0 writes nothing; of layer 1 head 0 copies, head 1 suppresses, head 2
    writes some of a token's numbers in the place of others, and head 3 copies what little it reads.

    Embeddings are normal numbers, and unembeddings the same, so that nothing but the heads'
    value and output maps decides.
    """
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=50257,
        n_positions=64,
        n_embd=HIDDEN,
        n_layer=LAYERS,
        n_head=HEADS,
        bos_token_id=0,
        eos_token_id=0,
    )
    model = GPT2LMHeadModel(config).eval()
    eye = torch.eye(HIDDEN)
    with torch.no_grad():
        model.transformer.wpe.weight.zero_()
        for block in model.transformer.h:
            block.mlp.c_proj.weight.zero_()
            block.attn.c_proj.weight.zero_()
        layer = model.transformer.h[1].attn
        layer.c_attn.weight[:, 2 * HIDDEN :] = eye  # head h reads the axes from 16 h on
        output = layer.c_proj.weight  # (heads * 16, hidden)
        output[:16] = eye[:16]
        output[16:32] = -eye[16:32]
        output[32:48] = eye[:16]
        output[48:52] = 3 * eye[48:52]
    return str(save_checkpoint(model, "planted"))


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Figures about the planted model, one of them wrong: head 3 is said to suppress."""
    folder = tmp_path / "published"
    folder.mkdir()
    places = pd.MultiIndex.from_product([range(LAYERS), range(HEADS)], names=["layer", "head"])
    heads = places.to_frame(index=False)
    heads.assign(induction=0.1, previous_token=0.1).to_parquet(folder / "planted-published.parquet")
    names = [name for one in OPERATIONS.values() for name in (one.name, one.suppression)]
    operations = heads.assign(**dict.fromkeys(names, 0.0))
    operations.loc[[4, 6], "name_copying"] = [0.9, 0.1]
    operations.loc[[5, 7], "name_copying__suppression"] = [0.8, 0.5]
    operations.loc[4, "general_copying_english_500"] = 0.2
    operations.loc[5, "general_copying_english_500__suppression"] = 0.1
    operations.to_parquet(folder / "planted_maps2024.parquet")
    circuit = {"circuit": "a circuit", "sentence": "…", "citation": "wang2022"}
    roles = {
        "name mover": ["1.0", "1.3"],
        "negative name mover": ["1.1", "1.2", "0.0"],
        "induction": ["1.3"],
    }
    (folder / "planted_named_heads.json").write_text(json.dumps([{**circuit, "roles": roles}]))
    monkeypatch.setattr("cache.evidence.PUBLISHED", folder)
    evidence_for.cache_clear()
    yield
    evidence_for.cache_clear()


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "cache"), create=True)


def after(report, start):
    """The lines from the one that starts so up to the next empty one."""
    lines = report.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith(start))
    return [*lines[first:], ""][: [*lines[first:], ""].index("")]


def test_the_planted_heads_copy_and_suppress(planted):
    """A head that writes n numbers of the token's own embedding e: the logit is |e_n|^2, the
    spread over independent embeddings |e_n|. So z is the length of n normal numbers, on average
    3.94 for 16 of them and 1.88 for 4 (chi). Sixteen others of its numbers are independent of these
    but for the mean over 64 that the norm takes off: 16 * -1/64, over a spread of 4."""
    request = Request.parse(model=planted, dtype="float32", device="cpu")
    written = measure_copying(load(request), request)
    assert written["layer"].tolist() == [0] * 4 + [1] * 4
    assert written["head"].tolist() == [0, 1, 2, 3] * 2
    assert written["copying"][:4].isna().all()
    found, error = written["copying"][4:].to_numpy(), written["copying_se"][4:].to_numpy()
    assert (np.abs(found - [3.94, -3.94, -1 / 16, 1.88]) <= 3 * error).all()
    assert (error < 0.05).all()


def test_it_is_the_copying_that_classify_writes(planted, store):
    options = {"model": planted, "device": "cpu", "prompts": 2, "length": 40, "name": "planted"}
    run_job(Request.parse(**options, effect_repeated=0, effect_natural=0), store)
    heads = store.read("planted").heads
    request = Request.parse(model=planted, dtype="float32", device="cpu")
    written = measure_copying(load(request), request)
    assert heads["copying"].notna().sum() == 4
    for name in ("copying", "copying_se"):
        np.testing.assert_allclose(heads[name], written[name], rtol=1e-4, atol=1e-5)


@pytest.mark.usefixtures("published")
def test_verify_says_which_heads_have_the_published_operation(planted, store):
    lines = after(verify(planted, store, "cpu"), "What the heads write")
    assert "compared with the operations of Elhelo and Geva 2024" in lines[0]
    assert lines[1] == "  4 heads write nothing and are left out of the correlations."
    # heads 0 to 3 of layer 1: copying has the ranks 4 1 2 3, names 4 1 3 2: 1 - 6 * 2 / 60
    assert lines[2] == (
        "  Name copying: Spearman's rho 0.8000 over 4 heads; 1 of 1 heads that implement it have "
        "copying above 0; 1 of 2 heads that suppress it have copying below 0"
    )
    assert lines[3].startswith("    L1.H3: +1.")
    assert lines[3].endswith(" here, -0.5000 published")
    # words 4 1 2.5 2.5: 4.5 / root of (5 * 4.5)
    assert lines[4] == (
        "  Word copying: Spearman's rho 0.9487 over 4 heads; 1 of 1 heads that implement it have "
        "copying above 0; 0 of 0 heads that suppress it have copying below 0"
    )
    assert lines[5:] == [
        "1 of 3 heads with a published copying operation do not write as published."
    ]


@pytest.mark.usefixtures("published")
def test_verify_says_what_the_named_heads_write(planted, store):
    lines = after(verify(planted, store, "cpu"), "What the named heads write")
    assert "copies: at least 1 after two errors are taken off, suppresses: at most -1" in lines[0]
    start = "  a circuit (Wang et al. 2022), "
    assert lines[1].startswith(f"{start}name mover: L1.H0 copies (+3.")
    assert lines[1].endswith(" - 2 of 2 as named")
    assert lines[2].startswith(f"{start}negative name mover: L1.H1 suppresses (-")
    assert ", L1.H2 neither (" in lines[2]
    assert lines[2].endswith(", L0.H0 writes nothing - 1 of 3 as named")
    # what an induction head writes is not in its name: it is shown, not judged
    assert lines[3].startswith(f"{start}induction: L1.H3 copies (+1.")
    assert lines[3].endswith(")")
    assert lines[4:] == [
        "2 of 5 heads that are named by what they write do not write as published."
    ]


@pytest.mark.usefixtures("published")
def test_heads_that_all_write_as_published_are_said_to(planted, store, tmp_path):
    folder = tmp_path / "published"
    operations = pd.read_parquet(folder / "planted_maps2024.parquet")
    operations.loc[7, "name_copying__suppression"] = 0.0
    operations.to_parquet(folder / "planted_maps2024.parquet")
    assert "All 2 heads with a published copying operation write as published." in verify(
        planted, store, "cpu"
    ).split("\n")


@pytest.mark.usefixtures("published")
def test_where_it_cannot_be_measured_the_rest_is_compared(planted, store):
    """A tokenizer of one word gives no sample of tokens."""
    words = Tokenizer(WordLevel({"<|endoftext|>": 0, "a": 1}, unk_token="a"))
    PreTrainedTokenizerFast(
        tokenizer_object=words, bos_token="<|endoftext|>", eos_token="<|endoftext|>"
    ).save_pretrained(planted)
    report = verify(planted, store, "cpu")
    assert "Compared with the published scores of planted" in report
    assert report.endswith(
        "What the heads write is not compared: the tokenizer has no ordinary tokens to make a "
        "random prompt of"
    )


def test_the_shipped_operations_agree_with_themselves():
    """Of GPT-2 XL's heads 65 copy names and 19 suppress them, by the shipped file."""
    operations = evidence_for("gpt2-xl").operations
    names = OPERATIONS["name_copying"]
    copying = operations[names.name] - operations[names.suppression]
    written = operations[["layer", "head"]].assign(copying=copying, copying_se=0.0)
    found = compare_copying(written, operations, names)
    assert (found.heads, found.rho) == (1200, pytest.approx(1))
    assert found.published["agrees"].all()
    assert ((found.published["score"] > 0).sum(), len(found.published)) == (65, 84)
    assert conclude_operations([found]).startswith("All 84 heads")
    turned = compare_copying(written.assign(copying=-copying), operations, names)
    assert not turned.published["agrees"].any()
    with pytest.raises(UserError, match="they share 1199: they are not the same model"):
        compare_copying(written[:-1], operations, names)


@pytest.mark.parametrize(
    ("copying", "error", "word"),
    [
        (1.2, 0.1, "copies"),
        (1.2, 0.11, "neither"),
        (-1.2, 0.1, "suppresses"),
        (-1.2, 0.11, "neither"),
        (0.0, 0.0, "neither"),
    ],
)
def test_two_errors_are_taken_off_before_a_head_is_said_to_copy(copying, error, word):
    assert writing(copying, error) == word

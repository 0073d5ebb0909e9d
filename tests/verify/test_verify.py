"""The published protocol, against an independent computation and doctored figures."""

import numpy as np
import pandas as pd
import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    MambaConfig,
    MambaForCausalLM,
    PreTrainedTokenizerFast,
)

from cache.evidence import Evidence, Role, evidence_for
from cache.store import Store, Table
from classify.comparison import compare_scores, conclude, describe
from classify.song2024 import diagonal_scores, song_prompts, song_scores
from classify.verify import describe_named, find_reference, verify
from headstrata.errors import UserError

LAYERS, HEADS = 2, 3


def tiny_gpt2(layers=LAYERS, heads=HEADS, positions=64, vocabulary=50257):
    torch.manual_seed(1)
    config = GPT2Config(
        vocab_size=vocabulary,
        n_positions=positions,
        n_embd=4 * heads,
        n_layer=layers,
        n_head=heads,
        initializer_range=1.5,  # wide, so that heads differ
        bos_token_id=0,
        eos_token_id=0,
    )
    return GPT2LMHeadModel(config).eval()


def save(model, folder):
    model.save_pretrained(folder)
    words = Tokenizer(WordLevel({"<|endoftext|>": 0, "a": 1}, unk_token="a"))
    PreTrainedTokenizerFast(
        tokenizer_object=words, bos_token="<|endoftext|>", eos_token="<|endoftext|>"
    ).save_pretrained(folder)
    return str(folder)


def independent_attention(model, tokens):
    """GPT-2's forward pass in float64 numpy, from the state dict alone.

    Returns the attention of every layer and head, (layers, heads, T, T).
    """
    w = {name: value.double().numpy() for name, value in model.state_dict().items()}
    width = model.config.n_embd
    heads = model.config.n_head
    size = width // heads

    def normed(x, name):
        spread = np.sqrt(x.var(axis=-1, keepdims=True) + model.config.layer_norm_epsilon)
        return (x - x.mean(axis=-1, keepdims=True)) / spread * w[f"{name}.weight"] + w[
            f"{name}.bias"
        ]

    def affine(x, name):
        return x @ w[f"{name}.weight"] + w[f"{name}.bias"]

    x = w["transformer.wte.weight"][tokens] + w["transformer.wpe.weight"][: len(tokens)]
    attention = np.zeros((model.config.n_layer, heads, len(tokens), len(tokens)))
    for layer in range(model.config.n_layer):
        block = f"transformer.h.{layer}"
        qkv = affine(normed(x, f"{block}.ln_1"), f"{block}.attn.c_attn")
        mixed = np.zeros_like(x)
        for head in range(heads):
            part = slice(head * size, (head + 1) * size)
            q, k, v = (qkv[:, i * width : (i + 1) * width][:, part] for i in range(3))
            for query in range(len(tokens)):
                logits = k[: query + 1] @ q[query] / np.sqrt(size)
                weights = np.exp(logits - logits.max())
                weights /= weights.sum()
                attention[layer, head, query, : query + 1] = weights
                mixed[query, part] = weights @ v[: query + 1]
        x = x + affine(mixed, f"{block}.attn.c_proj")
        inner = affine(normed(x, f"{block}.ln_2"), f"{block}.mlp.c_fc")
        gelu = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
        x = x + affine(gelu, f"{block}.mlp.c_proj")
    return attention


def independent_scores(attention):
    """The README's words as loops: attention (T, T) of one head and prompt, T = 50."""

    def share(query, key):
        # row 0 and column 0 dropped, 1e-6 on each of the row's 49 entries
        return attention[query, key] / (attention[query, 1:].sum() + 49e-6)

    induction = np.mean([share(q, q - 24) for q in range(25, 50)])
    previous = np.mean([share(q, q - 1) for q in range(2, 50)])
    return induction, previous


def test_the_prompts_are_those_of_the_paper():
    np.random.seed(2024)  # noqa: NPY002 - the authors' own call
    expected = np.tile(np.random.randint(0, 50257, 1250).reshape(50, 25), 2)  # noqa: NPY002
    assert np.array_equal(song_prompts(), expected)


def test_scores_agree_with_an_independent_float64_computation():
    model = tiny_gpt2()
    measured = song_scores(model)
    expected = np.zeros((LAYERS, HEADS, 2))
    for tokens in song_prompts():
        attention = independent_attention(model, tokens)
        for layer in range(LAYERS):
            for head in range(HEADS):
                expected[layer, head] += np.array(independent_scores(attention[layer, head])) / 50
    assert measured["layer"].tolist() == [0, 0, 0, 1, 1, 1]
    assert measured["head"].tolist() == [0, 1, 2, 0, 1, 2]
    found = measured[["induction", "previous_token"]].to_numpy()
    assert found == pytest.approx(expected.reshape(-1, 2), abs=1e-6)
    assert found.std() > 1e-3  # the heads do differ


def test_diagonals_are_read_where_the_protocol_says():
    def attention(offset, queries):
        planted = torch.zeros(50, 50)
        planted[:, 0] = 1
        for query in queries:
            planted[query, 0], planted[query, query - offset] = 0.5, 0.5
        return planted[None, None]

    half = 0.5 / (0.5 + 49e-6)  # 0.5 is all that is left once the sink is dropped
    induction, previous = diagonal_scores(attention(24, range(25, 50)))
    assert induction.item() == pytest.approx(half)
    assert previous.item() == 0
    induction, previous = diagonal_scores(attention(1, range(2, 50)))
    assert previous.item() == pytest.approx(half)
    assert induction.item() == 0
    # the first repeated token (q = 24 looks at 0) and q = 1 do not count
    assert [score.item() for score in diagonal_scores(attention(24, [24]))] == [0, 0]
    assert [score.item() for score in diagonal_scores(attention(1, [1]))] == [0, 0]


def test_the_models_attention_is_left_as_it_was():
    model = tiny_gpt2()
    before = model.config._attn_implementation
    song_scores(model)
    assert model.config._attn_implementation == before


def figures(*scores):
    return pd.DataFrame(
        [
            {"layer": i // 2, "head": i % 2, "induction": score, "previous_token": 0.1}
            for i, score in enumerate(scores)
        ]
    )


def test_a_doctored_table_is_found_out():
    measured = figures(0.10, 0.39, 0.50, 0.90)
    published = figures(0.10, 0.41, 0.90, 0.20)
    found = compare_scores(measured, published, "induction")
    # ranks 1 2 3 4 against 1 3 4 2: d^2 = 0 1 1 4, rho = 1 - 36 / 60 = 0.4
    assert found.rho == pytest.approx(0.4)
    assert found.largest == pytest.approx(0.7)
    assert found.where == (1, 1)
    assert found.disagreeing[["layer", "head"]].to_numpy().tolist() == [[0, 1], [1, 1]]
    assert describe(found) == [
        "  Induction (prefix matching): Spearman's rho 0.4000 over 4 heads; largest difference "
        "0.7000 at L1.H1; heads that disagree at 0.4: 2",
        "    L0.H1: 0.3900 here, 0.4100 published",
        "    L1.H1: 0.9000 here, 0.2000 published",
    ]


def test_a_score_that_rounding_lifts_to_the_threshold_does_not_disagree():
    found = compare_scores(figures(0.39997, 0.5, 0.39), figures(0.4, 0.5, 0.4), "induction")
    assert found.disagreeing[["layer", "head"]].to_numpy().tolist() == [[1, 0]]


def test_agreement_up_to_the_published_rounding_is_said():
    found = compare_scores(figures(0.10004, 0.5, 0.6), figures(0.1, 0.5, 0.6), "induction")
    assert "within the rounding of the published figures" in describe(found)[0]
    assert found.disagreeing.empty


def test_other_heads_are_not_compared():
    with pytest.raises(UserError, match="not the same model"):
        compare_scores(figures(0.1, 0.2), figures(0.1, 0.2, 0.3), "induction")


def test_published_figures_are_found_by_name_or_by_shape():
    small = evidence_for("gpt2").scores
    assert find_reference("gpt2-xl", small, 10) == "gpt2-xl"
    assert find_reference(None, small, 50257) == "gpt2"
    assert find_reference(None, small, 50258) is None
    assert find_reference(None, figures(0.1, 0.2), 50257) is None


def test_verify_on_a_checkpoint_of_gpt2s_shape(tmp_path):
    folder = save(tiny_gpt2(layers=12, heads=12), tmp_path / "gpt2-twin")
    (tmp_path / "cache").mkdir()
    report = verify(folder, Store(str(tmp_path / "cache")))
    assert "gpt2 (chosen by the model's shape and vocabulary)" in report
    assert "over 144 heads" in report
    # random weights have none of the 14 published induction and 11 previous-token heads
    assert "heads that disagree at 0.4: 14" in report
    assert "L5.H1: " in report
    assert f"run headstrata classify {folder}, then verify again:" in report
    assert "the paper's own inputs, np.random.seed(2024)" in report
    assert "25 verdicts differ at 0.4: these are not the weights that the paper scored" in report
    # without a table the two scores must do: none of the four reaches 0.4 here
    assert (
        "induction: L5.H5 neither, L5.H8 neither, L5.H9 neither, L6.H9 neither - 0 of 4 as named"
    ) in report
    assert "duplicate token: L0.H1 neither, L0.H10 neither, L3.H0 neither\n" in report


def test_verify_reads_the_named_heads_from_a_computed_table(tmp_path):
    store = Store(str(tmp_path / "cache"), create=True)
    published = store.read("gpt2-published")
    record = published.provenance.model_copy(update={"source": "computed"})
    store.write("mine", published.heads, record)
    report = verify(save(tiny_gpt2(layers=12, heads=12), tmp_path / "twin"), store)
    assert "Named heads in the table 'mine'" in report
    # of 5.5 5.8 5.9 6.9 two are above 0.4 in the published scores; of 2.2 4.11 both
    assert (
        "IOI circuit (Wang et al. 2022), induction: L5.H5 induction, L5.H8 not_measured" in report
    )
    assert " - 2 of 4 as named" in report
    assert "previous token: L2.H2 previous_token, L4.H11 previous_token - 2 of 2 as named" in report


def test_verify_on_a_model_nobody_published_about(tmp_path):
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=300,
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=64,
    )
    folder = save(LlamaForCausalLM(config), tmp_path / "small-llama")
    (tmp_path / "cache").mkdir()
    report = verify(folder, Store(str(tmp_path / "cache")))
    assert "2 layers x 4 heads" in report
    assert "Nothing was published about a model like this" in report
    assert "Induction (prefix matching): 0 heads at 0.4 or above" in report
    assert "heads write" not in report


def test_a_context_below_fifty_tokens_is_refused(tmp_path):
    folder = save(tiny_gpt2(positions=32), tmp_path / "short")
    (tmp_path / "cache").mkdir()
    with pytest.raises(UserError, match="its context of 32 tokens is below 50"):
        verify(folder, Store(str(tmp_path / "cache")))


def test_a_card_that_is_too_small_is_named_with_a_way_out(tmp_path, monkeypatch):
    def full(*_):
        raise torch.OutOfMemoryError("simulated")

    folder = save(tiny_gpt2(), tmp_path / "tiny")
    monkeypatch.setattr("classify.verify.song_scores", full)
    with pytest.raises(UserError, match="in the smallest batch; try --device cpu"):
        verify(str(folder), Store(str(tmp_path)))


def test_a_model_without_attention_is_refused(tmp_path):
    config = MambaConfig(vocab_size=300, hidden_size=8, num_hidden_layers=1, state_size=2)
    folder = save(MambaForCausalLM(config), tmp_path / "mamba")
    (tmp_path / "cache").mkdir()
    with pytest.raises(UserError, match="no attention"):
        verify(folder, Store(str(tmp_path / "cache")))


def test_named_heads_are_looked_up_in_the_computed_table():
    roles = (
        Role(0, 0, "induction", "IOI circuit", "…", "wang2022"),
        Role(1, 1, "induction", "IOI circuit", "…", "wang2022"),
        Role(0, 1, "name mover", "IOI circuit", "…", "wang2022"),
    )
    heads = figures(0.5, 0.1, 0.1, 0.1)
    heads["category"] = ["induction", "first_token", "mixed", "broad"]
    heads["borderline"] = [False, True, False, False]
    evidence = Evidence("gpt2", figures(0, 0, 0, 0), None, roles)
    lines = describe_named(evidence, Table("gpt2", heads, None), heads, "gpt2")
    assert lines == [
        "Named heads in the table 'gpt2' (~ marks a borderline category):",
        "  IOI circuit (Wang et al. 2022), induction: L0.H0 induction, L1.H1 broad"
        " - 1 of 2 as named",
        "  IOI circuit (Wang et al. 2022), name mover: L0.H1 first_token~",
    ]


def test_named_heads_without_a_table_are_named_by_the_two_scores():
    roles = (
        Role(0, 0, "induction", "IOI circuit", "…", "wang2022"),
        Role(1, 1, "induction", "IOI circuit", "…", "wang2022"),
        Role(0, 1, "previous token", "IOI circuit", "…", "wang2022"),
        Role(1, 0, "duplicate token", "IOI circuit", "…", "wang2022"),
    )
    measured = figures(0.5, 0.1, 0.1, 0.4).assign(previous_token=[0.1, 0.6, 0.1, 0.1])
    evidence = Evidence("gpt2", figures(0, 0, 0, 0), None, roles)
    assert describe_named(evidence, None, measured, "gpt2")[1:] == [
        "  IOI circuit (Wang et al. 2022), induction: L0.H0 induction, L1.H1 induction"
        " - 2 of 2 as named",
        "  IOI circuit (Wang et al. 2022), previous token: L0.H1 previous_token - 1 of 1 as named",
        "  IOI circuit (Wang et al. 2022), duplicate token: L1.H0 neither",
    ]


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        ((0.10004, 0.5, 0.6), "All scores are the published ones, up to their rounding."),
        ((0.2, 0.5, 0.6), "The same heads reach 0.4; the scores differ by more than"),
        ((0.5, 0.5, 0.6), "1 verdict differs at 0.4: these are not the weights"),
    ],
)
def test_the_comparison_ends_in_a_sentence(measured, said):
    published = figures(0.1, 0.5, 0.6)
    assert said in conclude([compare_scores(figures(*measured), published, "induction")])


def test_scores_that_are_no_numbers_are_refused_not_counted_as_low():
    model = tiny_gpt2()
    with torch.no_grad():
        model.transformer.h[1].attn.c_attn.weight.fill_(float("nan"))
    with pytest.raises(UserError, match="layer 1 is not a number"):
        song_scores(model)

"""Windows, small vocabularies and 16-bit rows, with the command's own settings."""

import pytest
import torch
import transformers as hf
from planted import EXPECTED, planted_gpt2
from tokenizers import Tokenizer, models, pre_tokenizers

from cache.store import Store
from classify.request import Request
from classify.worker import run_job

WIDTH, HEADS, HEAD = 32, 4, 8
FIRST, ALWAYS = 0, 1
_SHAPE = {
    "hidden_size": WIDTH,
    "intermediate_size": 48,
    "num_attention_heads": HEADS,
    "max_position_embeddings": 512,
    "bos_token_id": 0,
    "eos_token_id": 0,
    "pad_token_id": 0,
}
_ROPE = {"rope_type": "default", "rope_theta": 1e9}  # the slowest pair does not turn


def words(*kinds):
    """A tokenizer that knows only these words."""
    vocabulary = {word: number for number, word in enumerate(["<s>", "<unk>", *kinds])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return hf.PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token="<s>", eos_token="<s>", unk_token="<unk>"
    )


def text_of(kinds, path):
    """A file of 2000 of the words, drawn at random."""
    drawn = torch.randint(len(kinds), (2000,), generator=torch.Generator().manual_seed(0))
    path.write_text(" ".join(kinds[number] for number in drawn))
    return str(path)


def resting(model, embedding, bos, strength):
    """Sets the weights so that every head rests on the first token wherever it reaches it."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.fill_("norm" in name and model.config.model_type != "gemma2")  # there 1 + w
        embedding.weight[:, ALWAYS], embedding.weight[:, ALWAYS + 2] = 1, -1
        embedding.weight[bos, FIRST], embedding.weight[bos, FIRST + 2] = 1, -1
        for module in model.modules():
            if hasattr(module, "k_proj"):
                module.q_proj.weight[HEAD - 1 :: HEAD, ALWAYS] = strength
                module.k_proj.weight[HEAD - 1 :: HEAD, FIRST] = 1
            if hasattr(module, "sinks"):
                module.sinks.fill_(-1e4)
    return model.eval()


def window_of_64(size):
    config = hf.ModernBertDecoderConfig(
        vocab_size=size,
        num_hidden_layers=3,
        local_attention=128,
        cls_token_id=0,
        sep_token_id=0,
        rope_parameters={"sliding_attention": _ROPE, "full_attention": _ROPE},
        **_SHAPE,
    )
    model = hf.ModernBertDecoderForCausalLM(config)
    return model, model.model.embeddings.tok_embeddings


def window_of_128(size):
    config = hf.GptOssConfig(
        vocab_size=size,
        num_hidden_layers=2,
        sliding_window=128,
        layer_types=["sliding_attention", "full_attention"],
        num_key_value_heads=2,
        head_dim=HEAD,
        num_local_experts=2,
        num_experts_per_tok=1,
        rope_parameters=_ROPE,
        **_SHAPE,
    )
    model = hf.GptOssForCausalLM(config)
    return model, model.model.embed_tokens


@pytest.mark.parametrize(("make", "period"), [(window_of_64, 63), (window_of_128, 127)])
def test_a_window_hides_no_score_and_halves_none(
    make, period, tokenizer, save_checkpoint, tmp_path
):
    model, embedding = make(len(tokenizer))
    folder = save_checkpoint(resting(model, embedding, tokenizer.bos_token_id, 20), "window")
    store = Store(str(tmp_path))

    run_job(Request.parse(model=str(folder), prompts=8), store)

    heads, record = (table := store.read("window")).heads, table.provenance
    lengths = {probe.name: probe.length for probe in record.probes}
    assert lengths == {"repeated": 2 * period + 1, "natural": 257}
    assert record.notes[0] == (
        f"the repeated stretch has {period} tokens, not 128: the shortest window of the model's "
        "layers reaches no further"
    )
    scores = [name for name in record.scores if name != "mass_sink"]
    assert heads[scores].notna().all(axis=None)
    assert heads["first_token"].min() > 0.99
    assert set(heads["category"]) == {"first_token"}


def test_a_vocabulary_of_twenty_words_repeats_a_shorter_stretch(tmp_path):
    """In longer ones each word stood several times, and no head could know which is meant."""
    kinds = [chr(ord("a") + number) for number in range(20)]
    tokenizer = words(*kinds)
    for part in (planted_gpt2(tokenizer), tokenizer):
        part.save_pretrained(tmp_path / "few")
    text, store = text_of(kinds, tmp_path / "text.txt"), Store(str(tmp_path / "cache"), create=True)

    run_job(Request.parse(model=str(tmp_path / "few"), prompts=6, text=text), store)

    heads, record = (table := store.read("few")).heads, table.provenance
    assert {probe.name: probe.length for probe in record.probes} == {"repeated": 41, "natural": 257}
    assert record.notes[0] == (
        "the repeated stretch has 20 tokens, not 128: the vocabulary has 20 ordinary tokens, and "
        "each stands in it once"
    )
    by_place = heads.set_index(["layer", "head"])
    assert by_place.loc[(1, 0), "category"] == EXPECTED[1][0] == "induction"
    assert by_place.loc[(1, 0), "induction"] > 0.9
    assert by_place.loc[(0, 3), "duplicate_token"] > 0.9


def test_of_seven_words_no_repetition_is_measured(tmp_path):
    """A head that attends evenly would score a tenth; nothing is claimed instead."""
    kinds = list("abcdefg")
    tokenizer = words(*kinds)
    for part in (planted_gpt2(tokenizer), tokenizer):
        part.save_pretrained(tmp_path / "few")
    text, store = text_of(kinds, tmp_path / "text.txt"), Store(str(tmp_path / "cache"), create=True)

    run_job(Request.parse(model=str(tmp_path / "few"), prompts=4, text=text, length=64), store)

    heads, record = (table := store.read("few")).heads, table.provenance
    assert heads[["induction", "induction_se", "duplicate_token"]].isna().all(axis=None)
    assert record.notes[0].endswith("with fewer than 8, its scores are not measured")
    assert "induction" not in record.scores
    found = heads.set_index(["layer", "head"])["category"]
    assert found[(0, 0)] == "previous_token"
    assert not set(found) & {"induction", "duplicate_token", "mixed", "unclassified"}


def test_rows_that_sixteen_bits_round_to_more_than_one_end_no_run(tmp_path):
    """The first token's .998 becomes 1; the rest, all on places with names, stays as it is."""
    kinds = [".", ",", ";", ":", "!", "?"]
    tokenizer = words(*kinds, *"abcdefghij")
    config = hf.Gemma2Config(
        vocab_size=len(tokenizer),
        num_hidden_layers=2,
        num_key_value_heads=2,
        head_dim=HEAD,
        query_pre_attn_scalar=HEAD,
        attn_logit_softcapping=30.0,
        rope_parameters=_ROPE,
        **_SHAPE,
    )
    model = hf.Gemma2ForCausalLM(config)
    folder = tmp_path / "rounded"
    made = resting(model, model.model.embed_tokens, tokenizer.bos_token_id, 2.4375)
    made.to(torch.bfloat16).set_attn_implementation("eager")
    tokens = torch.tensor([[0, *torch.randint(2, 8, (23,)).tolist()]])
    rows = made(tokens, output_attentions=True).attentions[0][0, 0, 16:].float()
    assert rows.sum(-1).mean() > 1.0013
    for part in (made, tokenizer):
        part.save_pretrained(folder)
    text, store = text_of(kinds, tmp_path / "text.txt"), Store(str(tmp_path / "cache"), create=True)
    asked = {"prompts": 2, "length": 24, "text": text, "dtype": "bfloat16"}

    run_job(Request.parse(model=str(folder), **asked), store)

    heads, record = (table := store.read("rounded")).heads, table.provenance
    assert record.attention.startswith("eager")
    assert set(heads["category"]) == {"first_token"}
    assert heads["mass_other"].abs().max() < 1e-5

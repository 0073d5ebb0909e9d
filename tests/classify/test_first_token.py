"""What starts every prompt, and how prompts of T tokens are made of it."""

import numpy as np
import pytest
import torch
import transformers as hf
from tokenizers import Tokenizer, processors

from cache.store import Store
from classify.probes import Probes, read_vocabulary
from classify.request import Request
from classify.statistics import MEASURED, Features, Rows
from classify.text import tokenize
from classify.worker import run_job
from headstrata.errors import UserError

LENGTH = 61


@pytest.fixture(scope="module")
def putting(tokenizer):
    """The tiny tokenizer with the tokens <s>, </s>, [gMASK] and a template."""

    def make(template, **named):
        made = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        added = ["<s>", "</s>", "[gMASK]"]
        made.add_special_tokens(added)
        if template:
            made.post_processor = processors.TemplateProcessing(
                single=template,
                special_tokens=[(token, made.token_to_id(token)) for token in added],
            )
        return hf.PreTrainedTokenizerFast(tokenizer_object=made, **named)

    return make


@pytest.mark.parametrize(
    ("template", "named", "token", "source"),
    [
        (None, {"bos_token": "<s>"}, "<s>", "the tokenizer's own BOS"),
        ("<s> $A", {"bos_token": "<s>"}, "<s>", "the tokenizer's own BOS"),
        ("</s> $A", {"bos_token": "<s>"}, "</s>", "what the tokenizer itself puts first"),
        ("[gMASK] <s> $A", {"eos_token": "</s>"}, "[gMASK]<s>", "what the tokenizer itself"),
        ("$A </s>", {"bos_token": "<s>"}, "<s>", "the tokenizer's own BOS"),
        ("[gMASK] $A </s>", {}, "[gMASK]", "what the tokenizer itself puts first"),
        ("$A </s>", {"eos_token": "</s>"}, "<|endoftext|>", "stands in"),
    ],
)
def test_what_the_tokenizer_puts_first(putting, template, named, token, source):
    made = putting(template, **named)
    vocabulary = read_vocabulary(made, len(made))
    assert vocabulary.bos_token == token
    assert "".join(made.convert_ids_to_tokens(list(vocabulary.bos))) == token
    assert vocabulary.bos_source.startswith(source)


def test_asked_for(putting):
    made = putting("</s> $A", bos_token="<s>")
    for asked, written in (("[gMASK]", "[gMASK]"), (" the", "Ġthe"), ("Ġthe", "Ġthe")):
        vocabulary = read_vocabulary(made, len(made), asked)
        assert made.convert_ids_to_tokens(list(vocabulary.bos)) == [written]
        assert (vocabulary.bos_token, vocabulary.bos_source) == (asked, "by --bos")
        assert not np.isin(vocabulary.ordinary, vocabulary.bos).any()
    with pytest.raises(UserError, match=r"--bos '<bos>': not one token.* such as <s>, or none"):
        read_vocabulary(made, len(made), "<bos>")


@pytest.mark.parametrize(
    ("template", "asked", "lead"),
    [("</s> $A", None, 1), ("[gMASK] <s> $A", None, 2), ("</s> $A", "none", 0)],
)
@pytest.mark.parametrize("length", [60, 61])
def test_prompts_of_t_tokens(putting, template, asked, lead, length):
    """Every token counts; the second copy's queries see perfect heads as perfect."""
    made = putting(template, bos_token="<s>")
    text, _ = tokenize(made, None, length)
    vocabulary = read_vocabulary(made, len(made), asked)
    probes = Probes(vocabulary, text, length, "all", 0)
    natural = probes.make("natural", 0, 4)
    assert natural.tokens.shape == (4, length)
    assert (natural.tokens[:, :lead] == np.array(vocabulary.bos)).all()
    whole = " ".join(map(str, text.ids))
    assert all(" ".join(map(str, row[lead:])) in whole for row in natural.tokens)

    repeated = probes.make("repeated", 0, 4)
    before = max(1, lead)
    period = probes.period
    assert length - 1 <= before + 2 * period == repeated.tokens.shape[1] <= length
    assert (repeated.tokens[:, :lead] == np.array(vocabulary.bos)).all()
    once, twice = np.split(repeated.tokens[:, before:], 2, axis=1)
    assert (once == twice).all()
    assert all(len({*row}) == before + period for row in repeated.tokens)
    rows = Rows.of(repeated, "cpu")
    assert repeated.queries[0].tolist() == list(range(before + period, before + 2 * period))
    reach = rows.distance() >= 0
    after = torch.zeros_like(reach)  # the tokens after an earlier copy of the query's own
    own = rows.tokens.gather(1, rows.queries)[:, :, None]
    after[..., 1:] = (rows.tokens[:, None] == own)[..., :-1]
    perfect = (after & reach)[:, None].float()
    means = Features.of(rows, reach).measure(perfect).mean((0, 1)) / period
    assert means[MEASURED["repeated"].index("induction")] == 1

    short = Probes(vocabulary, text, 24, "all", 0)
    for probe in ("repeated", "natural"):
        assert short.whole(probe).tokens.shape == (1, 24)
        assert len(short.labels(probe)) == 24


def test_the_record_says_what_was_first(tiny_gpt2, tmp_path):
    store = Store(str(tmp_path), create=True)
    keys = []
    for asked, token, source in (
        (None, "<|endoftext|>", "the tokenizer's own BOS"),
        ("none", None, "none, by --bos: prompts start with their own text"),
    ):
        request = Request.parse(model=str(tiny_gpt2), prompts=2, length=LENGTH, bos=asked)
        run_job(request, store)
        record = store.read("tiny-gpt2").provenance
        assert (record.bos_token, record.bos_source) == (token, source)
        assert {probe.name: probe.length for probe in record.probes} == dict.fromkeys(
            ("repeated", "natural"), LENGTH
        )
        keys.append(record.run_key)
    assert keys[0] != keys[1]

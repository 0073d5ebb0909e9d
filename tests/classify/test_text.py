"""Natural text that fits: known to the tokenizer, without separators, no more than is needed."""

import tracemalloc

import numpy as np
import pytest
import transformers as hf
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

from cache import patterns
from cache.store import Store
from classify.probes import Probes, read_vocabulary
from classify.prompts import speak
from classify.request import Request
from classify.text import STRETCH, STRETCHES, Text, default_text, read_text, tokenize
from classify.worker import run_job
from headstrata.errors import UserError
from vocabulary.prompts import TEXTS

CHINESE = "天气很好，我们去散步，"  # 2 of 11 characters are commas


def letters(alphabet, unknown="<unk>"):
    """A tokenizer of single letters; without ``unknown`` it drops all others."""
    named = ["<s>", *([unknown] if unknown else []), *alphabet]
    model = models.WordLevel({token: i for i, token in enumerate(named)}, unk_token=unknown or "?")
    if not unknown:
        model = models.BPE({token: i for i, token in enumerate(named)}, [])
    made = Tokenizer(model)
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    named = {"bos_token": "<s>", "eos_token": "<s>"} | ({"unk_token": unknown} if unknown else {})
    return hf.PreTrainedTokenizerFast(tokenizer_object=made, **named)


@pytest.fixture
def written(tmp_path):
    """Writes a text file and gives its path."""

    def write(content, name="text.txt"):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


@pytest.fixture
def letter_model(tmp_path):
    """A GPT-2 that reads DNA."""
    tokenizer = letters("ACGTN")
    config = hf.GPT2Config(vocab_size=7, n_embd=8, n_layer=1, n_head=2, n_positions=64)
    hf.GPT2LMHeadModel(config).save_pretrained(tmp_path / "dna")
    tokenizer.save_pretrained(tmp_path / "dna")
    return str(tmp_path / "dna")


def test_text_that_the_tokenizer_does_not_know_is_refused(letter_model, written, tmp_path):
    store = Store(str(tmp_path / "cache"), create=True)
    with pytest.raises(
        UserError, match=r"the default text: 99\.\d% of the text's tokens are <unk>"
    ):
        run_job(Request.parse(model=letter_model, prompts=2, length=24), store)
    dna = written("ACGTTGCA" * 100)
    run_job(Request.parse(model=letter_model, prompts=2, length=24, text=dna), store)
    assert store.read("dna").provenance.text.tokens == 800


def test_some_unknown_tokens_are_told_and_few_are_not(written):
    for unknown, told in ((0, []), (10, []), (20, ["2.0% of the text's tokens are <unk>"])):
        path = written("A" * (1000 - unknown) + "?" * unknown)
        text, _ = tokenize(letters("ACGTN"), path, 24)
        assert [note.split(":")[0] for note in text.notes] == told
    with pytest.raises(UserError, match=r"10\.1% of the text's tokens are <unk>"):
        tokenize(letters("ACGTN"), written("A" * 899 + "?" * 101), 24)


def test_text_that_the_tokenizer_drops_is_refused(written):
    """Its tokens are few and all known: what is left of English are the letters A, C, G, T."""
    dropping = letters("ACGTN", unknown=None)
    assert dropping("A dog", add_special_tokens=False)["input_ids"] == [1]
    with pytest.raises(UserError, match=r"drops 9\d% of the text's letters"):
        tokenize(dropping, None, 24)
    assert len(tokenize(dropping, written("ACGT\n" * 100), 24)[0].ids) == 400


def test_accents_that_a_tokenizer_takes_off_are_no_unknown_letters(written):
    from tokenizers import normalizers  # noqa: PLC0415 - beside its use

    plain = letters("abe")
    plain.backend_tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFD(), normalizers.StripAccents()]
    )
    assert tokenize(plain, written("abé" * 100), 24)[0].notes == ()


def test_special_tokens_in_a_text_are_left_out_and_told(tokenizer, written, tmp_path):
    """Separators of documents, and whatever else a text spells out."""
    tokenizer.save_pretrained(tmp_path)
    marked = hf.AutoTokenizer.from_pretrained(tmp_path)
    marked.add_special_tokens({"additional_special_tokens": ["<|sep|>"]})
    marked.add_tokens([AddedToken("headstrata")])  # added, but a word
    document = "The cat sat on the headstrata. "
    text, record = tokenize(marked, written(f"{document}<|endoftext|>{document}<|sep|>" * 30), 24)
    apart = marked(document, add_special_tokens=False)["input_ids"]
    assert text.ids.tolist() == apart * 60
    assert record.tokens == len(text.ids)
    assert text.notes == ("special tokens in the text were left out: <|endoftext|>, <|sep|> (60x)",)
    probes = Probes(read_vocabulary(marked, len(marked)), text, 24, 8, 0)
    assert (probes.make("natural", 0, 20).tokens[:, 1:] != marked.bos_token_id).all()


def test_a_separator_that_is_also_the_unknown_token_is_a_separator(tokenizer, written, tmp_path):
    """GPT-2's <|endoftext|> is BOS, EOS and unknown token in one."""
    tokenizer.save_pretrained(tmp_path)
    marked = hf.AutoTokenizer.from_pretrained(tmp_path, unk_token="<|endoftext|>")
    text, _ = tokenize(marked, written("A cat.<|endoftext|>" * 60), 24)
    assert not (text.ids == marked.unk_token_id).any()
    assert text.notes == ("special tokens in the text were left out: <|endoftext|> (60x)",)


def test_line_ends_make_no_difference(tokenizer, written):
    poem = "".join(f"Line {i} of it, said so,\nand then\n\n" for i in range(100))
    texts = [
        tokenize(tokenizer, written(poem.replace("\n", end), "poem.txt"), 24)
        for end in ("\n", "\r\n", "\r")
    ]
    plain, record = texts[0]
    assert tokenizer.decode(plain.ids) == poem
    for text, other in texts[1:]:
        assert text.ids.tolist() == plain.ids.tolist()
        assert other == record


def test_a_long_text_is_used_in_stretches_from_everywhere(tokenizer, written):
    """Of a file three times as long as is used; the same with the line ends of Windows."""
    size = 3 * STRETCHES * 200
    whole = "".join(f"{i:06} é\n" for i in range(size // 9))
    source = read_text(written(whole), 200)
    assert len(source.stretches) == STRETCHES
    assert {len(part) for part in source.stretches} == {200}
    places = [whole.index(part) for part in source.stretches]
    assert places[0] == 0
    assert places[-1] == len(whole) - 200
    assert min(np.diff(places)) > 500
    windows = read_text(written(whole.replace("\n", "\r\n"), "text.txt"), 200)
    assert windows.stretches == source.stretches
    assert windows.sha256 == source.sha256
    assert read_text(written(whole), 700).stretches == [whole]
    changed = read_text(written(whole.replace("000300", "3")), 200)  # between two stretches
    assert changed.sha256 != source.sha256


def test_a_long_text_says_what_was_used_of_it(tokenizer, written):
    line = "A long text is used in stretches, evenly spread over it. "
    content = line * (2 * STRETCHES * STRETCH // len(line))
    text, record = tokenize(tokenizer, written(content), 257)
    assert len(text.ends) == STRETCHES
    assert text.ends[-1] == len(text.ids) == record.tokens < STRETCHES * STRETCH
    assert text.notes == (
        f"of the text's {len(content):,} characters, 64 stretches evenly spread over it were used "
        f"({record.tokens:,} tokens)",
    )


@pytest.mark.parametrize(
    ("end", "said"), [(b"\xe5\xa4", "not a UTF-8"), (b"\0", "a binary file"), (b"", None)]
)
def test_memory_does_not_grow_with_the_file_and_its_end_is_looked_at(written, end, said):
    path = written(b"Twelve bytes" * 1_000_000 + end)
    tracemalloc.start()
    if said is None:
        assert sum(map(len, read_text(path).stretches)) == STRETCHES * STRETCH
    else:
        with pytest.raises(UserError, match=said):
            read_text(path)
    assert tracemalloc.get_traced_memory()[1] < 7 << 20
    tracemalloc.stop()


def test_no_prompt_reaches_over_the_end_of_a_stretch():
    """Every place has the same chance: the stretches of 3, 9 and 6 tokens have 0, 5 and 2."""
    text = Text(np.arange(18), (3, 12, 18))
    rng = np.random.default_rng(0)
    drawn = np.bincount([text.place(rng, 5) for _ in range(7000)], minlength=18)
    assert np.flatnonzero(drawn).tolist() == [3, 4, 5, 6, 7, 12, 13]
    assert drawn[drawn > 0] == pytest.approx(1000, abs=120)


def test_the_overlap_of_two_prompts_by_counting():
    for borders, size in (((40,), 10), ((30, 100), 10), ((25,), 20), ((15, 21, 40), 15)):
        text = Text(np.arange(borders[-1]), borders)
        begins = [
            begin
            for first, last in zip((0, *borders), borders, strict=False)
            for begin in range(first, last - size + 1)
        ]
        ends = np.searchsorted(borders, begins, side="right")
        shared = np.maximum(1 - np.abs(np.subtract.outer(begins, begins)) / size, 0)
        shared[np.not_equal.outer(ends, ends)] = 0
        # The formula is an integral, not a sum over places: it differs by the ends.
        assert text.overlap(size) == pytest.approx(shared.mean(), rel=0.02)


def test_the_default_text_is_the_same_in_every_run_and_a_file_is_a_sample(tokenizer, written):
    vocabulary = read_vocabulary(tokenizer, len(tokenizer))
    own, _ = tokenize(tokenizer, written(default_text()[:5000]), 61)
    default, _ = tokenize(tokenizer, None, 61)
    assert Probes(vocabulary, default, 61, 8, 0).overlap == 0
    assert Probes(vocabulary, own, 61, 8, 0).overlap == own.overlap(60) > 0


def byte_fallback():
    """As SentencePiece does it: what has no token is written in its bytes."""
    words = {f"<0x{byte:02X}>": byte for byte in range(256)}
    words |= {character: 256 + i for i, character in enumerate("▁abcde.")} | {"<s>": 263}
    made = Tokenizer(models.BPE(words, [], byte_fallback=True))
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    return hf.PreTrainedTokenizerFast(tokenizer_object=made, bos_token="<s>")


def test_pieces_of_characters_have_the_characters_label_and_are_delimiters(tokenizer, written):
    for made in (tokenizer, byte_fallback(), hf.ByT5Tokenizer()):
        text, _ = tokenize(made, written(f"a{CHINESE}🙂。b\N{REPLACEMENT CHARACTER}." * 9), 24)
        ids, pieces = text.ids[: len(text.ids) // 9], text.pieces
        labels = [pieces.label(at) for at in range(len(ids))]
        assert labels[:4] == [None, "天·1/3", "天·2/3", "天·3/3"]
        at = labels.index("🙂·1/4")
        assert labels[at - 1 : at + 8] == [
            "，·3/3",
            *(f"🙂·{i}/4" for i in (1, 2, 3, 4)),
            *(f"。·{i}/3" for i in (1, 2, 3)),
            None,
        ]
        found = np.flatnonzero(pieces.delimiter(0, len(ids)))
        commas = [i for i, label in enumerate(labels) if label and label[0] in "，。"]
        assert found.tolist() == commas
        assert len(found) == 9


def test_a_token_that_two_characters_share():
    """One that holds the last byte of 好 and the first of ，: the two stand together."""
    from classify.text import Pieces  # noqa: PLC0415 - beside its use

    spelled = ["a", *("好，".encode()[i : i + 1] for i in (0, 1)), "好，".encode()[2:4]]
    spelled += ["好，".encode()[4:5], "好，".encode()[5:6]]
    data = [part.encode() if isinstance(part, str) else part for part in spelled]
    found = Pieces.find(
        np.arange(6), lambda ids: b"".join(data[i] for i in ids).decode(errors="replace")
    )
    assert [found.label(i) for i in range(6)] == [None, *(f"好，·{i}/5" for i in range(1, 6))]
    assert not found.delimiter(0, 6).any()


def test_a_run_on_chinese_text_measures_its_punctuation(tiny_gpt2, written, tmp_path):
    store = Store(str(tmp_path / "cache"), create=True)
    path = written(CHINESE * 200)
    run_job(Request.parse(model=str(tiny_gpt2), prompts=16, length=128, text=path), store)
    table = store.read("tiny-gpt2")
    assert table.heads["delimiter_base_rate"].to_numpy() == pytest.approx(2 / 11, abs=0.01)
    drawn = patterns.read_head(store, "tiny-gpt2", 0, 0)["natural"].tokens
    assert drawn[0] == "<|endoftext|>"
    assert {label[0] for label in drawn[1:]} <= set(CHINESE)
    assert not any("\N{REPLACEMENT CHARACTER}" in label for label in drawn)
    assert "，·2/3" in drawn


def test_prompts_that_a_tokenizer_cannot_say_are_skipped_and_the_users_text_is_one(written):
    """Letters a to z and the space: no capitals, digits, marks, nor Arabic."""
    known = letters("abcdefghijklmnopqrstuvwxyz ")
    text, _ = tokenize(known, written("abc " * 40), 16)
    probes = Probes(read_vocabulary(known, len(known)), text, 16, "all", 0)

    spoken, skipped = speak(known, probes, 16)

    assert list(skipped) == [prompt.name for prompt in TEXTS]
    # W, M, J, J and the comma
    assert skipped["ioi"] == "the tokenizer does not know 5 of its 58 tokens"
    assert list(spoken) == ["beginning"]
    assert "".join(spoken["beginning"].labels) == "<s>abc abc abc abc"[: 3 + 15]
    dropping = letters("abcdefghijklmnopqrstuvwxyz ", unknown=None)
    assert speak(dropping, probes, 16)[1]["ioi"] == "the tokenizer drops some of its letters"


def test_a_short_texts_errors_are_said_to_be_larger(tiny_gpt2, written, tmp_path):
    store = Store(str(tmp_path / "cache"), create=True)
    short = written(default_text()[:600])
    run_job(Request.parse(model=str(tiny_gpt2), prompts=16, length=40, text=short), store)
    [note] = store.read("tiny-gpt2").provenance.notes
    assert "so that the 16 drawn from it overlap: standard errors on it are" in note

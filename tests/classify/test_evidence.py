"""Evidence beside the scores, from the request to the table."""

from contextlib import ExitStack

import numpy as np
import pandas as pd
import pytest
import torch
import transformers as hf
from forked import ForkedPython
from test_layer_stack import sharing_keys
from test_ranks import PATIENCE_S, environment

import headstrata
from benchmarks.architectures import made
from cache import patterns
from cache.store import Store
from classify.ablation import Ablation
from classify.adding import as_scored
from classify.effects import mean_and_error
from classify.engine import Engine
from classify.probes import Probes, read_vocabulary
from classify.progress import Progress
from classify.request import Request
from classify.stop_signals import Stopped
from classify.text import default_text, tokenize
from classify.worker import request_job, run_job, work

COLUMNS = ["copying", "effect_repeated", "effect_natural"]
ALL = [*COLUMNS, *(f"{name}_se" for name in COLUMNS), "effect_repeated_sign", "effect_natural_sign"]


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "cache"), create=True)


def asked(model, **options):
    given = {"prompts": 4, "length": 40, "device": "cpu", "name": "tiny", **options}
    return Request.parse(model=str(model), **given)


def run(model, store, **options):
    run_job(asked(model, **options), store)
    return store.read("tiny")


def unscored(monkeypatch):
    monkeypatch.setattr(Engine, "score", lambda *_: pytest.fail("it was scored"))


def test_asked_for_it_is_all_measured_and_told(tiny_gpt2, store):
    table = run(tiny_gpt2, store, evidence=True)
    record = table.provenance.evidence
    told = [(one.probe, one.prompts, one.length, one.positions) for one in record.effects]
    # 19 + 1 + 19 tokens: all of the second copy but its first; positions 16 to 38 of 40
    assert told == [("repeated", 8, 39, 18), ("natural", 16, 40, 23)]
    assert {one.reference_prompts for one in record.effects} == {24}
    assert 400 < record.copying_tokens <= 512  # of a tokenizer of 600
    assert record.notes == []
    for one in record.effects:
        assert one.loss == pytest.approx(np.log(600), rel=0.5)
        assert 0 < one.loss_se < 1
    heads = table.heads
    for name in COLUMNS:
        assert heads[name].notna().all()
        assert (heads[f"{name}_se"] > 0).all()
    for name in ("effect_repeated", "effect_natural"):
        beyond = heads[name].abs() > 2 * heads[f"{name}_se"]
        sign = np.where(heads[name] > 0, "positive", "negative")
        assert (heads[f"{name}_sign"] == np.where(beyond, sign, "zero")).all()


# --- what is measured when nobody says so ----------------------------------------------------


def test_on_a_cpu_it_stays_below_four_times_the_scoring(tiny_gpt2, store, monkeypatch):
    """Two layers of four heads: a prompt's effects take 4 + 4/2 passes, and logits. With 4
    prompts of each probe the 24 reference prompts and one scored are all that 32 passes hold."""
    said = []
    monkeypatch.setattr(Progress, "say", lambda _, note: said.append(note))
    few = run(tiny_gpt2, store)
    assert few.provenance.evidence.effects == []
    [note] = few.provenance.evidence.notes
    assert note == (
        "effects on repeated text are not measured: on a CPU even two prompts of it would take "
        "more than 4 times as long as the scoring; --evidence measures them"
    )
    assert note in said  # on the command line
    assert few.heads["copying"].notna().all()
    assert few.heads["effect_repeated"].isna().all()
    record = run(tiny_gpt2, store, prompts=16).provenance.evidence
    many = record.effects
    assert record.notes == []
    assert [one.probe for one in many] == ["repeated"]
    assert 2 <= many[0].prompts <= 8


def test_without_evidence_nothing_of_it_is_there(tiny_gpt2, store):
    table = run(tiny_gpt2, store, evidence=False, prompts=16)
    assert table.provenance.evidence is None
    assert "evidence" not in table.provenance.model_dump()
    assert table.heads[ALL].isna().all(axis=None)


def test_the_numbers_of_prompts_are_options(tiny_gpt2, store):
    record = run(tiny_gpt2, store, effect_repeated=0, effect_natural=3).provenance.evidence
    assert [(one.probe, one.prompts) for one in record.effects] == [("natural", 3)]
    with pytest.raises(headstrata.UserError, match=r"--effect-natural 1: .*from 2 on"):
        asked(tiny_gpt2, effect_natural=1)


def test_python_has_the_columns(tiny_gpt2):
    model = hf.AutoModelForCausalLM.from_pretrained(tiny_gpt2)
    tokenizer = hf.AutoTokenizer.from_pretrained(tiny_gpt2)
    options = {"prompts": 4, "length": 40, "device": "cpu", "progress": False}
    table = headstrata.score(model, tokenizer, effect_repeated=2, **options)
    assert table.heads[["copying", "effect_repeated"]].notna().all(axis=None)
    assert table.heads["effect_natural"].isna().all()
    without = headstrata.score(model, tokenizer, evidence=False, **options)
    assert without.heads["copying"].isna().all()
    scores = table.heads.columns.drop(ALL)
    pd.testing.assert_frame_equal(table.heads[scores], without.heads[scores])


# --- what cannot be measured -----------------------------------------------------------------


def tiny(name, tokenizer, **changes):
    """A tiny model of an architecture that knows the tests' tokenizer."""
    config = made(name)[0].config
    config.update({"vocab_size": len(tokenizer), "bos_token_id": 0, "eos_token_id": 0, **changes})
    torch.manual_seed(0)
    return hf.AutoModelForCausalLM.from_config(config)


def test_a_model_whose_projection_is_unknown_is_scored_all_the_same(
    tokenizer, save_checkpoint, store
):
    folder = save_checkpoint(tiny("bitnet", tokenizer), "bitnet")
    table = run(folder, store, evidence=True)
    assert table.heads["induction"].notna().all()
    assert table.heads[ALL].isna().all(axis=None)
    [note] = table.provenance.evidence.notes
    assert note.startswith("what heads write and their effects are not measured: in layer 0 model.")


def test_a_checkpoint_without_a_head_is_scored_all_the_same(tokenizer, save_checkpoint, store):
    """The unembedding that transformers makes up for it says nothing of the model."""
    model = tiny("gpt2", tokenizer, tie_word_embeddings=False)
    table = run(save_checkpoint(model.transformer, "headless"), store, evidence=True)
    assert table.heads["induction"].notna().all()
    assert table.heads[ALL].isna().all(axis=None)
    [note] = table.provenance.evidence.notes
    assert note.endswith("not measured: the checkpoint has no unembedding")


def test_layers_without_softmax_attention_have_no_rows_and_the_others_have_effects(
    tokenizer, save_checkpoint, store
):
    folder = save_checkpoint(tiny("lfm2", tokenizer), "hybrid")
    heads = run(folder, store, evidence=True).heads
    assert heads["layer"].unique().tolist() == [2]
    assert heads[COLUMNS].notna().all(axis=None)


def test_layers_that_share_keys_are_ablated_in_whole_passes_and_copying_is_missing(
    tokenizer, save_checkpoint, store
):
    folder = save_checkpoint(sharing_keys(len(tokenizer)), "shared")
    table = run(folder, store, effect_repeated=2)
    assert table.heads["effect_repeated"].notna().all()
    assert table.heads["copying"].isna().all()
    assert table.provenance.evidence.notes == [
        "copying is not measured: its layers hand on more than hidden states"
    ]


# --- a table that has its scores ----------------------------------------------------------------


def test_evidence_is_added_to_a_table_without_scoring_again(tiny_gpt2, store, monkeypatch):
    before = run(tiny_gpt2, store, evidence=False, seed=3)
    drawn = store.get(patterns.path_of("tiny"))
    unscored(monkeypatch)
    run_job(Request.parse(model=str(tiny_gpt2), name="tiny", evidence=True, device="cpu"), store)
    after = store.read("tiny")
    scores = before.heads.columns.drop(ALL)
    pd.testing.assert_frame_equal(after.heads[scores], before.heads[scores])
    assert after.heads[ALL].notna().all(axis=None)
    kept = before.provenance.model_dump()
    assert {**after.provenance.model_dump(), "evidence": 0} == {**kept, "evidence": 0}
    assert [one.length for one in after.provenance.evidence.effects] == [39, 40]  # the table's own
    assert after.provenance.evidence.seed == 3
    assert store.get(patterns.path_of("tiny")) == drawn

    fewer = run(tiny_gpt2, store, evidence=True, effect_natural=0)
    assert fewer.heads["effect_natural"].isna().all()  # nothing stays of what is not told any more
    pd.testing.assert_frame_equal(fewer.heads[scores], before.heads[scores])

    monkeypatch.undo()
    whole = run(tiny_gpt2, store, evidence=True, seed=3, replace=True)
    pd.testing.assert_frame_equal(after.heads, whole.heads)


def bare(model, **options):
    """What a user types who only wants evidence."""
    return Request.parse(
        model=str(model), name="tiny", device="cpu", **{"evidence": True, **options}
    )


def own_text(folder):
    file = folder / "t.txt"
    file.write_text(default_text()[40_000:90_000], encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    "made",
    [
        {"bos": "none"},
        {"bos": "."},
        {"title": "A tiny one"},
        {"rows": "all"},
        {"rows": 5},
        {"rows": 500},  # a prompt has 24
        {"dtype": "bfloat16"},
    ],
)
def test_a_table_of_any_options_gets_evidence_without_them(made, tiny_gpt2, store, monkeypatch):
    before = run(tiny_gpt2, store, evidence=False, **made)
    drawn = store.get(patterns.path_of("tiny"))
    with monkeypatch.context() as patch:
        unscored(patch)
        run_job(bare(tiny_gpt2), store)
        after = store.read("tiny")
        run_job(asked(tiny_gpt2, evidence=True, **made), store)  # nor with all of them again
    again = store.read("tiny")
    scores = before.heads.columns.drop(ALL)
    pd.testing.assert_frame_equal(after.heads[scores], before.heads[scores])
    pd.testing.assert_frame_equal(after.heads, again.heads)
    kept, record = (t.provenance.model_dump(exclude={"evidence"}) for t in (before, after))
    assert record == kept
    assert after.provenance.evidence.dtype == record["dtype"]
    assert store.get(patterns.path_of("tiny")) == drawn
    whole = run(tiny_gpt2, store, evidence=True, replace=True, **made)
    pd.testing.assert_frame_equal(after.heads, whole.heads)


def test_a_title_can_be_given_with_the_evidence(tiny_gpt2, store, monkeypatch):
    before = run(tiny_gpt2, store, evidence=False, title="Old")
    unscored(monkeypatch)
    run_job(bare(tiny_gpt2, title="New"), store)
    record = store.read("tiny").provenance
    assert record.title == "New"
    assert record.run_key == before.provenance.run_key


def test_a_text_of_the_users_own_must_be_given_again(tiny_gpt2, store, tmp_path, monkeypatch):
    text = own_text(tmp_path)
    before = run(tiny_gpt2, store, evidence=False, text=text, title="Mine")
    file = store.get("tables/tiny.parquet")
    with monkeypatch.context() as patch:
        unscored(patch)
        patch.setattr("classify.run.load", lambda *_: pytest.fail("it was loaded"))
        with pytest.raises(headstrata.UserError) as refused:
            run_job(bare(tiny_gpt2), store)
    assert str(refused.value) == (
        "'tiny' was scored on the text t.txt: give that file again, with --text FILE, so that its "
        "evidence is of the same text; --replace scores the model anew"
    )
    assert store.get("tables/tiny.parquet") == file
    with monkeypatch.context() as patch:
        unscored(patch)
        run_job(bare(tiny_gpt2, text=text), store)
    after = store.read("tiny")
    assert after.heads[ALL].notna().all(axis=None)
    assert after.provenance.text == before.provenance.text
    assert after.provenance.title == "Mine"
    run_job(bare(tiny_gpt2, prompts=4, length=40, replace=True), store)
    assert store.read("tiny").provenance.text.source.startswith("pydoc_data.topics")


def test_the_default_text_of_another_python_is_told_from_a_file(tiny_gpt2, store):
    table = run(tiny_gpt2, store, evidence=False)
    text = table.provenance.text.model_copy(update={"sha256": "0" * 64})
    changed = {"text": text, "versions": {"python": "3.9.1"}}
    store.write("tiny", table.heads, table.provenance.model_copy(update=changed))
    with pytest.raises(headstrata.UserError, match=r"another Python \(3\.9\.1\).*--replace"):
        run_job(bare(tiny_gpt2), store)


def test_a_tokenizer_that_puts_another_token_first_meanwhile_is_refused(tiny_gpt2, store):
    table = run(tiny_gpt2, store, evidence=False)
    changed = table.provenance.model_copy(update={"bos_token": "<s>"})
    store.write("tiny", table.heads, changed)
    with pytest.raises(headstrata.UserError, match=r"of another first token \(<s>\), so .*--repl"):
        run_job(bare(tiny_gpt2), store)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"prompts": 5}, "prompts 4, not 5"),
        ({"length": 50}, "length 40, not 50"),
        ({"seed": 4}, "seed 0, not 4"),
        ({"rows": 5}, "rows 24, not 5"),
        ({"dtype": "bfloat16"}, "dtype float32, not bfloat16"),
        ({"bos": "none"}, "first token <|endoftext|>, not none"),
        (
            {"text": ...},
            "another text (pydoc_data.topics (prose paragraphs of Python's "
            "documentation), not t.txt)",
        ),
    ],
)
def test_a_table_with_other_options_is_scored_again(changed, told, tiny_gpt2, store, tmp_path):
    if "text" in changed:
        changed = {"text": own_text(tmp_path)}
    run(tiny_gpt2, store, evidence=False)
    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Progress, "say", lambda _, note: said.append(note))
        unscored(patch)
        with pytest.raises(pytest.fail.Exception):
            run(tiny_gpt2, store, evidence=True, **changed)
    assert f"scored again: the table is of {told}" in said


def test_a_number_of_effects_asks_for_evidence(tiny_gpt2, store, monkeypatch):
    before = run(tiny_gpt2, store, evidence=False, seed=3)
    with monkeypatch.context() as patch:
        unscored(patch)
        run_job(bare(tiny_gpt2, evidence=None, effect_natural=4), store)
    after = store.read("tiny")
    scores = before.heads.columns.drop(ALL)
    pd.testing.assert_frame_equal(after.heads[scores], before.heads[scores])
    told = [(one.probe, one.prompts, one.length) for one in after.provenance.evidence.effects]
    assert told == [("repeated", 8, 39), ("natural", 4, 40)]  # as with --evidence

    with pytest.raises(headstrata.UserError) as refused:
        asked(tiny_gpt2, evidence=False, effect_natural=5)
    assert str(refused.value) == (
        "--effect-natural 5 asks for what --no-evidence leaves out: give only one"
    )
    assert asked(tiny_gpt2, evidence=False, effect_natural=0).evidence is False


def test_a_worker_is_told_of_an_option_that_is_the_default(tiny_gpt2, store):
    """Else it would take the table's for it."""
    run(tiny_gpt2, store, evidence=False, seed=3)
    job = request_job(bare(tiny_gpt2, seed=0), store)
    request = Request.parse(model=job.model, **job.options)
    assert as_scored(request, store).again == "seed 3, not 0"


def test_a_worker_adds_it_too(tiny_gpt2, store, monkeypatch):
    run(tiny_gpt2, store, evidence=False)
    unscored(monkeypatch)
    request_job(asked(tiny_gpt2, evidence=True), store)
    work(store, until_idle=True)
    assert store.read("tiny").heads[ALL].notna().all(axis=None)


# --- long runs ------------------------------------------------------------------------------------


def test_a_stopped_run_goes_on_and_gives_the_same(tiny_gpt2, store, tmp_path, monkeypatch):
    effects, measured = Ablation.effects, []

    def stopped(self, *arguments):
        if len(measured) == 3:
            raise Stopped(15)
        measured.append(arguments[1])
        return effects(self, *arguments)

    monkeypatch.setattr(Ablation, "effects", stopped)
    with pytest.raises(Stopped):
        run(tiny_gpt2, store, evidence=True)
    assert store.jobs()[0].state == "stopped"
    monkeypatch.setattr(Ablation, "effects", lambda *a: measured.append(a[2]) or effects(*a))
    unscored(monkeypatch)  # the scores were finished
    resumed = run(tiny_gpt2, store, evidence=True)
    # two layers of repeated text, and two parts of natural text: 16 prompts fit into memory
    assert len(measured) == 4
    assert not (tmp_path / "cache" / "partial").exists()

    monkeypatch.undo()
    undisturbed = run(tiny_gpt2, Store(str(tmp_path / "other"), create=True), evidence=True)
    pd.testing.assert_frame_equal(resumed.heads, undisturbed.heads)


def test_two_processes_give_what_one_gives(tiny_gpt2, store, tmp_path):
    flags = ("--prompts", "4", "--length", "40", "--device", "cpu", "--name", "tiny", "--evidence")
    together = Store(str(tmp_path / "two"), create=True)
    place = ("--cache", str(tmp_path / "two"))
    processes = [
        ForkedPython("-m", "classify", str(tiny_gpt2), *place, *flags, env=one)
        for one in environment(2)
    ]
    try:
        said = [process.wait(PATIENCE_S) for process in processes]
    finally:
        for process in processes:
            process.kill()
    assert [process.returncode for process in processes] == [0, 0], said
    one, two = run(tiny_gpt2, store, evidence=True), together.read("tiny")
    numbers = one.heads.select_dtypes("number").columns
    np.testing.assert_allclose(two.heads[numbers], one.heads[numbers], rtol=0, atol=1e-6)
    assert (one.heads["effect_repeated_sign"] == two.heads["effect_repeated_sign"]).all()


def test_progress_counts_scoring_and_effects_together(tiny_gpt2, store, monkeypatch):
    fractions, write = [], Store.write_job

    def seen(self, job):
        fractions.append((job.stage, round(job.fraction, 2)))
        return write(self, job)

    monkeypatch.setattr(Store, "write_job", seen)
    monkeypatch.setattr("classify.progress._EVERY_S", 0.0)
    run(tiny_gpt2, store, effect_repeated=8, effect_natural=0)
    # 8 prompts are scored; 8 prompts take 8 (4 + 4 / 2) = 48 passes without their heads
    assert ("scoring the heads", round(0.05 + 0.92 * 8 / 56, 2)) in fractions
    assert ("measuring what the heads write and do", 0.97) in fractions
    rising = [fraction for _, fraction in fractions]
    assert rising == sorted(rising)
    assert rising[-1] == 1.0


# --- errors over few prompts ---------------------------------------------------------


def test_two_errors_cover_the_mean_of_few_prompts():
    """Student's t with 3 degrees of freedom: 3.182 plain errors, so each is 1.591 of them."""
    mean, error = mean_and_error(np.array([[1.0, 5], [2, 5], [4, 5], [5, 5]]))
    assert mean.tolist() == [3, 5]
    plain = np.sqrt((4 + 1 + 1 + 4) / 3 / 4)
    assert error == pytest.approx([1.591 * plain, 0], rel=1e-3)
    rng = np.random.default_rng(0)
    for count in (2, 4, 8, 16):
        mean, error = mean_and_error(rng.normal(1.0, 1.0, (count, 4000)))
        covered = (np.abs(mean - 1) <= 2 * error).mean()
        assert 0.935 < covered < 0.975


# --- a run's effects, in loops and float64 --------------------------------------------------------

#: Student's 97.5 % quantile by prompts.
STUDENT = {3: 4.303, 4: 3.182}
#: Numbers of the prompts that a head's output is averaged over: far from those that are scored.
REFERENCES = range(1_000_000, 1_000_024)


def error_of(rises):
    """The paired standard error, twice which covers the mean: by Student's t, or by skewness."""
    count, spread = len(rises), np.std(rises)
    skewness = np.mean(((rises - np.mean(rises)) / spread) ** 3)
    excess = np.mean(((rises - np.mean(rises)) / spread) ** 4) - 3
    by_skewness = 1 + (7 / 6 * skewness**2 - excess / 12 + 5 / 4) / count
    return max(STUDENT[count] / 2, by_skewness) * np.std(rises, ddof=1) / np.sqrt(count)


def loss_without(model, tokens, positions, change=None):
    """The mean loss of one prompt's predictions at ``positions``, float64.

    With a change (layer, place, mean) what the layer's output projection receives is, at
    positions from 1 on, the mean in this place.
    """

    def replaced(_, arguments):
        _, place, mean = change
        values = arguments[0].clone()
        values[:, 1:, place] = torch.from_numpy(mean[place])
        return (values,)

    with ExitStack() as hooks:
        if change:
            projection = model.transformer.h[change[0]].attn.c_proj
            hooks.callback(projection.register_forward_pre_hook(replaced).remove)
        with torch.no_grad():
            logits = model(torch.from_numpy(tokens)[None]).logits[0].numpy()
    losses = [np.log(np.exp(logits[q]).sum()) - logits[q, tokens[q + 1]] for q in positions]
    return np.mean(losses)


def mean_inputs(model, prompts, layer):
    """(heads * D,) what the output projection receives: its mean over prompts and positions."""
    received = []
    projection = model.transformer.h[layer].attn.c_proj
    hook = projection.register_forward_pre_hook(lambda _, given: received.append(given[0][0]))
    with torch.no_grad():
        for tokens in prompts:
            model(torch.from_numpy(tokens)[None])
    hook.remove()
    return torch.cat([values[1:] for values in received]).mean(0).numpy()


@pytest.mark.parametrize(("probe", "count"), [("repeated", 3), ("natural", 4)])
def test_the_effects_that_a_run_writes_are_those_of_the_definition(probe, count, tiny_gpt2, store):
    heads = run(tiny_gpt2, store, effect_repeated=3, effect_natural=4).heads
    model = hf.AutoModelForCausalLM.from_pretrained(tiny_gpt2).double().eval()
    tokenizer = hf.AutoTokenizer.from_pretrained(tiny_gpt2)
    text, _ = tokenize(tokenizer, None, 40)
    probes = Probes(read_vocabulary(tokenizer, 600), text, 40, 32, 0)
    # of 1 + 19 + 19 tokens the second copy but its last, which predicts nothing; or from 16 on
    positions = range(20, 38) if probe == "repeated" else range(16, 39)
    scored = probes.make(probe, 0, count).tokens
    references = probes.make(probe, REFERENCES.start, REFERENCES.stop).tokens
    assert not {tuple(prompt) for prompt in scored} & {tuple(prompt) for prompt in references}
    clean = [loss_without(model, tokens, positions) for tokens in scored]
    for layer in range(2):
        mean = mean_inputs(model, references, layer)
        for head in range(4):
            place = slice(8 * head, 8 * head + 8)
            rises = [
                loss_without(model, tokens, positions, (layer, place, mean)) - before
                for tokens, before in zip(scored, clean, strict=True)
            ]
            [found] = heads[(heads["layer"] == layer) & (heads["head"] == head)].to_dict("records")
            assert found[f"effect_{probe}"] == pytest.approx(np.mean(rises), abs=1e-5)
            assert found[f"effect_{probe}_se"] == pytest.approx(error_of(rises), rel=1e-3)
    assert heads[f"effect_{probe}"].abs().max() > 1e-2

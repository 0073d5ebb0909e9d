"""The worker scores the real SmolLM2-135M to the table that ships."""

import numpy as np
import pytest
import torch

from cache.store import SHIPPED, Store
from classify.ablation import Ablation, scored_positions
from classify.copying import copying, sample
from classify.gguf_header import read_once
from classify.layer_stack import LayerStack
from classify.loading import load
from classify.out_of_memory import Halves
from classify.probes import Probes, read_vocabulary
from classify.projections import find_projections
from classify.reader_choice import choose_reader
from classify.request import Request
from classify.text import tokenize
from classify.worker import run_job
from vocabulary import taxonomy

NAME = "smollm2-135m"
#: Of the 64 per probe that the shipped table has: each takes seconds.
FEW, ALL = 2, 64


@pytest.fixture(scope="module")
def loaded():
    """Loading it takes longer than all that is done with it here."""
    with read_once():
        return load(Request.parse(model=NAME, device="cpu"))


def test_few_prompts_give_the_shipped_scores_within_their_errors(loaded, tmp_path, monkeypatch):
    monkeypatch.setattr("classify.run.load", lambda *_: loaded)
    store = Store(str(tmp_path), published=False)
    assert run_job(Request.parse(model=NAME, prompts=FEW, device="cpu"), store) == NAME
    few, shipped = store.read(NAME), Store(str(SHIPPED)).read(NAME)
    for found, expected in ((few.provenance.probes, FEW), (shipped.provenance.probes, ALL)):
        assert [probe.prompts for probe in found] == [expected, expected]

    for score in taxonomy.REQUIRED_SCORES:
        # One prompt varies by se * sqrt(ALL), the mean of FEW by se * sqrt(ALL / FEW). Those
        # few are among the ALL, so that the two means differ by less: by a variance of
        # se^2 ALL (1 / FEW - 1 / ALL).
        expected = shipped.heads[f"{score}_se"] * np.sqrt(ALL / FEW - 1)
        deviation = ((few.heads[score] - shipped.heads[score]) / expected).to_numpy()
        assert np.sqrt(np.mean(deviation**2)) < 1.5, score
        assert np.abs(deviation).max() < 8, score  # of 270 heads, and not normal: two prompts

    other = few.heads["category"] != shipped.heads["category"]
    assert (few.heads["borderline"] | shipped.heads["borderline"])[other].all()
    jobs = store.jobs()
    assert [(job.name, job.state, job.fraction) for job in jobs] == [(NAME, "done", 1.0)]
    assert not (tmp_path / "partial").exists()
    assert few.provenance.files_sha256 == shipped.provenance.files_sha256
    # what takes little time beside so few prompts: no effects, but copying
    assert few.heads["copying"].notna().all()
    assert few.heads["effect_repeated"].isna().all()


def test_its_circuit_has_the_effects_and_two_heads_copy_and_suppress(loaded):
    """On the repeated probe the previous-token head 16.0 matters most, then the induction head
    18.6 and the duplicate-token head 8.0; 24.4 works against them."""
    length, prompts = 129, 2
    vocabulary = read_vocabulary(
        loaded.tokenizer, loaded.model.get_input_embeddings().num_embeddings
    )
    text, _ = tokenize(loaded.tokenizer, None, length)
    probes = Probes(vocabulary, text, length, 32, 0)
    short = torch.from_numpy(probes.make("natural", 0, 1).tokens[:, :24])
    projections = find_projections(loaded.model, choose_reader(loaded.model, short), short)
    stack = LayerStack(loaded.model, projections)
    assert stack.begins_anywhere(short[:, :8])

    positions = scored_positions(probes, "repeated")
    ablation = Ablation(stack, projections, positions, Halves(18), True, lambda: None)
    means = ablation.means(probes.make("repeated", 100, 106), loaded.device)
    clean = ablation.clean(probes.make("repeated", 0, prompts), loaded.device)
    places = {8: [0], 16: [0], 18: [6, 7], 24: [4]}
    effect = {}
    for layer, heads in places.items():
        found = ablation.effects(clean, layer, means[layer], heads).mean(0)
        effect |= {(layer, head): value for head, value in zip(heads, found, strict=True)}
    order = sorted(effect, key=effect.__getitem__, reverse=True)
    assert order == [(16, 0), (18, 6), (8, 0), (18, 7), (24, 4)]
    assert effect[16, 0] > 5
    assert effect[24, 4] < -0.1

    written = copying(stack, projections, *sample(probes.vocabulary, probes.seed), loaded.device)
    z, error = (array.reshape(30, 9) for array in written)
    assert z[23, 2] > 4
    assert z[24, 4] < -4
    assert z[18, 6] > 1  # an induction head that copies, and one that writes something else
    assert abs(z[17, 4]) < 0.5
    assert (error < 0.2).all()

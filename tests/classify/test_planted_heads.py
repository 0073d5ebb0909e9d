"""Heads planted by construction are found, with nothing but the checkpoint."""

import torch
from planted import EXPECTED, planted_gpt2, positions, shift_map

from cache.store import Store
from classify.request import Request
from classify.worker import run_job


def test_moving_a_position_is_a_linear_map():
    assert torch.allclose(positions(9) @ shift_map(-2), positions(9, shift=-2), atol=1e-5)


def test_the_worker_finds_every_planted_head(tokenizer, save_checkpoint, tmp_path):
    folder = save_checkpoint(planted_gpt2(tokenizer), "planted")
    store = Store(str(tmp_path / "cache"), create=True)

    run_job(Request.parse(model=str(folder), prompts=6, device="cpu"), store)

    heads = store.read("planted").heads
    found = heads["category"].to_numpy().reshape(2, 8).tolist()
    assert found == EXPECTED
    assert not heads["borderline"].any()
    by_place = heads.set_index(["layer", "head"])
    assert by_place.loc[(0, 0), "previous_token"] > 0.9
    assert by_place.loc[(0, 1), "current_token"] > 0.9
    assert by_place.loc[(0, 2), "first_token"] > 0.9
    assert by_place.loc[(0, 3), "duplicate_token"] > 0.9
    assert by_place.loc[(1, 0), "induction"] > 0.9
    assert by_place.loc[(0, 6), "entropy"] > 0.999

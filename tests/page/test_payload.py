"""The packed table: small, and exact to a thousandth."""

import json

import made_tables
import numpy as np
import pytest

from app.page.table import models, payload
from app.views import packing
from cache.store import PUBLISHED, Store, Table


@pytest.fixture(scope="module")
def xl(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return Store(str(tmp_path_factory.mktemp("cache"))).read("gpt2-xl")


def test_numbers_are_fixed_width_base_36():
    assert packing.pack([0, 35, 36, np.nan, 1295, 5000], 2) == "000z10~~zzzz"
    assert packing.pack([0.78, 0.0004], 2, packing.SCORE_UNIT) == "lo00"  # 780 = 21 * 36 + 24


def test_gpt2_xl_fits_a_callbacks_answer(xl: Table):
    packed = payload.build(xl)
    assert len(json.dumps(packed)) < 15_000
    assert packed["detailed"].count("0") == 62
    assert packed["note"] == "published scores (Song et al. 2024): 2 of the 9 scores"


def test_margins_under_the_smallest_threshold_are_packed_whole():
    heads = made_tables.heads(1, 2, induction=[0.95, 0.05])
    heads["margin"] = [13.37, 949.5]
    packed = payload.build(Table("tiny", heads, made_tables.provenance(1)))["margin"]
    assert [int(packed[i : i + 4], 36) for i in (0, 4)] == [1337, 94950]


def test_a_head_without_a_rule_shows_its_nearest_score():
    heads = made_tables.heads(2, 1, induction=[0.9, 0.1], previous_token=[0.05, 0.3])
    assert heads["category"].tolist() == ["induction", "mixed"]
    score, error = payload.main_score(heads)
    assert score.tolist() == pytest.approx([0.9, 0.3])
    assert error.tolist() == pytest.approx([0.001, 0.001])


def test_the_list_says_source_and_date(tmp_path):
    listed = models.listing(Store(str(tmp_path)).entries()[0])
    assert [entry["label"] for entry in listed[:2]] == [
        "SmolLM2-135M Instruct (Q4_1) · computed 2026-11-27",
        "GPT-2 XL · published 2024-08-18",
    ]
    published = {path.stem for path in PUBLISHED.glob("*-published*")}
    assert {entry["name"] for entry in listed} == {"smollm2-135m"} | published

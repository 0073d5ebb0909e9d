"""The published evidence that ships: figures counted by hand from the papers' files."""

import subprocess
import sys

import pandas as pd
import pyarrow.parquet as pq
import pytest

from cache.evidence import evidence_for, references
from cache.store import PUBLISHED
from vocabulary.citations import CITATIONS
from vocabulary.operations import OPERATION_THRESHOLD, OPERATIONS


def test_it_ships_for_two_models_and_for_no_other():
    assert references() == ["gpt2", "gpt2-xl"]
    assert evidence_for("smollm2-135m") is None
    assert evidence_for("../gpt2") is None
    assert evidence_for(None) is None


def test_induction_heads_of_gpt2_xl_by_twelve_layers():
    scores = evidence_for("gpt2-xl").scores
    strong = scores[scores["induction"] >= 0.4]
    assert strong.groupby(strong["layer"] // 12)["head"].count().to_dict() == {1: 17, 2: 36, 3: 9}
    before = scores[scores["previous_token"] >= 0.4]
    assert before.groupby(before["layer"] // 12)["head"].count().to_dict() == {0: 9, 1: 24, 2: 3}


def test_a_head_with_several_operations_lists_them_strongest_first():
    facts = [f for f in evidence_for("gpt2-xl").of_head(35, 19) if f.kind == "operation"]
    assert [fact.text.split("”")[0] for fact in facts] == [
        "implements “country to capital",
        "implements “name copying",
        "implements “country to language",
        "implements “product to company",
        "implements “year to next year",
    ]
    assert [round(fact.value, 4) for fact in facts] == [0.8663, 0.5455, 0.5, 0.3625, 0.235]
    assert {fact.citation for fact in facts} == {"elhelo2024"}


def test_a_head_may_have_roles_in_several_papers():
    roles = [f for f in evidence_for("gpt2").of_head(10, 7) if f.kind == "role"]
    assert [fact.text.split(":")[0] for fact in roles] == [
        "negative name mover head of the IOI circuit",
        "copy suppression",
        "copy suppression head of the survey of all heads",
    ]
    assert [fact.citation for fact in roles] == ["wang2022", "mcdougall2023", "krzyzanowski2024"]


def test_a_survey_s_heads_stand_beside_the_circuits():
    roles = evidence_for("gpt2").roles
    told = [(r.role, r.layer, r.head) for r in roles if r.citation == "krzyzanowski2024"]
    assert told == [
        *(("induction", *place) for place in [(5, 1), (5, 5), (6, 9), (7, 2), (7, 10)]),
        ("previous token", 4, 11),
        *(("duplicate token", *place) for place in [(3, 0), (0, 5)]),
        ("copy suppression", 10, 7),
        ("successor", 9, 1),
    ]
    paper = CITATIONS["krzyzanowski2024"]
    assert paper.url.startswith("https://www.alignmentforum.org/posts/")
    assert f"  url = {{{paper.url}}},\n" in paper.bibtex
    assert "eprint" not in paper.bibtex


def test_the_circuits_have_all_their_heads():
    roles = pd.DataFrame(evidence_for("gpt2").roles)
    counts = roles.groupby("citation")["head"].count().to_dict()
    assert counts == {
        "wang2022": 26,
        "mcdougall2023": 1,
        "hanna2023": 6,
        "krzyzanowski2024": 10,
    }
    assert not roles.duplicated(["circuit", "layer", "head"]).any()
    assert roles["layer"].between(0, 11).all()
    assert roles["head"].between(0, 11).all()


def test_nothing_is_said_of_a_head_that_does_not_exist():
    assert evidence_for("gpt2").of_head(12, 0) == []


@pytest.mark.parametrize("reference", ["gpt2", "gpt2-xl"])
def test_every_fact_has_a_paper(reference):
    evidence = evidence_for(reference)
    for row in evidence.scores.itertuples():
        for fact in evidence.of_head(row.layer, row.head):
            assert fact.citation in CITATIONS
    assert set(evidence.citations) <= set(CITATIONS)


def test_the_operations_file_names_its_source_and_threshold():
    schema = pq.read_schema(PUBLISHED / "gpt2-xl_maps2024.parquet")
    assert schema.metadata[b"arxiv"] == b"2412.11965"
    assert float(schema.metadata[b"threshold"]) == OPERATION_THRESHOLD == 0.15
    assert len(schema.names) == 2 + 2 * len(OPERATIONS) == 38


def test_reading_it_needs_neither_dash_nor_torch():
    code = (
        "import sys; from cache.evidence import evidence_for; evidence_for('gpt2-xl'); "
        "sys.exit(bool({'torch', 'dash', 'transformers', 'classify'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Jobs, head card, citation and figures as pure functions."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import made_tables
import pyarrow.parquet as pq
import pytest
from plotly.offline import get_plotlyjs_version
from plotly.utils import PlotlyJSONEncoder

from app.page import graphs
from app.page.chart import figures
from app.page.selection import head_card
from app.page.table import about, citation, jobs
from app.views.categories import DETAILED
from app.views.thresholds import apply
from cache.jobs import Job
from cache.provenance import DIGEST_KEY, AdapterRecord, EvidenceRecord
from cache.store import SHIPPED, Store, Table
from headstrata.errors import UserError
from vocabulary.evidence import MEASURES
from vocabulary.taxonomy import CATEGORIES

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ASSETS = Path(__file__).parents[2] / "assets"


def job(**changes: object) -> Job:
    told = {"id": "a", "name": "a", "title": "A", "model": "a", "updated_at": NOW}
    return Job.model_validate(told | changes)


def test_a_job_is_told_in_words():
    running = job(state="running", stage="scoring", fraction=0.56, eta_s=41)
    assert jobs.sentence(running, lost=False) == "scoring, 56%, about 41 s left"
    assert jobs.sentence(job(state="failed", reason="no disk"), lost=False) == "Failed: no disk"
    assert "headstrata work" in jobs.sentence(job(), lost=False)
    stopped = job(state="stopped", reason="stopped by SIGTERM; the same command goes on")
    assert jobs.sentence(stopped, lost=False) == "Stopped by SIGTERM; the same command goes on"
    typed = running.model_copy(update={"origin": "command"})
    assert "with the same headstrata classify" in jobs.sentence(typed, lost=True)


def test_old_failures_and_finished_jobs_are_not_told():
    old = job(state="failed", updated_at=NOW - timedelta(days=2))
    again = [job(id="b", state="done"), job(id="a", state="failed")]  # newest request first
    assert jobs.build([old], NOW) == []
    assert len(jobs.build([old.model_copy(update={"state": "stopped"})], NOW)) == 1  # still to do
    assert jobs.build(again, NOW) == []
    assert len(jobs.build([job(state="failed")], NOW)) == 1


def test_failed_requests_are_one_line_below_those_that_are_waited_for():
    failed = [
        job(id="bad", name="bad", state="failed", model="/srv/x/odd", reason="/srv/x/odd: empty"),
        job(id="worse", name="worse", state="failed", reason="no disk"),
    ]
    running = job(id="on", name="on", state="running", stage="scoring")
    row, line = jobs.build([*failed, running], NOW)
    assert row.id == "job-on"
    details, dismiss = line.children
    assert details.children[0].children == "2 requests failed"
    assert [row.id for row in details.children[1:]] == ["job-bad", "job-worse"]
    assert details.children[1].children[1].children == "Failed: odd: empty"  # no folder of ours
    assert dismiss.to_plotly_json()["props"]["aria-label"] == "Dismiss: 2 requests failed"
    when = "2026-11-01T00:00:00+00:00"
    assert line.to_plotly_json()["props"]["data-failed"] == f"bad@{when} worse@{when}"


def test_rows_that_a_page_tells_already_are_not_made_anew():
    rows = jobs.build([job(id="bad", state="failed")], NOW)
    stored = json.loads(json.dumps(rows, cls=PlotlyJSONEncoder))  # as Dash sends and keeps them
    assert jobs.same(rows, stored)
    assert jobs.same([], [])
    assert not jobs.same(jobs.build([job(id="bad", state="running")], NOW), stored)
    assert not jobs.same(rows, None)


def table(**scores: object) -> Table:
    return Table("tiny", made_tables.heads(2, 2, **scores), made_tables.provenance(2, 2))


def test_the_verdict_in_words():
    heads = table(induction=[0.9, 0.05, 0.401, 0.05], previous_token=[0.05, 0.3, 0.05, 0.05])
    sure, mixed, edge = (
        head_card.verdict(heads.heads.iloc[i], heads.provenance) for i in (0, 1, 2)
    )
    assert "holds within two standard errors" in sure
    assert mixed.startswith("Nearest: Previous token; its score reaches 75% of the threshold.")
    assert "Borderline: the category could flip" in edge


@pytest.mark.parametrize(
    "head", ["2.0", "0.2", "-1.0", "x", "", "0", "0.0.0", "²²²²².1", f"0.{9:05000}", f"0.{0:030}"]
)
def test_a_head_that_does_not_exist_is_refused(head: str):
    with pytest.raises(UserError, match="has no head"):
        head_card.find(table(), head)


def test_a_delimiter_head_must_beat_twice_the_base_rate():
    row = table().heads.assign(delimiter_base_rate=0.3).iloc[0]
    assert head_card.threshold(row, "delimiter", made_tables.provenance()) == pytest.approx(0.6)
    assert head_card.threshold(row, "mean_distance", made_tables.provenance()) is None


def test_a_scores_row_tells_its_digits_and_threshold_to_whoever_points_at_it():
    made = table(induction=[0.9036, 0.05, 0.05, 0.05])
    parts = head_card.build(made, "0.0")
    [scores] = [part for part in parts if getattr(part, "className", "") == "scores"]
    titles = [row.title for row in scores.children]
    assert titles[0] == "0.904 ± 0.001; threshold 0.40, reached"
    assert titles[2] == "0.050 ± 0.001; threshold 0.40, not reached"
    assert titles[-2] == "0.050 ± 0.001"  # mean distance decides nothing
    assert titles[-1] == "0.050 ± 0.001; threshold 0.40, not reached"  # long range


def test_a_threshold_is_shown_as_it_is_used():
    made = apply(table(induction=[0.377, 0.05, 0.05, 0.05]), "induction:0.376")
    assert made.heads["category"].iloc[0] == "induction"
    shown = str(head_card.build(made, "0.0"))
    assert "0.377 ± 0.001; threshold 0.376, reached" in shown


def test_a_scores_bar_ends_at_the_score_with_two_standard_errors_either_way():
    row = table(induction=0.5).heads.assign(induction_se=0.02).iloc[0]
    fill, whisker, tick = head_card._marks(0.5, row["induction_se"], 0.4)
    assert fill.style == {"width": "50.00%"}
    assert whisker.style == {"left": "46.00%", "width": "8.00%"}
    assert tick.style == {"left": "40.00%"}
    fill, tick = head_card._marks(0.5, float("nan"), 0.4)  # published: no error is known
    assert (fill.className, tick.className) == ("fill", "limit")


def test_a_citation_escapes_what_tex_would_read():
    made = Table("my_model", made_tables.heads(), made_tables.provenance(model="a_b & c%"))
    text = citation.bibtex(made)
    assert r"model a\_b \& c\%" in text
    assert text.startswith("@misc{headstrata-my-model,")


def test_a_citation_names_the_rows_by_the_digest_in_their_file(tmp_path):
    store = Store(str(tmp_path))
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    [path] = (tmp_path / "tables").glob("*.parquet")
    stored = json.loads(pq.read_metadata(path).metadata[DIGEST_KEY])["heads"]
    cited = citation.bibtex(store.read("tiny"))
    assert f"head table SHA-256 {stored[:16]}}}" in cited


def test_each_score_is_said_to_be_measured_as_this_table_was(tmp_path):
    def row(record, score):
        parts = about.definitions(record)[1].children.children[1].children
        [found] = [r for r in parts if r.children[0].children[0] == score]
        formula, measured_on = found.children[1].children, found.children[2].children
        return formula.children, measured_on

    published = Store(str(tmp_path)).read("gpt2-xl").provenance
    computed = made_tables.provenance()
    repeated = "a stretch of random ordinary tokens, then the same stretch again"
    formula, probe = row(published, "Previous token")
    assert probe == repeated  # as its notes say
    assert formula.startswith("mean of A'[q, q-1]; A': A without its first row and column")
    assert row(computed, "Previous token") == ("mean of A[q, q-1]", "natural text")
    # what the table lacks is what Headstrata would measure
    assert row(published, "First token (attention sink)") == ("mean of A[q, 0]", "natural text")


def test_how_copying_and_effects_were_measured_is_told_and_what_they_are():
    shipped = Store(str(SHIPPED)).read("smollm2-135m")
    told = str(about.text(shipped, []))
    assert "over 512 tokens" in told
    assert (
        "6 prompts of 257 tokens, 127 predictions of each; means over 24 further prompts; loss "
        "with all heads 2.641 ± 0.274 nats per token"
    ) in told
    assert "16 prompts of 257 tokens, 240 predictions of each" in told
    assert "a head's output is replaced by its mean" in told
    for measure in MEASURES.values():
        assert measure.formula in told
    record = shipped.provenance.model_copy(update={"evidence": None})
    bare = str(about.text(Table("t", shipped.heads, record), []))
    assert bare.count("not in this table") == told.count("not in this table") + len(MEASURES)
    assert "What heads write and do" not in bare


def test_the_published_citation_brings_its_paper(tmp_path):
    cited = citation.bibtex(Store(str(tmp_path)).read("gpt2-xl"))
    assert "@article{song2024," in cited
    assert "{elhelo2024," in cited  # its operations are shown too


def test_the_chart_has_one_trace_a_category_in_order():
    drawn = figures.chart(DETAILED)
    assert [trace["meta"] for trace in drawn["data"]] == list(CATEGORIES)
    assert drawn["layout"]["xaxis"]["title"]["text"] == "Layer bin"
    assert graphs.CONFIG["showSendToCloud"] is False


def test_the_vendored_plotly_is_the_installed_one():
    [script] = ASSETS.glob("vendor/plotly-*.min.js")
    assert script.name == f"plotly-bar-heatmap-{get_plotlyjs_version()}.min.js"
    assert "Licensed under the MIT license" in script.read_text(encoding="utf-8")[:400]


def test_an_adapter_and_the_files_behind_a_table_are_told():
    record = made_tables.provenance(
        files_sha256={"config.json": "a" * 64, "tokenizer.json": "b" * 64},
        adapter=AdapterRecord(name="my-lora", sha256="c" * 64, peft="0.19.0"),
    )
    table = Table("tiny", made_tables.heads(), record)
    told = str(about.origin(table, []))
    assert f"Dt('Configuration (SHA-256)'), Dd('{'a' * 64}')" in told
    assert f"Dt('Tokenizer (SHA-256)'), Dd('{'b' * 64}')" in told
    assert f"Dd('my-lora (SHA-256 {'c' * 64}, applied by peft 0.19.0)')" in told
    assert "adapter my-lora, SHA-256 cccccccccccccccc" in citation.bibtex(table)
    assert "Adapter" not in str(about.origin(Table("t", table.heads, made_tables.provenance()), []))


def test_why_no_effect_was_measured_is_told_with_the_other_notes():
    evidence = EvidenceRecord(
        seed=0, dtype="float32", device="cpu", notes=["effects are not measured: a loss is wrong"]
    )
    record = made_tables.provenance(notes=["a note of the scoring"], evidence=evidence)
    told = str(about.origin(Table("t", made_tables.heads(), record), []))
    scoring, effects = map(told.index, ("a note of the scoring", "effects are not measured"))
    assert told.index("H3('Notes')") < scoring < effects


def test_waiting_jobs_stand_in_the_order_in_which_workers_take_them():
    waiting = [
        job(id=name, name=name, requested_at=NOW - timedelta(minutes=age))
        for name, age in (("third", 1), ("second", 2), ("first", 3))  # the newest request first
    ]
    rows = jobs.build(waiting, NOW)
    assert [(row.id, row.children[1].children) for row in rows] == [
        ("job-first", "Waiting for a worker: headstrata work"),
        ("job-second", "Waiting: 1 job is before it"),
        ("job-third", "Waiting: 2 jobs are before it"),
    ]


def test_a_cancelled_request_is_told_apart_from_a_failed_one():
    gone = [
        job(id="a", name="a", state="cancelled", reason="cancelled; headstrata retry asks for it"),
        job(id="b", name="b", state="failed", reason="no disk"),
    ]
    [line] = jobs.build(gone, NOW)
    summary, cancelled, failed = line.children[0].children
    assert summary.children == "1 request failed, 1 was cancelled"
    assert cancelled.children[1].children == "Cancelled; headstrata retry asks for it"
    assert failed.children[1].children == "Failed: no disk"
    [line] = jobs.build(gone[:1], NOW)
    assert line.children[0].children[0].children == "1 request was cancelled"

"""Jobs, head card, citation and figures as pure functions."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import made_tables
import pyarrow.parquet as pq
import pytest
from plotly.offline import get_plotlyjs_version

from app.page import graphs
from app.page.chart import figures
from app.page.selection import head_card
from app.page.table import citation, jobs
from app.views.categories import DETAILED
from app.views.thresholds import apply
from cache.jobs import Job
from cache.provenance import DIGEST_KEY
from cache.store import Store, Table
from headstrata.errors import UserError
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


def table(**scores: object) -> Table:
    return Table("tiny", made_tables.heads(2, 2, **scores), made_tables.provenance(2, 2))


def test_the_verdict_in_words():
    heads = table(induction=[0.9, 0.05, 0.401, 0.05], previous_token=[0.05, 0.3, 0.05, 0.05])
    sure, mixed, edge = (head_card.verdict(heads.heads.iloc[i]) for i in (0, 1, 2))
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
    assert titles[-1] == "0.050 ± 0.001"  # mean distance decides nothing


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
    [script] = ASSETS.glob("vendor/plotly-cartesian-*.min.js")
    assert script.name == f"plotly-cartesian-{get_plotlyjs_version()}.min.js"
    assert "Licensed under the MIT license" in script.read_text(encoding="utf-8")[:400]

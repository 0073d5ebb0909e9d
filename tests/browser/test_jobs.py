"""Jobs and new tables in an open page; the empty cache."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import made_tables
import pytest
from playwright.sync_api import expect
from running import Server, serving
from visitor import Visit

from cache.jobs import Job
from cache.store import Store


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Server, Store]]:
    """A server on an empty cache, without the published tables."""
    store = Store(str(tmp_path / "cache"), create=True)
    options = {"HEADSTRATA_REFRESH_S": "0.3", "HEADSTRATA_PUBLISHED": "false"}
    with serving(tmp_path / "cache", tmp_path / "log", **options) as server:
        yield server, store


def test_from_an_empty_cache_to_a_table_without_a_reload(visit: Visit, fresh: tuple[Server, Store]):
    server, store = fresh
    visitor = visit(server.url)
    page = visitor.page
    page.goto(server.url)
    expect(page.locator("#empty")).to_contain_text("headstrata classify")
    expect(page.locator("#content")).to_be_hidden()
    job = store.write_job(Job(id="one", name="tiny", title="Tiny Model", model="tiny"))
    expect(page.locator("#job-one")).to_contain_text("Waiting for a worker")
    job = store.write_job(job.moved(state="running", stage="scoring", fraction=0.4, eta_s=30))
    expect(page.locator("#job-one")).to_contain_text("scoring, 40%, about 30 s left")
    expect(page.locator("#job-one progress")).to_have_attribute("value", "0.400")
    store.write("tiny", made_tables.heads(induction=[0.9] + [0.05] * 5), made_tables.provenance())
    store.write_job(job.moved(state="done", fraction=1.0))
    visitor.drawn()
    expect(page.locator("#empty")).to_be_hidden()
    expect(page.locator("#job-one")).to_have_count(0)
    assert visitor.chart()["title"] == "Tiny Model"
    visitor.wait_query(model="tiny", bins="1")


def test_a_table_that_is_written_again_is_drawn_again(visit: Visit, fresh: tuple[Server, Store]):
    server, store = fresh
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    visitor = visit(server.url).open(bins=3)
    assert [t["heights"] for t in visitor.chart()["data"] if t["name"] == "induction"] == [[0]]
    store.write("tiny", made_tables.heads(induction=0.9), made_tables.provenance())
    visitor.page.wait_for_function("() => headstrata.chart().data[0].heights[0] === 6")
    visitor.wait_query(bins="3")


def test_a_second_table_is_offered(visit: Visit, fresh: tuple[Server, Store]):
    """By its title (D11)."""
    server, store = fresh
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    visitor = visit(server.url).open()
    other = made_tables.provenance(
        title="Other Model", computed_at=datetime(2026, 11, 2, tzinfo=UTC)
    )
    store.write("other", made_tables.heads(), other)
    expect(visitor.page.locator("#status")).to_contain_text("Other Model is ready.")
    assert visitor.chart()["title"] == "Tiny Model"
    visitor.page.get_by_role("button", name="Show it").click()
    visitor.wait_query(model="other")


def test_jobs_that_went_wrong_say_why(visit: Visit, fresh: tuple[Server, Store]):
    """Folded, and not for good (D12)."""
    server, store = fresh
    store.write("tiny", made_tables.heads(), made_tables.provenance())
    (Path(store.root) / "tables/broken.parquet").write_bytes(b"PAR1")
    silent = datetime.now(UTC) - timedelta(minutes=5)
    reason = "<b>bert</b> is an encoder"
    for job in (
        Job(id="bad", name="bert", title="BERT", model="bert", state="failed", reason=reason),
        Job(id="gone", name="big", title="Big", model="b", state="running", updated_at=silent),
    ):
        store.write_job(job)
    page = visit(server.url).open().page
    expect(page.locator("#job-bad")).to_contain_text("Failed: <b>bert</b> is an encoder")
    expect(page.locator("#job-gone")).to_contain_text("not been heard of")
    expect(page.locator("#about .refused")).to_contain_text("broken")
    expect(page.locator("#job-gone")).to_be_visible()
    expect(page.locator("#job-bad")).to_be_hidden()  # one quiet line, opened by who cares
    page.get_by_text("1 request failed").click()
    expect(page.locator("#job-bad")).to_be_visible()
    page.get_by_role("button", name="Dismiss: 1 request failed").click()
    expect(page.locator(".failed-jobs")).to_be_hidden()
    page.reload()
    expect(page.locator("#job-gone")).to_be_visible()
    expect(page.locator(".failed-jobs")).to_be_hidden()


def test_an_empty_page_says_which_files_it_cannot_show(visit: Visit, fresh: tuple[Server, Store]):
    server, store = fresh
    (Path(store.root) / "tables").mkdir(exist_ok=True)
    (Path(store.root) / "tables/broken.parquet").write_bytes(b"PAR1")
    page = visit(server.url).page
    page.goto(server.url)
    expect(page.locator("#empty")).to_contain_text("no table that can be shown")
    expect(page.locator("#jobs .bad")).to_contain_text("not a whole parquet file")
    expect(page.locator("#jobs .bad")).to_contain_text("classify the model again")
    expect(page.get_by_role("button", name="Copy link")).to_be_hidden()

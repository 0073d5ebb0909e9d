"""What a notebook does: read the tables over HTTP."""

import base64
import io
import json

import made_tables
import pandas as pd
import pyarrow.parquet as pq
import pytest

from cache import schema
from cache.jobs import Job
from cache.store import Store


def test_read_parquet_of_a_url_is_the_head_table(server):
    table = pd.read_parquet(f"{server.url}/api/heads?model=tiny&format=parquet")
    pd.testing.assert_frame_equal(table, Store(str(server.cache)).read("tiny").heads)


def test_read_csv_of_a_url_has_the_columns_of_the_contract(server):
    table = pd.read_csv(f"{server.url}/api/heads?model=tiny&format=csv")
    assert list(table.columns) == list(schema.NAMES)
    assert table.loc[2, "induction"] == 0.78
    assert list(table["category"]) == ["induction", "unclassified"] * 2 + ["unclassified"] * 2


def test_read_json_of_a_url_keeps_the_digits(server):
    table = pd.read_json(f"{server.url}/api/heads?model=tiny&format=json")
    assert len(table) == 6
    assert table.loc[2, "induction"] == 0.78


def test_missing_values_are_null_and_empty(fetch):
    first = fetch("/api/heads?model=gpt2-xl&format=json").json()[0]
    assert first["entropy"] is None
    assert first["category"] == "not_measured"
    row = fetch("/api/heads?model=gpt2-xl&format=csv").text.splitlines()[1]
    assert row.startswith("0,0,not_measured,not_measured,,,False,0.0278,,")


def test_a_parquet_download_carries_its_provenance(fetch):
    answer = fetch("/api/heads?model=tiny&format=parquet")
    metadata = pq.read_schema(io.BytesIO(answer.body)).metadata
    assert json.loads(metadata[b"headstrata"])["title"] == "Tiny Model"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tiny-heads.parquet"'


def test_effects_of_two_tables_are_one_csv(server, fetch):
    """All bins together make the sums of the head table, in both."""
    asked = "model=smollm2-135m&other=smollm2-135m&width=8&format=csv"
    rows = pd.read_csv(f"{server.url}/api/effects?{asked}")
    assert rows["bin"].unique().tolist() == ["0%-25%", "25%-50%", "50%-75%", "75%-100%"]
    heads = Store(str(server.cache)).read("smollm2-135m").heads
    assert rows["effect"].unique().tolist() == ["effect_repeated", "effect_natural"]
    for name, own in rows.groupby("effect"):
        effects = heads[name].astype(float)
        assert own["above"].sum() == pytest.approx(2 * effects[effects > 0].sum())
        assert own["below"].sum() == pytest.approx(2 * effects[effects < 0].sum())
    answer = fetch(f"/api/effects?{asked}&t=induction:0.3")
    name = "smollm2-135m-effects-8-t-induction-0.3.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_tables_without_an_effect_in_common_say_so(fetch):
    answer = fetch("/api/effects?model=smollm2-135m&other=gpt2-xl&width=8")
    assert answer.status == 400
    assert answer.json()["error"] == (
        "smollm2-135m and gpt2-xl-published have no effect in common: headstrata classify MODEL "
        "--evidence measures them"
    )


def test_bins_count_by_hand(fetch):
    rows = fetch("/api/bins?model=tiny&width=2&taxonomy=grouped").json()
    assert [row["bin"] for row in rows[::4]] == ["[0, 2)", "[2, 3)"]
    assert [(row["group"], row["heads"], row["percent"]) for row in rows[:4]] == [
        ("content", 2, "50.0%"),
        ("positional", 0, "0.0%"),
        ("sink", 0, "0.0%"),
        ("diffuse", 2, "50.0%"),
    ]
    assert sum(row["heads"] for row in rows) == 6


def test_bins_as_csv_and_parquet(server):
    address = f"{server.url}/api/bins?model=gpt2-xl&width=12&format="
    table = pd.read_csv(address + "csv")
    told = ["bin", "start", "stop", "category", "heads", "share", "percent"]
    assert list(table.columns) == [*told, "heads_low", "heads_high"]
    assert table["heads_low"].isna().all()  # no standard errors were published
    assert table.groupby("bin", sort=False)["heads"].sum().tolist() == [300] * 4
    assert table.loc[table["category"] == "induction", "heads"].tolist() == [0, 17, 36, 9]
    whole = pd.read_parquet(address + "parquet")
    pd.testing.assert_frame_equal(whole.astype(table.dtypes), table)
    assert whole.attrs["provenance"]["source"] == "published"
    assert whole["share"].dtype == "float64"  # beside percent, which is a text


def test_a_published_table_answers_to_its_short_name(fetch):
    short = fetch("/api/heads?model=gpt2-xl&format=csv").body
    assert short == fetch("/api/heads?model=gpt2-xl-published&format=csv").body
    assert short.count(b"\n") == 1201


def test_an_unchanged_table_is_not_sent_twice(fetch):
    for encoding in ("identity", "br"):
        first = fetch("/api/heads?model=tiny&format=csv", Accept_Encoding=encoding)
        assert "no-cache" in first.headers["Cache-Control"]
        again = fetch(
            "/api/heads?model=tiny&format=csv",
            Accept_Encoding=encoding,
            If_None_Match=first.headers["ETag"],
        )
        assert (again.status, again.body) == (304, b"")


def test_a_table_written_again_is_seen_at_once(fetch, server):
    store = Store(str(server.cache))
    store.write("rewritten", made_tables.heads(), made_tables.provenance())
    first = fetch("/api/heads?model=rewritten&format=csv")
    assert first.body.count(b",induction,content,") == 0
    store.write("rewritten", made_tables.heads(induction=0.9), made_tables.provenance())
    second = fetch("/api/heads?model=rewritten&format=csv", If_None_Match=first.headers["ETag"])
    assert second.status == 200
    assert second.body.count(b",induction,content,") == 6
    store.remove("tables/rewritten.parquet")
    assert fetch("/api/heads?model=rewritten").status == 404


def test_models_lists_computed_tables_first(fetch):
    models = fetch("/api/models").json()
    assert [m["name"] for m in models] == [
        "tiny",
        "smollm2-135m",
        "gpt2-xl-published",
        "gpt2-published",
    ]
    tiny = models[0]
    assert (tiny["layers"], tiny["heads"], tiny["heads_total"]) == (3, 2, 6)
    assert (tiny["source"], tiny["computed_at"]) == ("computed", "2026-11-01T12:00:00+00:00")


def test_a_bad_table_is_named_and_hides_nothing(fetch):
    problems = {p["name"]: p["reason"] for p in fetch("/api/problems").json()}
    assert sorted(problems) == ["cut-short", "foreign"]
    assert "not a whole parquet file" in problems["cut-short"]
    assert "not written by Headstrata" in problems["foreign"]
    answer = fetch("/api/heads?model=cut-short")
    assert answer.status == 404
    assert "classify the model again" in answer.json()["error"]


def test_jobs_show_progress_and_no_paths(fetch, server):
    Store(str(server.cache)).write_job(  # here: after 90 s of silence it would count as lost
        Job(
            id="job-1",
            name="big",
            title="Big Model",
            model="/home/somebody/private/big",
            state="running",
            fraction=0.4,
            eta_s=12,
            options={"text": "/home/somebody/private.txt"},
        )
    )
    (job,) = fetch("/api/jobs").json()
    assert (job["title"], job["state"], job["fraction"], job["lost"]) == (
        "Big Model",
        "running",
        0.4,
        False,
    )
    assert "private" not in json.dumps(job)


@pytest.mark.parametrize("name", ["induction", "delimiter", "broad"])
def test_taxonomy_has_what_a_label_means(fetch, name):
    answer = fetch("/api/taxonomy").json()
    category = next(c for c in answer["categories"] if c["name"] == name)
    for field in ("sentence", "formula", "threshold", "colour", "colour_dark", "probe", "citation"):
        assert category[field], field
    assert category["citation"][0]["url"].startswith("https://arxiv.org/abs/")


def test_taxonomy_names_every_category_and_group_of_the_contract(fetch):
    answer = fetch("/api/taxonomy").json()
    assert len(answer["categories"]) == 13
    assert {g["name"] for g in answer["groups"]} == {
        "content",
        "positional",
        "sink",
        "diffuse",
        "not_measured",
    }


def test_what_if_thresholds_are_applied_and_said(fetch):
    answer = fetch("/api/heads?model=tiny&format=csv&t=induction:0.8")
    table = pd.read_csv(io.BytesIO(answer.body))
    assert table["category"].tolist()[::2] == ["induction", "mixed", "unclassified"]
    assert set(table["thresholds"]) == {"induction:0.8"}
    assert "induction-0.8" in answer.headers["Content-Disposition"]


def test_bins_tell_changed_thresholds_in_name_column_and_provenance(fetch):
    answer = fetch("/api/bins?model=tiny&width=2&format=parquet&t=induction:0.8")
    assert "tiny-bins-2-detailed-t-induction-0.8.parquet" in answer.headers["Content-Disposition"]
    table = pq.read_table(io.BytesIO(answer.body))
    assert set(table["thresholds"].to_pylist()) == {"induction:0.8"}
    record = json.loads(table.schema.metadata[b"headstrata"])
    assert record["taxonomy"]["thresholds"]["induction"] == 0.8


@pytest.mark.parametrize(("model", "view"), [("gpt2-xl", "operations"), ("tiny", "budget")])
def test_bins_without_thresholds_of_ours_do_not_tell_of_any(fetch, model, view):
    path = f"/api/bins?model={model}&width=2&taxonomy={view}&format=csv"
    changed, plain = fetch(f"{path}&t=induction:0.8"), fetch(path)
    assert changed.body == plain.body
    name = "Content-Disposition"
    assert changed.headers[name] == plain.headers[name]


def test_operations_of_gpt2_xl_are_those_of_the_paper(fetch):
    rows = fetch("/api/bins?model=gpt2-xl&width=12&taxonomy=operations").json()
    with_one = [r["heads"] for r in rows if r["family"] != "no_operation"]
    assert sum(with_one) == 201
    assert sum(row["heads"] for row in rows) == 1200


def test_the_budget_of_every_bin_is_100_percent(fetch):
    rows = fetch("/api/bins?model=tiny&width=2&taxonomy=budget").json()
    assert [row["percent"] for row in rows] == ["12.5%"] * 16


def test_the_chart_is_a_picture_that_an_img_can_show(fetch):
    answer = fetch("/api/chart.svg?model=tiny&bins=1&taxonomy=grouped&show=percent&theme=dark")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "Tiny Model" in answer.text
    again = fetch(
        "/api/chart.svg?model=tiny&bins=1&taxonomy=grouped&show=percent&theme=dark",
        If_None_Match=answer.headers["ETag"],
    )
    assert again.status == 304


def test_the_chart_needs_no_more_than_a_model(fetch):
    assert "1 layer a bin" in fetch("/api/chart.svg?model=tiny").text
    assert (
        "what if: thresholds induction:0.3"
        in fetch("/api/chart.svg?model=tiny&t=induction:0.3").text
    )


def test_a_pinned_table_is_answered_as_long_as_it_is_that_one(server, fetch):
    digest = Store(str(server.cache)).read("tiny").sha256
    plain = fetch("/api/heads?model=tiny").body
    for pin in (digest[:8], digest[:16], digest.upper()):
        assert fetch(f"/api/heads?model=tiny@{pin}").body == plain
    assert fetch(f"/api/bins?model=tiny@{digest[:16]}&width=2").status == 200
    assert fetch(f"/api/chart.svg?model=tiny@{digest[:16]}").status == 200
    moved = fetch("/api/heads?model=tiny@0123456789abcdef")
    assert moved.status == 404
    assert moved.json()["error"] == (
        "the table 'tiny' with the hash 0123456789abcdef is not here any more: the one of this "
        f"name was computed again (2026-11-01, hash {digest[:16]}); leave @0123456789abcdef out to "
        "get that one"
    )
    for bad in ("xyz", "0123456", "", "0" * 65):
        refused = fetch(f"/api/heads?model=tiny@{bad}")
        assert refused.status == 400
        assert "is not a hash of 8 to 64 hexadecimal digits" in refused.json()["error"]


def test_the_patterns_of_some_heads_on_one_prompt(fetch):
    query = "/api/patterns?model=tiny&prompt=ioi&heads=2.1,0.0"
    answer = fetch(query)
    assert answer.status == 200
    found = answer.json()
    assert found["tokens"] == ["When", " Mary", " <b>"]
    assert b"<" not in answer.body
    # head 2.1 is row 5: bytes 45 to 53, of which 45; 48, 49; 51, 52, 53 are not above the diagonal
    triangles = {head: list(base64.b64decode(text)) for head, text in found["heads"].items()}
    assert triangles == {"2.1": [45, 48, 49, 51, 52, 53], "0.0": [0, 3, 4, 6, 7, 8]}
    assert fetch(query, If_None_Match=answer.headers["ETag"]).status == 304


def test_what_heads_read_on_natural_text(fetch):
    found = fetch("/api/reads?model=smollm2-135m&heads=18.6,16.0,1.0").json()["heads"]
    assert list(found) == ["18.6", "16.0", "1.0"]
    for read in found.values():
        weights = [example["weight"] for example in read["examples"]]
        assert weights == sorted(weights, reverse=True)
        fifths = [example["fifth"] for example in read["examples"]]
        assert fifths[0] == 5
        assert {*fifths} <= {1, 2, 3, 4, 5}
    assert {one["back"] for one in found["16.0"]["examples"][:2]} == {1}  # a previous-token head
    assert found["16.0"]["tokens"] == []  # whichever token is before
    told = found["1.0"]["tokens"]  # a delimiter head
    assert [one["text"] for one in told[:2]] == [".", ","]
    assert all(one["share"] > one["expected"] for one in told)

"""Nonsense from outside: 4xx, one JSON sentence, nothing echoed, nothing broken."""

import json
import random
from urllib.parse import quote

import pytest

BAD_WIDTHS = ["0", "-1", "abc", "1e9", "4", "1.5", "", "１２", "9" * 3000, "<b>1</b>", "1;2", "NaN"]


@pytest.mark.parametrize("width", BAD_WIDTHS)
def test_a_bad_width_is_named_with_what_is_allowed(fetch, width):
    answer = fetch(f"/api/bins?model=tiny&width={quote(width)}")
    assert answer.status == 400
    error = answer.json()["error"]
    assert "width" in error
    assert "3" in error
    assert len(error) < 200
    assert b"<" not in answer.body


@pytest.mark.parametrize("value", ["0", "-1", "abc", "1e9"])
def test_the_page_key_bins_is_refused_by_the_api_by_name(fetch, value):
    answer = fetch(f"/api/bins?model=tiny&bins={value}")
    assert answer.status == 400
    assert answer.json()["error"] == (
        "query key 'bins' is not known here; allowed: model, width, taxonomy, format, t"
    )


@pytest.mark.parametrize("route", ["heads?format=csv", "bins?width=1"])
@pytest.mark.parametrize(
    ("model", "status"),
    [
        ("nobody", 404),
        ("../../etc/passwd", 400),
        ("..%2f..%2fetc%2fpasswd", 400),
        ("/etc/passwd", 400),
        ("tiny.parquet", 404),
        ("tiny/../tiny", 400),
        ("tiny\0", 400),
        ("<script>alert(1)</script>", 400),
        ("", 400),
        ("x" * 3000, 400),
        ("s3://bucket/tiny", 400),
    ],
)
def test_a_model_that_is_none(fetch, route, model, status):
    answer = fetch(f"/api/{route}&model={quote(model)}")
    assert answer.status == status
    error = answer.json()["error"]
    assert "root:" not in error
    assert len(error) < 300
    assert b"<" not in answer.body


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("heads?model=tiny&format=xml", "csv, parquet, json"),
        ("heads?model=tiny&format=", "csv, parquet, json"),
        ("bins?model=tiny&width=1&taxonomy=fancy", "detailed, grouped"),
        ("bins?model=tiny&width=1&format=<b>", "csv, parquet, json"),
        ("bins?model=tiny", "width is missing"),
        ("heads", "model is missing"),
        ("models?x=<img src=x>", "is not known here"),
        ("heads?model=tiny&t=induction:2", "induction"),
        ("heads?model=tiny&t=induction:nan", "induction"),
        ("heads?model=tiny&t=<b>:0.5", "no threshold named"),
        ("heads?model=tiny&t=induction", "CATEGORY:VALUE"),
        ("bins?model=tiny&width=1&t=induction:<b>", "is not a plain decimal"),
        ("bins?model=tiny&width=1&t=induction:3e-1", "'3e-1' is not a plain decimal"),
        ("heads?model=tiny&t=induction:0.3,induction:0.5", "is given twice"),
        ("bins?model=tiny&width=1&taxonomy=operations", "operations"),
        ("heads?model=tiny&taxonomy=operations", "operations"),
        ("bins?model=gpt2&width=1&taxonomy=budget", "budget"),
        ("bins?model=tiny&width=1&taxonomy=budget&t=foo:1", "no threshold named"),
        ("heads?model=tiny&taxonomy=budget", "detailed, operations"),
        ("heads?model=tiny&taxonomy=grouped", "detailed, operations"),
    ],
)
def test_a_bad_value_says_what_is_allowed(fetch, path, said):
    answer = fetch("/api/" + quote(path, safe="?&="))
    assert answer.status == 400
    assert said in answer.json()["error"]
    assert b"<" not in answer.body


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nope", "/api/heads/", "/api/<b>x"])
def test_an_unknown_api_route_is_a_json_404(fetch, path):
    answer = fetch(quote(path))
    assert answer.status == 404
    assert "error" in answer.json()


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/nope.css",
        "/assets/..%2f..%2fpyproject.toml",
        "/_dash-component-suites/nope/x.js",
        "/_dash-component-suites/dash/<script>.js",
    ],
)
def test_any_other_wrong_address_is_a_plain_404(fetch, path):
    answer = fetch(quote(path, safe="/%"))
    assert answer.status == 404
    assert answer.headers.get_content_type() == "text/html"
    assert b"passwd" not in answer.body
    assert b"<script" not in answer.body
    assert b'href="/assets/headstrata.css"' in answer.body  # it looks like the page


@pytest.mark.parametrize("query", ["bins=0", "bins=-1", "bins=abc", "bins=1e9", "model=../../x"])
def test_the_page_stays_up_whatever_its_query_says(fetch, query):
    assert fetch(f"/?{query}&head=<script>alert(1)</script>".replace("<", "%3C")).status == 200


def test_methods_and_sizes_that_are_not_served(fetch):
    answer = fetch("/api/heads?model=tiny", method="DELETE")
    assert answer.status == 405
    assert "GET" in answer.headers["Allow"]
    assert "error" in answer.json()
    post = {"Content_Type": "application/json"}
    assert fetch("/_dash-update-component", b" " * 1_100_000, **post).status == 413


BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"7",
    b'"x"',
    b"\xff\xfe",
    b"{}",
    b'{"output": "nope.children"}',
    b'{"output": ["a"], "inputs": 7}',
    b'{"output": {"a": 1}}',
    b'{"output": "..nope.children..", "inputs": [], "state": {}, "changedPropIds": 4}',
    b"[" * 5000,
]


@pytest.mark.parametrize("body", BODIES)
def test_a_callback_body_that_is_none_is_a_bad_request(fetch, body):
    answer = fetch("/_dash-update-component", body, Content_Type="application/json")
    assert answer.status == 400


def test_callbacks_survive_a_small_fuzz(fetch_freely):
    """Real callbacks with real shapes and foolish values: never a 5xx."""
    fetch = fetch_freely
    dice = random.Random(7)
    junk = [None, -1, 1e99, "x", "<b>", [], {}, True, ["a"], {"points": [{}]}, "../../etc/passwd"]
    for callback in fetch("/_dash-dependencies").json():
        if callback["clientside_function"]:
            continue
        for outputs in [_outputs(callback["output"])] * 4 + [dice.choice(junk)]:
            values = [
                [{**field, "value": dice.choice(junk)} for field in callback[kind]]
                for kind in ("inputs", "state")
            ]
            body = {
                "output": callback["output"],
                "outputs": outputs,
                "inputs": values[0],
                "state": values[1],
                "changedPropIds": [f"{f['id']}.{f['property']}" for f in values[0]],
            }
            answer = fetch(
                "/_dash-update-component",
                json.dumps(body).encode(),
                Content_Type="application/json",
            )
            assert answer.status in (200, 204, 400), (callback["output"], body, answer.text)


def _outputs(named):
    """What the page sends beside ``..a.children...b.data..`` or ``a.children``."""
    if not named.startswith(".."):
        return dict(zip(("id", "property"), named.rsplit(".", 1), strict=True))
    return [_outputs(part) for part in named[2:-2].split("...")]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 400, "model is missing"),
        ("model=nobody", 404, "no table named 'nobody'"),
        ("model=tiny&bins=4", 400, "bin width 4 is not between 1 and 3 layers"),
        ("model=tiny&bins=x", 400, "bins 'x' is not a whole number from 1 to 3"),
        ("model=tiny&taxonomy=budget", 400, "taxonomy 'budget' is not one of detailed, grouped"),
        ("model=tiny&show=all", 400, "show 'all' is not one of count, percent, budget"),
        ("model=tiny&theme=blue", 400, "theme 'blue' is not one of light, dark"),
        ("model=tiny&only=induction,x", 400, "only 'x' is not one of induction, duplicate"),
        ("model=tiny&t=induction", 400, "write CATEGORY:VALUE"),
        ("model=tiny&width=1", 400, "allowed: model, bins, taxonomy, show, theme, t"),
        ("model=tiny&taxonomy=operations", 400, "No operations were published"),
        ("model=gpt2-xl&show=budget", 400, "has no attention budget"),
    ],
)
def test_a_chart_that_cannot_be_drawn_says_why(fetch, query, status, said):
    answer = fetch(f"/api/chart.svg?{query}")
    assert answer.status == status
    assert said in answer.json()["error"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("model=tiny&prompt=ioi", 400, "heads is missing"),
        ("model=tiny&prompt=poem&heads=0.0", 400, "prompt 'poem' is not one of repeated, natural"),
        ("model=tiny&prompt=ioi&heads=0", 400, "'0' is not LAYER.HEAD"),
        ("model=tiny&prompt=ioi&heads=0.0,,1.0", 400, "'' is not LAYER.HEAD"),
        ("model=tiny&prompt=ioi&heads=3.0", 400, "tiny has no layer 3"),
        ("model=tiny&prompt=ioi&heads=0.2", 400, "tiny has no head 2"),
        (f"model=tiny&prompt=ioi&heads={','.join(f'0.{i}' for i in range(49))}", 400, "at most 48"),
        ("model=tiny&prompt=code&heads=0.0", 404, "they were made without it"),
        ("model=gpt2-xl&prompt=ioi&heads=0.0", 404, "no attention patterns beside it"),
        ("model=nobody&prompt=ioi&heads=0.0", 404, "no table named 'nobody'"),
    ],
)
def test_patterns_that_are_not_there_say_why(fetch, query, status, said):
    answer = fetch(f"/api/patterns?{query}")
    assert answer.status == status
    assert said in answer.json()["error"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("model=tiny", 400, "heads is missing"),
        ("model=tiny&heads=0", 400, "'0' is not LAYER.HEAD"),
        ("model=tiny&heads=0.2", 400, "tiny has no head 2"),
        ("model=tiny&heads=0.0", 404, "what the heads of tiny read is not stored beside it"),
        ("model=gpt2-xl&heads=0.0", 404, "what the heads of gpt2-xl-published read is not stored"),
    ],
)
def test_what_heads_read_says_why_it_is_not_there(fetch, query, status, said):
    answer = fetch(f"/api/reads?{query}")
    assert answer.status == status
    assert said in answer.json()["error"]


@pytest.mark.parametrize("model", ["nobody", "../tiny", "cut-short", "<b>x</b>"])
def test_a_frame_shows_the_table_that_it_names_or_none(fetch, model):
    answer = fetch(f"/embed?model={quote(model)}")
    assert answer.status == 404
    assert "frame-ancestors" not in answer.headers["Content-Security-Policy"]
    assert b"<b>x" not in answer.body
    assert fetch("/embed?model=tiny").status == 200
    assert fetch("/embed?model=gpt2-xl").status == 200  # without its "-published"
    assert fetch("/embed").status == 200

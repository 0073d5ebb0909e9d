"""``/models``: every table as a small picture, whole without a script."""

import re
from datetime import UTC, datetime

import made_tables
import pytest

from app.overview.depth import depth_bins, paths
from app.server import create_app
from cache.store import Store
from headstrata.settings import Settings


@pytest.fixture(scope="module")
def get(tmp_path_factory):
    """Ask the server; three tables of its own, of which one is damaged, and those that ship."""
    folder = tmp_path_factory.mktemp("overview")
    store = Store(str(folder), create=True)
    induction = [0.9, 0.05, 0.78, 0.05, 0.05, 0.05]  # 2 of 6 heads
    uni = made_tables.provenance(title="Ünï <b>Mödel</b>")
    store.write("uni", made_tables.heads(induction=induction), uni)
    store.write("deep", made_tables.heads(12), made_tables.provenance(12, title="Deep"))
    store.write("bad", made_tables.heads(), made_tables.provenance())
    whole = (folder / "tables/bad.parquet").read_bytes()
    (folder / "tables/bad.parquet").write_bytes(whole[:4] + bytes(400) + whole[404:])
    client = create_app(Settings.load(cache=str(folder))).server.test_client()
    return lambda query="": client.get(f"/models{query}")


def titles(text: str) -> list[str]:
    """The names of the cards that are shown, in order."""
    cards = re.findall(r'<li class="mini"( hidden)?>\s*<h2><a href="[^"]*">(.*?)</a>', text)
    return [title for hidden, title in cards if not hidden]


SHIPPED = ["GPT-2 XL", "GPT-2 small", "SmolLM2-135M Instruct (Q4_1)"]
UNI = "Ünï &lt;b&gt;Mödel&lt;/b&gt;"


def test_every_table_has_a_picture_and_what_is_known_of_it(get):
    answer = get()
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    text = answer.text
    assert sorted(titles(text)) == sorted([UNI, "Deep", *SHIPPED])
    assert "3 layers × 2 heads, 9 of 9 scores" in text
    assert "48 layers × 25 heads, 2 of 9 scores" in text
    assert "1,102 of 1,200 heads not measured" in text
    assert 'aria-label="6 heads: Unclassified 4, Induction pattern 2"' in text
    assert "1 file cannot be shown" in text  # its footer is whole, so that it is listed
    assert re.search(r"<b>bad</b>: table &#39;bad&#39; cannot be read", text)
    assert get("/").status_code == 404


def test_search_order_and_slider_work_without_a_script(get):
    assert titles(get("?q=uni+model").text) == [UNI]
    text = get("?q=nobody").text
    assert titles(text) == []
    assert "Nothing found for “nobody”" in text
    assert titles(get("?sort=layers").text)[:2] == ["GPT-2 XL", SHIPPED[2]]
    ranked = get("?sort=induction").text
    assert titles(ranked)[0] == UNI
    assert "<span>Induction pattern <b>33.3%</b></span>" in ranked
    assert "<span>Induction pattern <b>0.0%</b></span>" in ranked  # of Deep
    # 3 layers: two bins of 1 and 2 layers; heads 1 of 2 and 1 of 4 are induction heads
    assert 'class="s-induction" d="M0 360H780V720H0zM800 540H2380V720H800z"' in get("?bins=2").text
    alone = get("?only=induction").text
    assert "--o-unclassified:.13;" in alone
    assert "--o-induction:" not in alone
    grouped = get("?taxonomy=grouped&theme=dark").text
    assert '<html lang="en" data-theme="dark">' in grouped
    assert 'aria-label="6 heads: Diffuse 4, Content 2"' in grouped


def test_a_bad_value_is_named_and_the_rest_holds(get):
    text = get("?bins=1&sort=<i>&only=nope&theme=red&taxonomy=x&q=deep&more=1").text
    assert titles(text) == ["Deep"]
    for said in (
        "bins=&#39;1&#39; is not a whole number from 2 to 12.",
        "sort=&#39;&lt;i&gt;&#39; is not one of date, name, layers, induction,",
        "only=&#39;nope&#39; is not one of",
        "theme=&#39;red&#39; is not one of light, dark.",
        "taxonomy=&#39;x&#39; is not one of detailed, grouped.",
        "&#39;more&#39; is not known here",
    ):
        assert said in text


def test_the_newest_come_first_wherever_they_lie(tmp_path):
    store = Store(str(tmp_path), create=True)
    for year in (2020, 2030):
        date = datetime(year, 1, 1, tzinfo=UTC)
        record = made_tables.provenance(title=str(year), computed_at=date)
        store.write(f"own-{year}", made_tables.heads(), record)
    client = create_app(Settings.load(cache=str(tmp_path))).server.test_client()
    found = titles(client.get("/models").text)
    assert found[:2] == ["2030", "SmolLM2-135M Instruct (Q4_1)"]
    assert found[-1] == "2020"


def test_one_table_and_none_are_states_of_their_own(tmp_path):
    store = Store(str(tmp_path), create=True)
    client = create_app(Settings.load(cache=str(tmp_path), published=False)).server.test_client()
    assert "No model has been classified yet" in (text := client.get("/models").text)
    assert "overview-controls" not in text
    store.write("one", made_tables.heads(1, 1), made_tables.provenance(1, 1))
    text = client.get("/models").text
    assert "1 layer × 1 head," in text
    assert "to see it beside this one" in text
    assert 'name="q"' not in text  # nothing to search or sort


def test_a_partly_measured_table_draws_its_named_heads():
    """Of two bins with 1 and 2 of 4 heads named: a quarter and half of the height."""
    counts = {"induction": [1, 2], "not_measured": [3, 2]}
    drawn = paths(counts, ["induction", "not_measured"], 2, 6)
    assert drawn == {"induction": "M0 540H1180V720H0zM1200 360H2380V720H1200z"}


def test_bins_are_as_equal_as_whole_layers_can_be():
    assert depth_bins(30, 4) == [(0, 7), (7, 15), (15, 22), (22, 30)]
    assert depth_bins(2, 12) == [(0, 1), (1, 2)]

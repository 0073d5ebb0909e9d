"""What both languages say: the cases of tests/twins.json are what Python makes now."""

from scripts import make_twins


def test_the_fixture_is_what_python_makes():
    made = make_twins.written(make_twins.twins())
    assert make_twins.FILE.read_text(encoding="utf-8") == made, "run: python scripts/make_twins.py"

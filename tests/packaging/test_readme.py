"""The README says what the code does."""

import re
import runpy
from pathlib import Path

import pytest
import typer

import headstrata
from cache import schema
from headstrata.cli import cli
from headstrata.settings import Settings
from vocabulary import taxonomy

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_the_tables_are_those_of_the_code():
    script = runpy.run_path(str(ROOT / "scripts/make_readme.py"))
    assert script["fill"](README) == README, "run: python scripts/make_readme.py"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_and_described(name):
    variable = "PORT" if name == "port" else f"HEADSTRATA_{name.upper()}"
    assert f"| `{variable}` |" in README
    assert Settings.model_fields[name].description


def test_every_column_and_category_is_documented():
    for name in (*schema.NAMES, *taxonomy.CATEGORIES):
        assert f"`{name}`" in README, name


def test_every_command_and_option_is_documented():
    group = typer.main.get_command(cli)
    for name, command in group.commands.items():
        assert f"| `headstrata {name}" in README, name
        for option in command.params:
            for flag in option.opts:
                if flag.startswith("--") and flag != "--help":
                    assert f"`{flag}" in README, (name, flag)


def test_it_opens_with_five_lines_of_python_that_run(tiny_gpt2, tmp_path, monkeypatch):
    block = README.split("```")[1]
    lines = [line for line in block.splitlines() if line]
    assert (lines[0], len(lines[1:])) == ("python", 5)
    score = headstrata.score
    monkeypatch.setattr(
        headstrata, "score", lambda _: score(str(tiny_gpt2), prompts=2, length=32, progress=False)
    )
    monkeypatch.setenv("HEADSTRATA_CACHE", str(tmp_path))
    names = {}
    exec("\n".join(lines[1:]), names)
    assert "tiny-gpt2" in [table["name"] for table in headstrata.models()]
    assert len(names["table"].heads) == 8


def test_every_local_link_leads_somewhere():
    for target in re.findall(r"\]\(((?!https?:)[^)#]+)\)", README):
        assert (ROOT / target).exists(), target

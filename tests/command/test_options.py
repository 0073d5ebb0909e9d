"""The flags that commands share."""

import pytest
import typer

from classify.request import Request
from headstrata.cli import cli


@pytest.mark.parametrize("command", ["classify", "request"])
def test_every_field_of_a_request_is_a_flag_and_comes_through(command, monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr("classify.worker.run_job", lambda request, _: made.append(request))
    monkeypatch.setattr(
        "classify.worker.request_job", lambda request, _: made.append(request) or request
    )
    flags = {
        "name": "mine",
        "title": "Mine, again",
        "device": "cpu",
        "dtype": "float32",
        "prompts": 3,
        "length": 40,
        "rows": 8,
        "text": "text.txt",
        "bos": "none",
        "seed": 7,
        "revision": "v1",
    }
    given = [part for name, value in flags.items() for part in (f"--{name}", str(value))]
    given, flags = [*given, "--replace"], {**flags, "replace": True}
    given, flags = [*given, "--allow-bin"], {**flags, "allow_bin": True}
    given, flags = [*given, "--evidence"], {**flags, "evidence": True}  # the others ask for some
    effects = {"effect_repeated": 4, "effect_natural": 0}
    given = [*given, "--effect-repeated", "4", "--effect-natural", "0"]
    flags |= effects

    group = typer.main.get_command(cli)
    assert {p.name for p in group.commands[command].params} == {*Request.model_fields, "cache"}
    arguments = [command, "gpt2", "--cache", str(tmp_path), *given]
    group.main(arguments, standalone_mode=False)

    assert [request.model_dump() for request in made] == [{"model": "gpt2", **flags}]

"""Bad input: exit code 2, one clear line on standard error, nothing on standard output."""

import socket
import sys

import pytest
from command_line import Result

from cache.store import Store
from headstrata import __version__, cli

MISSING = "/no/such/folder"


def refused(done: Result, said: str) -> None:
    assert done.code == 2, done
    assert done.out == b""
    assert done.err.startswith("headstrata: ")
    assert done.err.count("\n") == 1, done.err
    assert said in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("export nobody", "there are: smollm2-135m, gpt2-published, gpt2-xl-published"),
        ("export ../../etc/passwd", "is not a table name"),
        ("export gpt2-xl --bins 0", "not between 1 and 48 layers"),
        ("export gpt2-xl --bins -1", "not between 1 and 48 layers"),
        ("export gpt2-xl --bins 49", "not between 1 and 48 layers"),
        ("export gpt2-xl --bins abc", "'--bins'"),
        ("export gpt2-xl --bins 1e9", "'--bins'"),
        ("export gpt2-xl --bins 4 --taxonomy fancy", "detailed, grouped"),
        ("export gpt2-xl --taxonomy grouped", "--bins"),
        ("export gpt2-xl --format xml", "csv, parquet, json"),
        ("export gpt2-xl --output /no/such/folder/x.csv", "No such file or directory"),
        ("export gpt2-xl --output /tmp", "Is a directory"),
        ("export", "Missing argument 'NAME'"),
        (f"export gpt2-xl --cache {MISSING}", "does not exist"),
        (f"models --cache {MISSING}", "does not exist"),
        ("models --cache /etc/passwd", "is a file"),
        ("models --cache nope://x", "Protocol not known"),
        ("models --cache ftp://127.0.0.1:9/x", "cannot be used: Connection refused"),
        ("models --json --nope", "--nope"),
        (f"serve --cache {MISSING}", "does not exist"),
        ("serve --port 0", "port=0"),
        ("serve --port 65536", "port=65536"),
        ("serve --port abc", "'--port'"),
        ("serve --workers 0", "workers=0"),
        ("serve --threads 1000", "threads=1000"),
        ("serve --host 203.0.113.1", "cannot listen at 203.0.113.1"),
        ("request", "Missing argument 'MODEL'"),
        ("request gpt2 --length 3", "--length 3"),
        ("request gpt2 --length abc", "'--length'"),
        ("request gpt2 --prompts 0", "--prompts '0'"),
        ("request gpt2 --prompts many", "--prompts 'many'"),
        ("request gpt2 --rows 0", "--rows '0'"),
        ("request gpt2 --dtype int8", "float32, bfloat16 or float16"),
        ("request gpt2 --device toaster", "cuda"),
        ("request gpt2 --seed -1", "--seed -1"),
        ("request gpt2 --name ../x", "is not a table name"),
        ("request /no/such/small-noisy/model --name planted", "no such folder, and not a hub id"),
        ("request ./nowhere", "no such folder"),
        ("request nowhere.gguf", "no such GGUF file"),
        ("request gpt2 --text nowhere.txt", "--text nowhere.txt: no such file"),
        (f"request gpt2 --title {'x' * 201}", "give a name of 1 to 200 characters"),
        ("request gpt2 --cache /etc/passwd/x", "cannot"),
        ("nonsense", "No such command 'nonsense'"),
        ("--nonsense", "--nonsense"),
        ("export gpt2-xl extra words", "extra"),
    ],
)
def test_one_line_and_code_2(headstrata, arguments, said):
    refused(headstrata(*arguments.split()), said)


@pytest.mark.parametrize(
    ("arguments", "setting", "said"),
    [
        ("export nobody", {}, "there are: smollm2-135m, gpt2-published, gpt2-xl-published"),
        ("nonsense", {}, "No such command 'nonsense'"),
        ("serve --workers 0", {}, "workers=0"),
        ("serve", {"PORT": "http"}, "PORT='http'"),
    ],
)
def test_the_console_script_too(script, arguments, setting, said):
    refused(script(*arguments.split(), **setting), said)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"PORT": "http"}, "PORT='http'"),
        ({"HEADSTRATA_WORKERS": "many"}, "workers='many'"),
        ({"HEADSTRATA_CACHE": MISSING}, "does not exist"),
        ({"HEADSTRATA_CACHE": ""}, "cache=''"),
    ],
)
def test_a_bad_setting_is_named(headstrata, setting, said):
    refused(headstrata("serve", **setting), said)


def test_a_missing_argument_value_is_one_line_too(headstrata):
    refused(headstrata("models", "--cache"), "--cache")


def test_a_taken_port_is_said_before_gunicorn_starts(script, cache):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = script("serve", "--port", str(port), "--cache", str(cache))
    refused(done, f"cannot listen at 127.0.0.1:{port} (Address already in use)")


def test_a_reading_command_makes_no_folder(headstrata, tmp_path):
    for command in (["models"], ["export", "gpt2-xl"], ["serve"]):
        headstrata(*command, "--cache", str(tmp_path / "typo"))
    assert not (tmp_path / "typo").exists()


def test_where_no_folder_can_be_made_the_shipped_tables_are_read(script):
    nowhere = "/proc/home" if sys.platform == "linux" else "/System/home"  # not even by root
    home = {"HOME": nowhere, "XDG_CACHE_HOME": f"{nowhere}/.cache"}
    done = script("models", **home)
    assert done.code == 0
    assert b"gpt2-xl" in done.out
    refused(script("request", "gpt2", **home), "name another with --cache or HEADSTRATA_CACHE")


def test_the_default_cache_is_made_by_what_writes(script, tmp_path):
    folder = tmp_path / "home/.cache/headstrata"
    assert script("models").code == 0
    assert not folder.exists()
    assert script("request", "gpt2").code == 0
    assert folder.is_dir() or sys.platform == "darwin"


def test_a_request_makes_its_cache_and_can_be_seen(headstrata, tmp_path):
    folder = tmp_path / "new/cache"
    done = headstrata("request", "gpt2", "--cache", str(folder), "--prompts", "8")
    assert (done.code, done.out) == (0, b"")
    (job,) = Store(str(folder)).jobs()
    assert (job.name, job.title, job.state) == ("gpt2", "GPT-2 small", "requested")


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_full_disk_leaves_nothing_half_written(headstrata, tmp_path):
    done = headstrata("export", "gpt2-xl", "--output", "/dev/full")
    refused(done, "No space left on device")


def test_help_and_version_go_to_standard_output(headstrata, script):
    assert script("--version").text == f"{__version__}\n"
    bare = script()
    assert bare.code == 0
    for command in ["classify", "request", "work", "serve", "models", "export"]:
        assert f"  {command} " in bare.text
        assert headstrata(command, "--help").code == 0


def test_a_fault_of_ours_is_code_1_and_says_what_to_report(monkeypatch, capsys):
    monkeypatch.delenv("HEADSTRATA_DEBUG", raising=False)
    monkeypatch.setattr("headstrata.cli.commands.open_cache", lambda *_, **__: 1 / 0)
    assert cli.run(["models"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "ZeroDivisionError" in said.err
    assert "HEADSTRATA_DEBUG=1" in said.err
    monkeypatch.setenv("HEADSTRATA_DEBUG", "1")
    assert cli.run(["models"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_is_code_130(monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("headstrata.cli.commands.open_cache", interrupted)
    assert cli.run(["models"]) == 130
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["request", "classify"])
def test_a_table_of_another_model_stays(headstrata, cache, command):
    before = (cache / "tables/tiny.parquet").read_bytes()
    asked = (command, "me/other", "--name", "tiny", "--cache", str(cache))
    refused(
        headstrata(*asked),
        "a table 'tiny' of a different input: tiny (it is of another model); give this one "
        "another name with --name, or replace that table with --replace",
    )
    assert (cache / "tables/tiny.parquet").read_bytes() == before
    assert Store(str(cache)).jobs() == []


def test_a_table_of_another_model_is_replaced_if_that_is_said(headstrata, cache):
    done = headstrata("request", "me/other", "--name", "tiny", "--replace", "--cache", str(cache))
    assert done.code == 0, done
    [job] = Store(str(cache)).jobs()
    assert job.options == {"name": "tiny", "replace": True}

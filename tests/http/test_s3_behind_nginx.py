"""A worker and a dashboard's two processes on S3 (moto's server), behind nginx under a path.

``pytest -s`` prints what was asked and answered: ``benchmarks/results/s3-nginx.txt``.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from nginx_server import NGINX, SETTINGS, nginx_before
from running import serving
from s3_server import BUCKET, s3_server

from cache.store import Store

CACHE = f"s3://{BUCKET}/tables-of-heads"
FEW = "--prompts 4 --length 64 --no-evidence"


class Shell:
    """Runs commands and prints them as one would type them.

    Args:
        words: What is written in the place of this machine's folders and ports.
    """

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    def run(self, command: str) -> str:
        """What a command prints on both ways out, once it has ended well."""
        python = shlex.quote(sys.executable)
        whole = re.sub(r"^headstrata", f"{python} -m headstrata", command)
        whole = re.sub(r"^python ", f"{python} ", whole)
        done = subprocess.run(
            whole,
            shell=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            env={**os.environ, "HEADSTRATA_CACHE": CACHE, "HEADSTRATA_LOG_FORMAT": "json"},
        )
        assert done.returncode == 0, done.stdout
        self.say(f"$ {command}\n{done.stdout.strip()}\n")
        return done.stdout

    def say(self, text: str) -> None:
        """Print a text."""
        for own, word in self.words.items():
            text = text.replace(own, word)
        print(text, flush=True)  # noqa: T201 - what it is for


@pytest.fixture(scope="module")
def hosted(tmp_path_factory):
    """A dashboard's process and nginx's address."""
    if not NGINX:
        pytest.skip("there is no nginx here")
    folder: Path = tmp_path_factory.mktemp("hosted")
    with s3_server(folder / "s3.log"):
        Store(f"s3://{BUCKET}").filesystem.mkdir(BUCKET)
        with (
            serving(CACHE, folder / "log", processes=2, **SETTINGS) as server,
            nginx_before(server.url, folder) as url,
        ):
            yield server, url


def test_from_a_request_to_a_table_that_is_read_under_the_path(hosted, tiny_gpt2):
    server, url = hosted
    shell = Shell({url: "http://HOST", str(tiny_gpt2.parent): "MODELS"})
    here = f"{url}/heads"

    shell.say(f"$ export HEADSTRATA_CACHE={CACHE} HEADSTRATA_LOG_FORMAT=json\n")
    shell.run(f"headstrata request {tiny_gpt2} --name tiny {FEW}")
    assert '"state": "requested"' in shell.run(f"curl -s {here}/api/jobs")
    assert '"message": "tiny: done"' in shell.run("headstrata work --until-idle")
    assert '"name": "tiny"' in shell.run(f"curl -s {here}/api/models | head -c 300")
    whole = shell.run(f"curl -s '{here}/api/bins?model=tiny&width=2&format=csv'")
    assert whole.startswith("bin,start,stop,category,heads,share,percent")

    shell.say("# A reader that asks for parts; a browser that has seen it\n")
    address = f"'{here}/api/heads?model=tiny&format=parquet'"
    lines = "grep -i '^HTTP\\|content-length\\|content-range:'"
    told = shell.run(f"curl -s -r 0-3 -D - -o - {address} | tr -d '\\r' | {lines}")
    assert "HTTP/1.1 206" in told
    assert re.search(r"(?i)content-range: bytes 0-3/\d+", told)
    read = f"import pandas; print(pandas.read_parquet({address}).shape[0], 'heads')"
    assert shell.run(f'python -c "{read}"').strip() == "8 heads"
    tag = f"$(curl -sI {address} | tr -d '\\r' | sed -n 's/^[Ee][Tt]ag: //p')"
    again = f"curl -s -o /dev/null -w '%{{http_code}}\\n' -H \"If-None-Match: {tag}\" {address}"
    assert shell.run(again).strip() == "304"

    shell.say("# The page under its path: without the slash, and all that it names\n")
    led_to = shell.run(f"curl -sL -o /dev/null -w '%{{url_effective}}\\n' '{here}?model=tiny'")
    assert led_to.strip() == f"{here}/?model=tiny"
    page = f"curl -sL '{here}/?model=tiny'"
    named = shell.run(f"{page} | grep -o '<link rel=.canonical[^>]*>'")
    assert f'href="{here}/?' in named
    parts = re.findall(r'(?:src|href)="(\./|\.\./)?([^"#:]+)"', _quietly(page))
    asked = {path for _, path in parts if not path.startswith("/")}
    assert asked, "the page names nothing"
    assert not [path for _, path in parts if path.startswith("/")]
    codes = {
        path: _quietly(f"curl -s -o /dev/null -w '%{{http_code}}' '{here}/{_plain(path)}'")
        for path in asked
    }
    assert set(codes.values()) == {"200"}, codes
    shell.say(f"# {len(asked)} addresses in the page, all relative: each answers 200\n")

    shell.say("# One of the two processes is killed\n")
    first, _ = psutil.Process(server.process.pid).children()
    os.kill(first.pid, signal.SIGKILL)
    ask = f"curl -s -o /dev/null -w '%{{http_code}} ' {here}/api/models"
    answers = shell.run(f"for n in 1 2 3 4 5 6; do {ask}; done")
    assert answers.split() == ["200"] * 6
    assert '"ready"' in shell.run(f"curl -s {here}/readyz")


def _plain(path: str) -> str:
    return path.replace("&amp;", "&")


def _quietly(command: str) -> str:
    return subprocess.run(
        command, shell=True, check=True, capture_output=True, text=True, timeout=120
    ).stdout

"""The wheel, made from the sdist: as the image installs it, without torch, away from the clone."""

import email
import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from running import serving

ROOT = Path(__file__).parents[2]
PACKAGES = ["app", "assets", "cache", "classify", "headstrata", "vocabulary"]
#: Not the sources of the script and the style sheet.
ASSETS = {
    f"assets/{name}" for name in ("favicon.svg", "headstrata.css", "headstrata.js", "overview.js")
} | {f"assets/vendor/{path.name}" for path in (ROOT / "assets/vendor").iterdir()}


def call(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Of the sdist's files, and no others."""
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    [sdist] = folder.glob("headstrata-*.tar.gz")
    call(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder, sdist)
    (found,) = folder.glob("headstrata-*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """The wheel and what it asks for, and nothing else, in an environment of its own.

    What it asks for is linked from this environment, where pip has resolved it.
    """
    folder = tmp_path_factory.mktemp("environment")
    call(sys.executable, "-m", "venv", "--without-pip", folder)
    install = ("-m", "pip", "--python", folder / "bin/python", "install", "--quiet", "--no-deps")
    call(sys.executable, *install, wheel)
    [place] = folder.glob("lib/python*/site-packages")
    [metadata] = place.glob("headstrata-*.dist-info/METADATA")
    asked = email.message_from_string(metadata.read_text()).get_all("Requires-Dist")
    for name in closure(asked):
        for part in {file.parts[0] for file in distribution(name).files or ()} - {".."}:
            link, there = place / part, distribution(name).locate_file(part)
            if not link.exists() and part != "__pycache__":
                link.symlink_to(there)
    return folder


def closure(requirements):
    """The names of what these ask for, and of what that asks for, without extras of ours."""
    names, waiting = set(), [(line, {""}) for line in requirements]
    while waiting:
        line, extras = waiting.pop()
        asked = Requirement(line)
        applies = not asked.marker or any(asked.marker.evaluate({"extra": e}) for e in extras)
        if applies and (canonicalize_name(asked.name), *asked.extras) not in names:
            names.add((canonicalize_name(asked.name), *asked.extras))
            further = distribution(asked.name).requires or ()
            waiting += [(line, asked.extras or {""}) for line in further]
    return {name for name, *_ in names}


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel):
    listed = call("git", "ls-files", *PACKAGES, cwd=ROOT).split()
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    served = {name for name in listed if not name.startswith("assets/")} | ASSETS
    assert served - inside == set()
    assert {name for name in inside if name.startswith("assets/")} == ASSETS
    assert {name.split("/")[0] for name in inside} == set(PACKAGES)
    assert "cache/published/gpt2-xl-published.parquet" in inside
    assert "cache/shipped/tables/smollm2-135m.parquet" in inside
    assert "cache/shipped/patterns/smollm2-135m.parquet" in inside


def test_the_dashboard_serves_from_the_wheel_without_torch(environment, tmp_path):
    python = environment / "bin/python"
    found = "import importlib.util as i; print([i.find_spec(n) for n in ('torch', 'transformers')])"
    assert call(python, "-c", found, cwd=tmp_path) == "[None, None]\n"
    cache = tmp_path / "cache"
    cache.mkdir()
    with serving(cache, tmp_path / "log", python=str(python), folder=tmp_path) as server:
        page = read(server.url + "/")
        assets = re.findall(r'(?:src|href)="(?:\./)?(assets/[^"]+)"', page)
        assert any(".js" in path for path in assets)
        for path in assets:
            assert read(f"{server.url}/{path}")
        assert '"table":"smollm2-135m"' in read(server.url + "/readyz")
        assert read(server.url + "/api/heads?model=gpt2-xl").count("\n") == 1201


def test_the_console_script_says_how_to_get_the_worker(environment, tmp_path):
    script = environment / "bin/headstrata"
    home = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(
        [script, "classify", "gpt2"], capture_output=True, text=True, env=home, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert 'in your clone of Headstrata: pip install ".[worker]"' in done.stderr


def read(url):
    with urllib.request.urlopen(url, timeout=60) as response:
        return response.read().decode()

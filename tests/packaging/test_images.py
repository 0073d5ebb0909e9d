"""The images: what Docker would copy is there, and stays what the wheel is made of."""

import fnmatch
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def copied():
    """The sources of every COPY from the repository."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in shlex.split(line)[:-1]]


def test_everything_that_is_copied_exists_and_is_not_ignored():
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    for source in copied():
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, pattern) for pattern in allowed), source


def test_every_package_of_the_wheel_is_copied():
    wheel = re.search(r"^packages = (\[.+\])$", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert set(re.findall(r'"(\w+)"', wheel[1])) <= set(copied())


def test_neither_image_runs_as_root_and_the_web_image_has_no_torch():
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    by_name = {stage.splitlines()[0].split()[-1]: stage for stage in stages}
    assert list(by_name)[-1] == "web", "docker build without --target makes the last stage"
    for name in ("web", "worker"):
        assert "\nUSER 1000\n" in by_name[name]
    assert "HEALTHCHECK" in by_name["web"]
    assert "torch" not in by_name["web"] + by_name["base"] + by_name["build"]


def test_compose_shares_the_cache_between_web_and_worker():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert {name: service["build"]["target"] for name, service in services.items()} == {
        "web": "web",
        "worker": "worker",
    }
    for service in services.values():
        assert "cache:/cache" in service["volumes"]


@pytest.mark.parametrize("script", ["scripts/make_venv.sh", ".ci/run"])
def test_shell_scripts_parse(script):
    shell = "bash" if script == ".ci/run" else "sh"
    subprocess.run([shell, "-n", ROOT / script], check=True)

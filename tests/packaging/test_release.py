"""What a release consists of says the same everywhere."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.server import create_app
from headstrata import __version__
from headstrata.settings import Settings

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/checks.yml").read_text())


def locked(name: str) -> dict[str, tuple[str, int]]:
    """A lock file's packages: version and number of hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    blocks = re.findall(r"^(\S+?)==(\S+)(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return {
        canonicalize_name(package): (version, rest.count("--hash=sha256:"))
        for package, version, rest in blocks
    }


def test_the_citation_names_this_version_and_licence():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert cited["version"] == __version__
    assert cited["license"] == PROJECT["license"]
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()


def test_the_changelog_has_this_version():
    assert re.search(rf"^## {re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), re.M)


@pytest.mark.parametrize("path", ["/_dash-layout", "/models"])
def test_the_page_tells_its_version(tmp_path, path):
    client = create_app(Settings.load(cache=str(tmp_path))).server.test_client()
    assert f"Headstrata {__version__}" in client.get(path).text


def test_the_image_installs_what_is_locked_and_nothing_else():
    web = locked("web")
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["metrics"]]
    for requirement in map(Requirement, asked):
        version, hashes = web[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, requirement
        assert hashes
    assert all(hashes for _, hashes in (web | locked("build")).values())
    assert "hatchling" in locked("build")
    image = (ROOT / "Dockerfile").read_text()
    for name in ("web", "build", "worker"):
        assert f"--require-hashes --requirement requirements/{name}.txt" in image
    assert "pip install --no-deps --no-index /wheels/*.whl" in image


def test_the_workers_lock_fits_the_dashboards_and_leaves_torch_out():
    worker, web = locked("worker"), locked("web")
    for requirement in map(Requirement, PROJECT["optional-dependencies"]["worker"]):
        version, hashes = worker[canonicalize_name(requirement.name)]
        assert requirement.name == "torch" or version in requirement.specifier, requirement
        assert hashes
    assert all(worker[name] == web[name] for name in worker.keys() & web.keys())
    text = (ROOT / "requirements/worker.txt").read_text()
    assert re.search(r"^torch==\S+ ; sys_platform == 'none'", text, re.MULTILINE)


def test_make_installs_what_is_locked_unless_told_otherwise():
    for name in ("web", "worker"):
        for lock in ("yes", "no"):
            command = ["make", "--dry-run", "--always-make", f".venv/{name}", f"LOCK={lock}"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            assert f"--require-hashes --requirement requirements/{name}.txt" in done.stdout
            assert f'[ "{lock}" = no ]' in done.stdout


def test_the_workflow_runs_all_checks_and_builds_both_images():
    steps = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    commands = " ".join(step.get("run", "") for step in steps)
    assert ".ci/run" in commands.split()
    assert "docker build --tag headstrata ." in commands
    assert "--target worker" in commands
    oldest = min(WORKFLOW["jobs"]["checks"]["strategy"]["matrix"]["python"])
    assert oldest in PROJECT["requires-python"]

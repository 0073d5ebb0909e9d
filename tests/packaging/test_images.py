"""The images: what Docker would copy is there, and stays what the wheel is made of."""

import fnmatch
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from app.serve import _GRACE_S
from app.server import create_app
from headstrata.settings import Settings

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


def test_the_recipe_for_kubernetes_matches_the_images(tmp_path):
    recipe = list(yaml.safe_load_all((ROOT / "docs/kubernetes.yaml").read_text()))
    [claim] = (one for one in recipe if one["kind"] == "PersistentVolumeClaim")
    [service] = (one for one in recipe if one["kind"] == "Service")
    pods = {
        one["metadata"]["name"]: one["spec"]["template"]["spec"]
        for one in recipe
        if one["kind"] == "Deployment"
    }
    port = int(re.search(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE)[1])
    uid = int(re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)[1])
    assert pods.keys() == {"headstrata", "headstrata-worker"}
    for pod in pods.values():
        assert pod["securityContext"]["runAsUser"] == uid
        [container] = pod["containers"]
        assert "command" not in container, "the image's own is right"
        mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
        assert mounts.keys() == {volume["name"] for volume in pod["volumes"]}
        for folder in {"/cache", "/models"} & set(mounts.values()):
            assert f"VOLUME {folder}" in DOCKERFILE
        [cache] = (one for one in pod["volumes"] if one["name"] == "cache")
        assert cache["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]
    [web] = pods["headstrata"]["containers"]
    assert [one["containerPort"] for one in web["ports"]] == [port]
    assert [one["targetPort"] for one in service["spec"]["ports"]] == [port]
    client = create_app(Settings.load(cache=str(tmp_path))).server.test_client()
    for probe in ("readinessProbe", "livenessProbe"):
        asked = web[probe]["httpGet"]
        assert asked["port"] == port
        assert client.get(asked["path"]).status_code == 200
    assert pods["headstrata"]["terminationGracePeriodSeconds"] > _GRACE_S


@pytest.mark.parametrize("script", ["scripts/make_venv.sh", ".ci/run"])
def test_shell_scripts_parse(script):
    shell = "bash" if script == ".ci/run" else "sh"
    subprocess.run([shell, "-n", ROOT / script], check=True)

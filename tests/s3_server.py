"""An S3 server on this machine: moto's, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from running import free_port, wait_for

BUCKET = "heads"

#: One request at a time: moto looks whether an object is there and writes it in two steps, where
#: S3 takes one.
SERVER = """
import sys
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app))
"""


@contextmanager
def s3_server(log: Path) -> Iterator[str]:
    """The server's address until the block ends; s3fs finds it by the environment."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    credentials = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with log.open("wb") as file, pytest.MonkeyPatch.context() as patch:
        for name, value in {**credentials, "AWS_ENDPOINT_URL": url}.items():
            patch.setenv(name, value)
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(port)],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=dict(os.environ),
        )
        try:
            wait_for(f"{url}/moto-api/", process, log)
            yield url
        finally:
            process.kill()
            process.wait()

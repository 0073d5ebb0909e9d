"""Where a model is: a folder, a GGUF file, or the hub; and which files it has there."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingface_hub import hf_hub_download

from classify.hub import look_up
from classify.load_errors import explained
from classify.naming import own_name
from classify.request import HUB_ID, Request, gguf_file
from headstrata.errors import UserError

_SPLIT = re.compile(r"-\d{5}-of-(\d{5})\.gguf$", re.I)


@dataclass(frozen=True)
class Source:
    """A model's place."""

    name: str
    """As the user named it."""
    place: str
    """For ``from_pretrained``: a folder, or a hub id."""
    options: dict[str, Any]
    """For ``from_pretrained``: the commit, the GGUF file."""
    files: frozenset[str] | None
    """Names of its files; None: the hub does not tell."""

    @property
    def folder(self) -> Path | None:
        """The folder; None on the hub."""
        return Path(self.place) if Path(self.place).is_dir() else None

    @property
    def gguf(self) -> Path | None:
        """The GGUF file, if it is one."""
        name = self.options.get("gguf_file")
        return Path(self.place, name) if name else None

    @property
    def own_name(self) -> str:
        """The hub id, or the name of the folder or file."""
        if self.gguf:
            return self.gguf.name
        return own_name(self.folder) if self.folder else self.place

    def has(self, file: str) -> bool:
        """Whether there is a file of this name; False if the hub does not tell."""
        return self.files is not None and file in self.files

    def fetch(self, file: str) -> Path:
        """One of its files, on this machine."""
        if self.folder:
            return self.folder / file
        options = {key: self.options.get(key) for key in ("revision", "local_files_only")}
        with explained(self.name, self.folder):
            return Path(
                hf_hub_download(
                    self.place,
                    file,
                    revision=options["revision"],
                    local_files_only=bool(options["local_files_only"]),
                )
            )


def find(request: Request) -> Source:
    """Find the model that was requested.

    Raises:
        UserError: It is neither a folder, nor a file, nor a model on the hub.
    """
    gguf = gguf_file(request)
    if request.revision and (gguf is not None or Path(request.model).exists()):
        raise UserError(
            f"--revision {request.revision}: only models on the hub have revisions, and "
            f"{request.model} is on this machine"
        )
    if gguf is not None:
        return _in_gguf(request.model, gguf)
    return at(request.model, request.hub_id, request.revision)


def at(name: str, hub_id: str, revision: str | None = None) -> Source:
    """The model in a folder or on the hub.

    Raises:
        UserError: There is none.
    """
    path = Path(name)
    options: dict[str, Any] = {"trust_remote_code": False}
    if path.is_dir():
        files = frozenset(file.name for file in path.iterdir() if file.is_file())
        if not files & {"config.json", "adapter_config.json"}:
            raise UserError(
                f"{name}: the folder has no config.json; name a folder made by save_pretrained"
            )
        return Source(name, str(path), options, files)
    if path.exists():
        raise UserError(f"{name}: a file that is neither .gguf nor a model's folder")
    if not HUB_ID.fullmatch(hub_id):
        raise UserError(f"{name}: no such folder, and not a hub id (owner/name)")
    listing = look_up(hub_id, revision)
    told = {key: value for key, value in listing.options.items() if value is not None}
    return Source(name, hub_id, {**options, **told}, listing.files)


def _in_gguf(name: str, gguf: Path) -> Source:
    if not gguf.is_file():
        raise UserError(f"{name}: no such GGUF file")
    split = _SPLIT.search(gguf.name)
    if split and int(split[1]) > 1:
        raise UserError(
            f"{name}: one of {int(split[1])} parts of a split model; "
            "merge them with llama.cpp's gguf-split --merge"
        )
    options = {"trust_remote_code": False, "gguf_file": gguf.name}
    return Source(name, str(gguf.parent), options, frozenset([gguf.name]))

"""Which files of a model hold its weights, and which of them are read."""

import json
from pathlib import Path
from typing import NamedTuple

from classify.load_errors import explained
from classify.source import Source
from headstrata.errors import UserError


class _Format(NamedTuple):
    """How transformers names the weights of one format: one file, or the index of several.

    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/utils/__init__.py
    """

    file: str
    listing: str

    def is_in(self, source: Source) -> bool:
        return source.has(self.file) or source.has(self.listing)


_SAFETENSORS = _Format("model.safetensors", "model.safetensors.index.json")
_PICKLED = _Format("pytorch_model.bin", "pytorch_model.bin.index.json")


class Weights(NamedTuple):
    """The weights that are read."""

    files: list[Path]
    """None for a hub model."""
    pickled: bool


def find_weights(source: Source, *, allow_bin: bool) -> Weights:
    """The weights of a model: safetensors, or pickled ones if that is allowed.

    Raises:
        UserError: There are none that may be read, or a part is missing.
    """
    if source.gguf:
        return Weights([source.gguf], pickled=False)
    if source.files is None or _SAFETENSORS.is_in(source):
        return Weights(_files(source, _SAFETENSORS), pickled=False)
    if _PICKLED.is_in(source):
        if not allow_bin:
            raise UserError(
                f"{source.name}: its weights are pickled ({_PICKLED.file}); read them with "
                "--allow-bin (by torch's unpickler for tensors, which runs no code), or convert "
                "them to safetensors: save_pretrained of transformers writes them"
            )
        return Weights(_files(source, _PICKLED), pickled=True)
    where = "folder" if source.folder else "model on the hub"
    raise UserError(
        f"{source.name}: the {where} has a config.json but no weights (*.safetensors); name "
        "a folder made by save_pretrained"
    )


def _files(source: Source, kind: _Format) -> list[Path]:
    """The files of this format in a folder; a single file goes before an index."""
    if source.folder is None:
        return []
    if source.has(kind.file):
        return [source.folder / kind.file]
    with explained(source.name, source.folder):
        index = json.loads((source.folder / kind.listing).read_text())
        names = sorted(set(index["weight_map"].values()))
    for name in names:
        if not source.has(name):
            raise UserError(
                f"{source.name}: the folder lacks {name}, one of the {len(names)} files of its "
                "weights; fetch it"
            )
    return [source.folder / name for name in names]

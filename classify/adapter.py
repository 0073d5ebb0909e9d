"""Adapters of peft (LoRA and others): found beside or in place of weights, applied, recorded.

transformers applies an adapter that lies beside the weights if peft is installed, and
leaves it out without a word if it is not or is older than it likes. Here an adapter is
always applied, by peft, or the model is refused.
"""

import hashlib
import json
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from transformers.integrations import peft as integration
from transformers.models.auto import auto_factory

from cache.provenance import AdapterRecord
from classify import source
from classify.load_errors import explained
from classify.request import SHORT_FORMS
from classify.source import Source
from headstrata.errors import UserError

_SETTINGS = "adapter_config.json"
_SAFE, _PICKLED = "adapter_model.safetensors", "adapter_model.bin"
_IN_A_LAYER = re.compile(r"\.\d+\.")


class Adapter(NamedTuple):
    """An adapter that is to be applied."""

    name: str
    files: list[Path]
    """Its settings and its weights."""

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.files[0].parent

    def record(self) -> AdapterRecord:
        """For the provenance."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        return AdapterRecord(name=self.name, sha256=digest.hexdigest(), peft=version("peft"))


def find_adapter(found: Source, *, allow_bin: bool) -> Adapter | None:
    """The adapter at this place; None if there is none.

    Raises:
        UserError: peft is not installed, or its weights may not be read.
    """
    if not found.has(_SETTINGS):
        return None
    if find_spec("peft") is None:
        raise UserError(
            f"{found.name}: has an adapter ({_SETTINGS}), which peft applies; run: "
            "pip install peft; or move the adapter away to score the model without it"
        )
    weights = _SAFE if found.has(_SAFE) else _PICKLED
    if not found.has(weights):
        raise UserError(f"{found.name}: has an {_SETTINGS}, but no {_SAFE}")
    if weights == _PICKLED and not allow_bin:
        raise UserError(
            f"{found.name}: its adapter is pickled ({_PICKLED}); read it with --allow-bin (by "
            "torch's unpickler for tensors, which runs no code)"
        )
    return Adapter(found.own_name, [found.fetch(_SETTINGS), found.fetch(weights)])


def base_of(found: Source, adapter: Adapter) -> Source:
    """The model that the adapter changes: the weights beside it, or those that it names.

    Raises:
        UserError: There is no such model.
    """
    if found.has("config.json"):
        return found
    with explained(found.name, found.folder):
        settings = json.loads(adapter.files[0].read_text())
    base, revision = settings.get("base_model_name_or_path"), settings.get("revision")
    if not base:
        raise UserError(
            f"{found.name}: its {_SETTINGS} does not name the model that it changes "
            "(base_model_name_or_path)"
        )
    try:
        at = source.at(base, SHORT_FORMS.get(base, base), revision)
    except UserError as error:
        raise UserError(f"{found.name}: an adapter of {base!r}: {error}") from error
    if not at.has("config.json") and at.files is not None:
        raise UserError(f"{found.name}: an adapter of {base!r}, which is no whole model")
    return at


@contextmanager
def left_to_us() -> Iterator[None]:
    """Within this context transformers applies no adapter by itself."""
    never = "is_peft_available"
    with (
        patch.object(auto_factory, never, lambda: False),
        patch.object(integration, never, lambda: False),
    ):
        yield


def apply_adapter(name: str, model: Any, adapter: Adapter) -> Any:
    """The model with the adapter merged into its weights.

    Args:
        name: How the user named the model.
        model: The model that it changes.
        adapter: Found by ``find_adapter``.

    Raises:
        UserError: The adapter does not fit, or is one that is not merged into weights.
    """
    import peft  # noqa: PLC0415 - an extra

    with explained(name, adapter.folder), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings = peft.PeftConfig.from_pretrained(str(adapter.folder))
        if settings.is_prompt_learning:
            raise UserError(
                f"{name}: an adapter ({settings.peft_type.value}) that puts virtual tokens before "
                "the text; only adapters that change weights can be scored"
            )
        adapted = peft.PeftModel(model, settings)
        told = adapted.load_adapter(adapter.folder, "default")
        lost = [key for key in told.unexpected_keys if _IN_A_LAYER.search(key)]
        if wrong := sorted([*told.missing_keys, *lost]):
            raise UserError(f"{name}: the adapter does not fit the model: {', '.join(wrong[:3])} …")
        return adapted.merge_and_unload()

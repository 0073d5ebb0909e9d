"""Loads a causal language model from the hub, a folder or a GGUF file.

Safetensors or GGUF only, and never remote code. Every problem with a model becomes a
``UserError`` of one line.
"""

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

# Without a network the hub's client should give up within seconds. It reads this on import:
# https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
os.environ.setdefault("HF_HUB_ETAG_TIMEOUT", "5")

import torch
from huggingface_hub.utils import logging as hub_logging
from tqdm import tqdm
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    modeling_gguf_pytorch_utils,
)
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING,
    MODEL_FOR_MASKED_LM_MAPPING,
)
from transformers.utils import logging

from classify.extra_layers import extra_layers
from classify.out_of_memory import is_out_of_memory
from classify.ranks import ALONE, Ranks
from classify.request import Request, gguf_file, own_name
from headstrata.errors import UserError

#: ``logging.ERROR``: Headstrata checks or reports itself what transformers warns about.
_ERRORS_ONLY = 40
#: Share of a GPU's free memory that the weights may take before they are spread over all.
_ONE_CARD = 0.8


@dataclass(frozen=True)
class Loaded:
    """A model ready to be scored."""

    model: Any
    tokenizer: Any
    model_name: str
    architecture: str
    context: int | None
    """The longest prompt, in tokens; None: no limit."""
    revision: str | None
    files: list[Path]
    """The files of the weights; none for a hub model."""
    device: torch.device
    dtype: str


def load(request: Request, ranks: Ranks = ALONE) -> Loaded:
    """Load the model and its tokenizer.

    Raises:
        UserError: There is no such model, it is broken, it is not a causal
            language model, or its device does not exist.
        RuntimeError, MemoryError: Memory ran out (``out_of_memory.is_out_of_memory``).
    """
    logging.set_verbosity(_ERRORS_ONLY)
    hub_logging.set_verbosity(_ERRORS_ONLY)
    device = pick_device(request.device, ranks.local)
    dtype = pick_dtype(request.dtype, device)
    source, options = _source(request)
    name = request.model
    with _explained(name):
        config = AutoConfig.from_pretrained(source, **options)
    _check_causal(name, config)
    with _explained(name):
        tokenizer = AutoTokenizer.from_pretrained(source, **options)
    if len(tokenizer) <= len(tokenizer.all_special_ids):  # transformers made an empty one
        raise UserError(
            f"{name}: the model comes without its tokenizer; save it beside the weights with "
            "the tokenizer's save_pretrained"
        )
    files = _weight_files(request, source)
    if "gguf_file" not in options:
        _check_weights(name, Path(source), files)
        options["use_safetensors"] = True
    with _explained(name):
        model, report = _weights(
            source,
            dtype=dtype,
            device_map=_placement(request, ranks, device, dtype, config),
            output_loading_info=True,
            ignore_mismatched_sizes=True,  # reported below, in one sentence
            **options,
        )
    for key, there, wanted in sorted(report["mismatched_keys"]):
        raise UserError(
            f"{name}: the checkpoint's {key} has the shape {tuple(there)}, but by config.json it "
            f"should have {tuple(wanted)}"
        )
    if missing := sorted(report["missing_keys"]):
        raise UserError(f"{name}: the checkpoint lacks weights: {', '.join(missing[:3])} …")
    _check_layers(name, model, report["unexpected_keys"])
    return Loaded(
        model=model.eval(),
        tokenizer=tokenizer,
        model_name=own_name(Path(source, options.get("gguf_file", "")))
        if files
        else request.hub_id,
        architecture=type(model).__name__,
        context=_context(config),
        revision=getattr(model.config, "_commit_hash", None),
        files=files,
        device=model.base_model.get_input_embeddings().weight.device,
        dtype=str(dtype).removeprefix("torch."),
    )


def _weights(source: str, **options: Any) -> tuple[Any, dict[str, Any]]:
    """The model and transformers' loading report; only the hub's download bars are shown.

    The bars of the weights can be switched off by a hook, but not that of GGUF files, which
    calls tqdm directly: https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_gguf_pytorch_utils.py#L789
    """
    before = logging.set_tqdm_hook(lambda make, a, k: make(*a, **{**k, "disable": True}))
    silent = partial(tqdm, disable=True)
    try:
        with patch.object(modeling_gguf_pytorch_utils, "tqdm", silent):
            loaded: Any = AutoModelForCausalLM.from_pretrained(source, **options)
    finally:
        logging.set_tqdm_hook(before)
    return loaded[0], loaded[1]


def pick_device(wanted: str, local_rank: int = 0) -> torch.device:
    """The device to run on; ``auto`` takes CUDA or else MPS if available.

    Raises:
        UserError: The requested device does not exist.
    """
    if wanted == "auto":
        wanted = "cuda" if torch.cuda.is_available() else "cpu"
        wanted = "mps" if wanted == "cpu" and torch.backends.mps.is_available() else wanted
    device = torch.device(wanted)
    if device.type == "cuda":
        count = torch.cuda.device_count() if torch.cuda.is_available() else 0
        if count == 0:
            raise UserError("--device cuda: this machine has no usable CUDA device; use cpu")
        index = local_rank if device.index is None else device.index
        if index >= count and device.index is None:
            raise UserError(
                f"there are more processes than GPUs ({count}); start torchrun with "
                f"--nproc-per-node {count}, or classify with --device cpu"
            )
        if index >= count:
            raise UserError(f"--device {wanted}: there are {count} CUDA devices, counted from 0")
        return torch.device("cuda", index)
    if device.type == "mps" and not torch.backends.mps.is_available():
        raise UserError("--device mps: this machine has no Metal device; use cpu")
    return device


def pick_dtype(wanted: str, device: torch.device) -> torch.dtype:
    """The requested dtype; ``auto`` is float32 on a CPU and 16 bits on a GPU."""
    if wanted == "auto":
        if device.type != "cuda":
            return torch.float32
        with torch.cuda.device(device):
            native = torch.cuda.is_bf16_supported(including_emulation=False)
        return torch.bfloat16 if native else torch.float16
    dtype: torch.dtype = getattr(torch, wanted)
    return dtype


def _source(request: Request) -> tuple[str, dict[str, Any]]:
    """The source for ``from_pretrained``: a folder or hub id, and further options.

    Raises:
        UserError: The model is neither a folder, nor a file, nor a possible hub id.
    """
    options: dict[str, Any] = {"trust_remote_code": False}
    gguf = gguf_file(request)
    if request.revision and (gguf is not None or Path(request.model).exists()):
        raise UserError(
            f"--revision {request.revision}: only models on the hub have revisions, and "
            f"{request.model} is on this machine"
        )
    if gguf is not None:
        if not gguf.is_file():
            raise UserError(f"{request.model}: no such GGUF file")
        return str(gguf.parent), {**options, "gguf_file": gguf.name}
    path = Path(request.model)
    if path.is_dir():
        if not (path / "config.json").is_file():
            raise UserError(
                f"{request.model}: the folder has no config.json; name a folder made by "
                "save_pretrained"
            )
        return str(path), options
    if path.exists():
        raise UserError(f"{request.model}: a file that is neither .gguf nor a model's folder")
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", request.hub_id) or request.model.startswith("."):
        raise UserError(f"{request.model}: no such folder, and not a hub id (owner/name)")
    if request.revision:
        options["revision"] = request.revision
    return request.hub_id, options


def _check_causal(name: str, config: Any) -> None:
    """Refuse a model that is not a causal language model, before its weights are loaded."""
    kind = type(config)
    if getattr(config, "is_encoder_decoder", False):
        raise UserError(f"{name}: an encoder-decoder ({config.model_type}), not a causal model")
    both_ways = kind in MODEL_FOR_MASKED_LM_MAPPING and not getattr(config, "is_decoder", False)
    if both_ways or kind not in MODEL_FOR_CAUSAL_LM_MAPPING:
        raise UserError(
            f"{name}: {config.model_type} is not a causal language model; its heads have no "
            "previous tokens to look at"
        )


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn every error that the libraries raise about a model into one clear line."""
    try:
        yield
    except UserError:
        raise
    except Exception as error:  # each file format's reader has its own error types
        if is_out_of_memory(error):
            raise
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        reason = lines[0] if lines else type(error).__name__
        if _is_missing(error, reason):
            reason = "no such folder here, and the hub did not give it (is there a network?)"
        elif _is_damaged(error, name):
            reason = f"its weights are cut short or damaged ({reason}); fetch the file again"
        raise UserError(f"cannot load {name}: {reason[:300]}") from error


def _is_missing(error: Exception, reason: str) -> bool:
    """Whether the model was not found.

    transformers reports the hub's errors as OSErrors, which only their text tells apart:
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/utils/hub.py#L570
    """
    kinds = {type(e).__name__ for e in (error, error.__cause__, error.__context__) if e}
    return bool(kinds & {"LocalEntryNotFoundError", "OfflineModeIsEnabled", "ConnectError"}) or (
        "couldn't connect" in reason or "not a local folder" in reason
    )


def _is_damaged(error: Exception, name: str) -> bool:
    """Whether the error comes from reading the weights."""
    return type(error).__name__ == "SafetensorError" or (
        name.endswith(".gguf") and isinstance(error, ValueError | EOFError | IndexError)
    )


def _weight_files(request: Request, source: str) -> list[Path]:
    """The weight files of a local model; none for a hub id."""
    gguf = gguf_file(request)
    if gguf is not None:
        return [gguf]
    return sorted(Path(source).glob("*.safetensors")) if Path(source).is_dir() else []


def _check_weights(name: str, folder: Path, files: list[Path]) -> None:
    """Refuse a local folder without weights, or with nothing but pickled ones."""
    if not folder.is_dir() or files:
        return
    if pickled := sorted(folder.glob("*.bin")):
        raise UserError(
            f"{name}: its weights are pickled ({pickled[0].name}), and reading those can run "
            "code; convert them to safetensors: save_pretrained of transformers writes them"
        )
    raise UserError(
        f"{name}: the folder has a config.json but no weights (*.safetensors); name a folder "
        "made by save_pretrained"
    )


def _check_layers(name: str, model: Any, unexpected: set[str]) -> None:
    """Refuse to score the first layers of a checkpoint that has more."""
    for beyond in extra_layers(model.state_dict(), unexpected).values():
        raise UserError(
            f"{name}: by config.json the model has {beyond[0]} layers, but the checkpoint holds "
            f"{beyond[-1] + 1}; restore the config.json that belongs to the weights"
        )


def hash_in_background(files: list[Path]) -> "Future[str]":
    """SHA-256 over the files' hashes, in the given order, computed in a thread.

    The thread is a daemon: a run that is stopped does not wait for it.
    """
    future: Future[str] = Future()

    def read() -> None:
        digest = hashlib.sha256()
        try:
            for file in files:
                with file.open("rb") as handle:
                    digest.update(hashlib.file_digest(handle, "sha256").digest())
        except OSError as error:
            future.set_exception(UserError(f"{file}: cannot be read: {error.strerror or error}"))
        else:
            future.set_result(digest.hexdigest())

    threading.Thread(target=read, daemon=True).start()
    return future


def _placement(
    request: Request, ranks: Ranks, device: torch.device, dtype: torch.dtype, config: Any
) -> Any:
    """``device_map``: one device, or "auto" (all GPUs) if the weights are too big for one.

    A GPU that the user named is used even if the weights may not fit: loading then says so.
    """
    if device.type == "cuda" and ":" not in request.device:
        build: Any = AutoModelForCausalLM
        with torch.device("meta"):  # shapes without memory
            shape = build.from_config(config)
        weights = shape.num_parameters() * dtype.itemsize
        if weights > _ONE_CARD * torch.cuda.mem_get_info(device)[0]:
            if ranks.size > 1:
                raise UserError(
                    f"{request.model}: its weights ({weights / 2**30:.0f} GiB in "
                    f"{str(dtype).removeprefix('torch.')}) are too big for one of the GPUs; "
                    "without torchrun they are spread over all of them"
                )
            return "auto"
    return {"": device}


def _context(config: Any) -> int | None:
    """The longest prompt that the position embeddings allow; None: no limit."""
    text = config.get_text_config()
    for name in ("max_position_embeddings", "n_positions", "max_seq_len"):
        value = getattr(text, name, None)
        if isinstance(value, int) and value > 0:
            return value
    return None

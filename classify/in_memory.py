"""A model that is in memory already: taken as it is, and left exactly as it was found."""

import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import torch
from pydantic import PrivateAttr
from torch import Tensor, nn
from transformers import PreTrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

from classify.language_half import auto_class, language_half
from classify.loading import Loaded, context_of, quantised
from classify.naming import own_name, snapshot_of
from classify.request import Request
from headstrata.errors import UserError

#: Where attention can be read (``memory`` knows how much fits there).
_DEVICES = ("cpu", "cuda", "mps")


class RequestInMemory(Request):
    """A request for a model in memory; ``model`` is only what it calls itself."""

    _given: Any = PrivateAttr()
    """The model as it was given, perhaps wrapped."""
    _tokenizer: Any = PrivateAttr()

    @property
    def reference(self) -> None:
        """None: its weights may have been changed since they were loaded."""
        return None


def plain_model(model: Any) -> PreTrainedModel:
    """The transformers model in what wraps it: torch.compile, PEFT, data parallelism.

    Raises:
        UserError: There is none in it, or it does not run by itself.
    """
    if (original := getattr(model, "_orig_mod", None)) is not None:  # torch.compile's wrapper
        return plain_model(original)
    if isinstance(model, nn.DataParallel | nn.parallel.DistributedDataParallel):
        return plain_model(model.module)
    if hasattr(model, "peft_config") and hasattr(model, "get_base_model"):
        if any(getattr(c, "is_prompt_learning", False) for c in model.peft_config.values()):
            raise UserError(
                f"{type(model).__name__}: its adapter puts learned tokens before every prompt, "
                "which has no head table; score the model without it"
            )
        return plain_model(model.get_base_model())  # in which the adapters' layers are
    if not isinstance(model, PreTrainedModel):
        raise UserError(
            f"{type(model).__name__} is not a transformers model; give one, or a hub id, a folder "
            "made by save_pretrained, or a .gguf file"
        )
    return model


def name_of(model: PreTrainedModel) -> str:
    """What the model calls itself: where it was loaded from, or its class."""
    name = str(getattr(model.config, "name_or_path", "") or type(model).__name__)
    path = Path(name)
    if (snapshot := snapshot_of(path)) is not None:
        return snapshot.repository
    return own_name(path) if path.is_absolute() or path.exists() else name


def request_for(model: Any, tokenizer: Any, **options: Any) -> RequestInMemory:
    """The request to score a model in memory, as ``Request.parse`` makes one.

    Raises:
        UserError: It is no model that can be scored, or an option is not valid.
    """
    request = RequestInMemory.parse(model=name_of(plain_model(model)), **options)
    request._given, request._tokenizer = model, tokenizer
    return request


def take(request: RequestInMemory) -> Loaded:
    """The model, ready to be scored where it is. Call it within ``left_as_found``.

    Raises:
        UserError: The model or its tokenizer cannot be used, or it is on another device, or of
            another dtype, than requested.
    """
    name, model = request.model, plain_model(request._given)
    tokenizer = request._tokenizer
    if not isinstance(tokenizer, PreTrainedTokenizerBase):
        given = "nothing" if tokenizer is None else type(tokenizer).__name__
        raise UserError(
            f"{name}: a model in memory is scored with its transformers tokenizer, but {given} "
            "was given: headstrata.score(model, tokenizer)"
        )
    auto_class(name, model.config)
    _check_whole(name, model)
    model.train(False)
    half, note = language_half(name, model, model.config)
    weight: Any = half.get_input_embeddings().weight
    device: torch.device = weight.device
    _check_as_requested(request, device, model.dtype)
    return Loaded(
        model=half,
        tokenizer=tokenizer,
        model_name=name,
        architecture=type(model).__name__,
        context=context_of(model.config),
        revision=None,
        files=[],
        device=device,
        dtype=_short(model.dtype),
        taken=uuid4().hex,
        notes=(*([note] if note else []), *_notes(request._given, model)),
    )


def _notes(given: Any, model: PreTrainedModel) -> Iterator[str]:
    """What is in the model beside its weights, or in place of them."""
    if told := quantised(model.config):
        yield told
    adapters = getattr(given, "peft_config", None) or getattr(model, "peft_config", {})
    if adapters:
        yield f"with the adapters that were in it: {', '.join(adapters)}"


def _check_whole(name: str, model: PreTrainedModel) -> None:
    """Refuse weights that are not here: offloaded, not loaded, or spread over processes."""
    if any(weight.device.type == "meta" for weight in model.parameters()):
        raise UserError(
            f"{name}: some of its weights are not in memory (offloaded to disk, or never loaded); "
            "load the model without offloading"
        )
    # Attributes of torch's DTensor (FSDP, tensor parallelism) and of DeepSpeed's weights.
    if any(hasattr(w, "full_tensor") or hasattr(w, "ds_id") for w in model.parameters()):
        raise UserError(
            f"{name}: its weights are spread over several processes; save the model and score "
            "the folder"
        )


def _check_as_requested(request: Request, device: torch.device, dtype: torch.dtype) -> None:
    """The model is scored as it is: it must not be moved or converted."""
    if device.type not in _DEVICES:
        raise UserError(
            f"{request.model}: the model is on {device}; it can be scored on {', '.join(_DEVICES)}"
        )
    if request.device not in ("auto", device.type, str(device)):
        raise UserError(
            f"device {request.device}: the model in memory is on {device} and is scored where it "
            "is; move it before, or leave device out"
        )
    if request.dtype not in ("auto", _short(dtype)):
        raise UserError(
            f"dtype {request.dtype}: the model in memory is {_short(dtype)} and is scored as it "
            "is; convert it before, or leave dtype out"
        )


def _short(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


@contextmanager
def left_as_found(model: nn.Module) -> Iterator[None]:
    """Put back, however the block ends, what scoring changes in a model and around it.

    Modules and configs get their attributes back (training mode, attention implementation,
    hooks, buffers); torch its random numbers. Within
    the block compiled code runs as it is written, and autocast is off.
    """
    attributes = [(vars(thing), dict(vars(thing))) for thing in _things(model)]
    held = [
        (value, dict(value))
        for _, values in attributes
        for value in values.values()
        if type(value) in (dict, OrderedDict)  # hooks, buffers, modules
    ]
    computed = [(buffer, buffer.clone()) for buffer in _computed_buffers(model)]
    weights = list(model.parameters())
    gpus = sorted({w.device.index for w in weights if w.device.type == "cuda"})
    with ExitStack() as around:
        around.enter_context(torch.random.fork_rng(gpus))
        for kind in {w.device.type for w in weights} & set(_DEVICES):
            around.enter_context(torch.autocast(kind, enabled=False))
        if "torch._dynamo" in sys.modules:  # else nothing is compiled, and importing it takes long
            around.enter_context(torch.compiler.set_stance("force_eager"))
        try:
            yield
        finally:
            for live, before in (*attributes, *held):
                live.update(before)
                for added in live.keys() - before.keys():
                    del live[added]
            for buffer, values in computed:
                if not torch.equal(buffer, values):  # else it stays untouched
                    buffer.data.copy_(values)


def _computed_buffers(model: nn.Module) -> Iterator[Tensor]:
    """The buffers that a checkpoint does not hold: some models write new values into them.

    LongRoPE's depend on the prompt's length:
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_rope_utils.py#L47
    """
    for module in model.modules():
        for name, buffer in module.named_buffers(recurse=False):
            if name in module._non_persistent_buffers_set:
                yield buffer


def _things(model: nn.Module) -> Iterator[object]:
    """The model's modules, and the configs that they have; each once."""
    seen: set[int] = set()
    waiting: list[object] = list(model.modules())
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        yield thing
        waiting += [value for value in vars(thing).values() if isinstance(value, PreTrainedConfig)]

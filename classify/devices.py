"""Where a model runs and in which precision: ``--device`` and ``--dtype``."""

from collections.abc import Callable
from typing import Any

import torch

from classify.ranks import Ranks
from classify.request import Request
from headstrata.errors import UserError

#: Share of a GPU's free memory that the weights may take before they are spread over all.
_ONE_CARD = 0.8


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


def placement(
    request: Request,
    ranks: Ranks,
    device: torch.device,
    dtype: torch.dtype,
    make: Callable[[], Any],
) -> Any:
    """``device_map``: one device, or "auto" (all GPUs) if the weights are too big for one.

    A GPU that the user named is used even if the weights may not fit: loading then says so.

    Args:
        request: As the user made it.
        ranks: The processes of this run.
        device: Picked by ``pick_device``.
        dtype: Of the weights.
        make: Makes the model with random weights.
    """
    if device.type == "cuda" and ":" not in request.device:
        with torch.device("meta"):  # shapes without memory
            shape = make()
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

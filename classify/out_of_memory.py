"""Out-of-memory errors: how they are recognised, and what the user is told."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from headstrata.errors import ObstacleError

#: Only CUDA's allocator raises an error type of its own. Those of the CPU and of Metal, and
#: the matrix libraries, raise RuntimeErrors: "DefaultCPUAllocator: can't allocate memory",
#: "MPS backend out of memory", "CUBLAS_STATUS_ALLOC_FAILED".
#: https://github.com/pytorch/pytorch/blob/v2.13.0/c10/core/impl/alloc_cpu.cpp
#: https://github.com/pytorch/pytorch/blob/v2.13.0/aten/src/ATen/mps/MPSAllocator.mm
_WORDS = ("out of memory", "can't allocate memory", "not enough memory", "ALLOC_FAILED")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, on any device."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _WORDS)


@contextmanager
def explain_out_of_memory(
    model: str, advice: str = "--dtype bfloat16, a smaller --length, or --device cpu"
) -> Iterator[None]:
    """Turn an out-of-memory error into one that tells the user what to try.

    Args:
        model: How the user named the model.
        advice: Options of the command that may help.

    Raises:
        ObstacleError: Memory ran out; another time there may be enough.
    """
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise ObstacleError(
            f"{model}: does not fit into the device's memory even in the smallest batch; "
            f"try {advice}"
        ) from None

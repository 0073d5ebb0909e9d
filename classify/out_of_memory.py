"""Memory that runs out: how it is recognised, and what to say of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from headstrata.errors import ObstacleError

#: Only CUDA's allocator raises an error of its own kind. A CPU's, Metal's and the
#: matrix libraries' say it in words: "DefaultCPUAllocator: can't allocate memory",
#: "MPS backend out of memory", "CUBLAS_STATUS_ALLOC_FAILED".
_WORDS = ("out of memory", "can't allocate memory", "not enough memory", "ALLOC_FAILED")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, on whatever device."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _WORDS)


@contextmanager
def explain_out_of_memory(
    model: str, advice: str = "--dtype bfloat16, a smaller --length, or --device cpu"
) -> Iterator[None]:
    """One prompt that does not fit is for the user to mend.

    Args:
        model: How the user named the model.
        advice: What of the command's options may help.

    Raises:
        ObstacleError: Memory ran out; it may be there again another time.
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

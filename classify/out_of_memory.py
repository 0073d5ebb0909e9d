"""Out-of-memory errors: how they are recognised, what is then done, and what the user is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import torch

from headstrata.errors import ObstacleError

T = TypeVar("T")

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


class Halves:
    """Runs batches; one that does not fit into memory is run in halves.

    Args:
        largest: The largest batch that is tried; None: as large as they come.
    """

    def __init__(self, largest: int | None = None) -> None:
        self.largest = largest

    def run(self, size: int, part: Callable[[int, int], T]) -> list[T]:
        """What ``part(start, stop)`` gives for all parts of a batch of ``size``, in order.

        Raises:
            RuntimeError, MemoryError: Memory ran out with one of them alone.
        """
        step = min(size, self.largest or size)
        while True:
            try:
                return [part(i, min(i + step, size)) for i in range(0, size, step)]
            except (RuntimeError, MemoryError) as error:
                if step == 1 or not is_out_of_memory(error):
                    raise
                step = self.largest = (step + 1) // 2
            # Outside of the except block, where the traceback still holds the failed pass's
            # tensors: https://docs.pytorch.org/docs/stable/notes/faq.html
            _empty_cache()


def _empty_cache() -> None:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


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

"""What to say when not even one prompt fits into the device's memory."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from headstrata.errors import ObstacleError


@contextmanager
def shortage_explained(model: str) -> Iterator[None]:
    """One prompt that does not fit is for the user to mend.

    Raises:
        ObstacleError: Memory ran out; it may be there again another time.
    """
    try:
        yield
    except torch.OutOfMemoryError:
        raise ObstacleError(
            f"{model}: does not fit into the device's memory even one prompt at a time; "
            "try --dtype bfloat16, a smaller --length, or --device cpu"
        ) from None

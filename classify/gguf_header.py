"""Reads a GGUF file's header once: transformers asks for it in every step of a load."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

import gguf


@contextmanager
def read_once() -> Iterator[None]:
    """Within this context the header of each file is parsed once, and names are mapped once.

    For config, tokenizer and weights transformers parses it six times, in Python and token by
    token: more than a third of the time that SmolLM2-135M takes to load.
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_gguf_pytorch_utils.py#L599
    Then it makes the same map of all tensors' names for every module of the model.
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_gguf_pytorch_utils.py#L537
    """
    with (
        patch.object(gguf, "GGUFReader", cache(gguf.GGUFReader)),
        patch.object(gguf, "get_tensor_name_map", cache(gguf.get_tensor_name_map)),
    ):
        yield

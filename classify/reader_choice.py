"""Chooses how a model's attention is read: by the fast reader if that is exact.

The fast reader computes softmax(scale * q.k) itself. Before it is used, its rows are
compared, layer by layer on one short prompt, with the output of the model's own eager
attention function for the same queries and keys. If they differ, the eager reader is used.
"""

import sys
from typing import Any

import torch
from torch import Tensor

from classify.attention import (
    ROWS,
    AttentionCall,
    AttentionReader,
    SdpaRowsReader,
    attention_implementation,
    not_a_number,
    observe_calls,
    reachable,
    run,
    softmax_rows,
)
from classify.eager import EagerReader, run_eager
from classify.out_of_memory import is_out_of_memory
from classify.statistics import Rows
from headstrata.errors import UserError

#: Tokens of the prompt on which the two are compared, and the largest difference allowed.
_TRIAL_LENGTH = 32
_TOLERANCE = 1e-4


class _NotPlainSoftmaxError(Exception):
    """The layer's attention is not softmax(scale * q.k) over the mask."""


def choose_reader(model: Any, tokens: Tensor) -> AttentionReader:
    """The fastest reader that is exact for this model.

    Args:
        model: A causal language model.
        tokens: (1, T) a prompt of the length that will be scored.

    Raises:
        UserError: The model's attention cannot be read, or it is not causal.
    """
    try:
        return _checked_rows(model, tokens[:, :_TRIAL_LENGTH])
    except _NotPlainSoftmaxError as error:
        return _checked_eager(model, tokens, str(error))


def _checked_rows(model: Any, tokens: Tensor) -> SdpaRowsReader:
    """The fast reader, after each layer was compared with the model's own eager function.

    Raises:
        _NotPlainSoftmaxError: They differ, or the comparison is not possible.
    """
    # Private, but the only answer to "does this model use the attention interface?":
    # https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/modeling_utils.py#L1918
    if not model._can_set_attn_implementation():
        raise _NotPlainSoftmaxError("the model does not use the attention interface")
    rows = Rows(
        "natural",
        tokens,
        torch.arange(tokens.shape[1], device=tokens.device)[None],
        torch.zeros_like(tokens, dtype=torch.bool),
    )
    heads: list[int] = []

    def compare(call: AttentionCall) -> None:
        local = rows.to(call.query.device)
        reach = reachable(call.mask, local)
        theirs = _own_eager(call, reach)
        ours = softmax_rows(call, local, reach)
        if theirs is None or theirs.shape != ours.shape:
            raise _NotPlainSoftmaxError("the model's own attention function was not found")
        if theirs.isnan().any():
            raise not_a_number(len(heads))
        # "not <=": ours is NaN where reachable() finds no key, as in masks with other values.
        if not (ours - theirs).abs().max() <= _TOLERANCE:
            raise _NotPlainSoftmaxError("the model's attention is more than a plain softmax")
        heads.append(ours.shape[1])

    with attention_implementation(model, ROWS), observe_calls(compare):
        try:
            run(model, tokens)
        except ValueError as error:  # an option that SDPA lacks, such as a soft cap
            raise _NotPlainSoftmaxError("SDPA cannot do this model's attention") from error
    if len(heads) != _layers(model):
        raise _NotPlainSoftmaxError("not every layer uses the attention interface")
    return SdpaRowsReader(model, len(heads), _same(heads))


def _own_eager(call: AttentionCall, reach: Tensor) -> Tensor | None:
    """The weights by the model's own eager function, for the same queries and keys.

    Every modeling file with the attention interface has its own function of this name
    and passes it as the default, so it is found in the module of the calling layer:
    https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/llama/modeling_llama.py#L180
    """
    source = vars(sys.modules[type(call.module).__module__])
    eager = source.get("eager_attention_forward")
    if eager is None:
        return None
    mask = call.mask
    if mask is None or mask.dtype == torch.bool:  # SDPA takes bool, eager functions add floats
        mask = torch.zeros(reach.shape, device=reach.device).masked_fill(~reach, -torch.inf)[
            :, None
        ]
    inputs = (call.query.float(), call.key.float(), call.value.float(), mask)
    try:
        weights: Tensor | None = eager(call.module, *inputs, **call.options)[1]
    except (TypeError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise  # else a full GPU would look like a model with another attention
        return None
    return weights


def _checked_eager(model: Any, tokens: Tensor, why: str) -> EagerReader:
    """The fallback; each layer's window is taken from its attention on one whole prompt."""
    for output_attentions in (False, True):  # some return their attention only if asked
        heads, windows = _eager_shape(model, tokens, output_attentions)
        if len(heads) == _layers(model):
            return EagerReader(
                model, _same(heads), windows, why, output_attentions=output_attentions
            )
    raise UserError(
        f"{type(model).__name__} has softmax attention that can be read in {len(heads)} of its "
        f"{_layers(model)} layers; Headstrata needs it in every layer"
    )


def _eager_shape(
    model: Any, tokens: Tensor, output_attentions: bool
) -> tuple[list[int], list[int]]:
    """Number of heads and window of every layer that can be read."""
    heads: list[int] = []
    windows: list[int] = []

    def measure(weights: Tensor) -> None:
        if weights.isnan().any():
            raise not_a_number(len(heads))
        if weights.triu(1).any():
            raise UserError("this is not a causal language model: tokens attend to later ones")
        heads.append(weights.shape[1])
        used = weights.amax((0, 1)) > 0  # (T, T)
        query, key = used.nonzero(as_tuple=True)
        windows.append(int((query - key).max()))

    run_eager(model, tokens, measure, output_attentions=output_attentions)
    return heads, windows


def _layers(model: Any) -> int:
    return int(model.config.get_text_config().num_hidden_layers)


def _same(heads: list[int]) -> int:
    if len(set(heads)) != 1:
        raise UserError(f"the layers have different numbers of heads: {sorted(set(heads))}")
    return heads[0]

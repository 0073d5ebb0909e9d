"""Chooses how a model's attention is read: the fast way, once it is seen to be right.

The shortcut is compared, layer by layer on one short prompt, with what the
model's own eager attention makes of the same queries and keys. Where it does not
hold, the eager way is taken.
"""

import sys
from typing import Any

import torch
from torch import Tensor

from classify.attention import (
    ROWS,
    Call,
    SampledRows,
    Way,
    attention_implementation,
    not_a_number,
    reachable,
    reading_with,
    run,
    softmax_rows,
)
from classify.eager import EagerWeights, taken_weights
from classify.out_of_memory import is_out_of_memory
from classify.statistics import Rows
from headstrata.errors import UserError

#: Tokens of the prompt on which the shortcut is checked, and by how much it may differ.
_TRIAL_LENGTH = 32
_TOLERANCE = 1e-4


class _NotPlainSoftmaxError(Exception):
    """The layer's attention is not softmax(scale * q.k) over the mask."""


def choose(model: Any, tokens: Tensor) -> Way:
    """The fastest way that is right for this model.

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


def _checked_rows(model: Any, tokens: Tensor) -> SampledRows:
    """The shortcut, after comparing each layer with the model's own eager function."""
    if not model._can_set_attn_implementation():
        raise _NotPlainSoftmaxError("the model does not use the attention interface")
    rows = Rows(
        "natural",
        tokens,
        torch.arange(tokens.shape[1], device=tokens.device)[None],
        torch.zeros_like(tokens, dtype=torch.bool),
    )
    heads: list[int] = []

    def compare(call: Call) -> None:
        asked = rows.to(call.query.device)
        reach = reachable(call.mask, asked)
        theirs = _own_eager(call, reach)
        ours = softmax_rows(call, asked, reach)
        if theirs is None or theirs.shape != ours.shape:
            raise _NotPlainSoftmaxError("the model's own attention function was not found")
        if theirs.isnan().any():
            raise not_a_number(len(heads))
        if (
            not (ours - theirs).abs().max() <= _TOLERANCE
        ):  # ours is NaN under a mask of its own kind
            raise _NotPlainSoftmaxError("the model's attention is more than a plain softmax")
        heads.append(ours.shape[1])

    with attention_implementation(model, ROWS), reading_with(compare):
        try:
            run(model, tokens)
        except ValueError as error:  # an option that SDPA lacks, such as a soft cap
            raise _NotPlainSoftmaxError("SDPA cannot do this model's attention") from error
    if len(heads) != _layers(model):
        raise _NotPlainSoftmaxError("not every layer uses the attention interface")
    return SampledRows(model, len(heads), _same(heads))


def _own_eager(call: Call, reach: Tensor) -> Tensor | None:
    """What the model's own eager function makes of the same queries and keys."""
    source = vars(sys.modules[type(call.module).__module__])
    eager = source.get("eager_attention_forward")
    if eager is None:
        return None
    mask = call.mask
    if mask is None or mask.dtype == torch.bool:  # as SDPA takes it; eager functions add theirs
        mask = torch.zeros(reach.shape, device=reach.device).masked_fill(~reach, -torch.inf)[
            :, None
        ]
    inputs = (call.query.float(), call.key.float(), call.value.float(), mask)
    try:
        weights: Tensor | None = eager(call.module, *inputs, **call.options)[1]
    except (TypeError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise  # else a card that is nearly full would be taken for another attention
        return None
    return weights


def _checked_eager(model: Any, tokens: Tensor, why: str) -> EagerWeights:
    """The fallback; each layer's window is read off the attention of one whole prompt."""
    for asking in (False, True):  # some give their attention only to who asks for it
        heads, windows = _eager_shape(model, tokens, asking)
        if len(heads) == _layers(model):
            return EagerWeights(model, _same(heads), windows, why, asking=asking)
    raise UserError(
        f"{type(model).__name__} has softmax attention that can be read in {len(heads)} of its "
        f"{_layers(model)} layers; Headstrata needs it in every layer"
    )


def _eager_shape(model: Any, tokens: Tensor, asking: bool) -> tuple[list[int], list[int]]:
    """Heads and reach of every layer that can be read."""
    heads: list[int] = []
    windows: list[int] = []

    def look(weights: Tensor) -> None:
        if weights.isnan().any():
            raise not_a_number(len(heads))
        if weights.triu(1).any():
            raise UserError("this is not a causal language model: tokens attend to later ones")
        heads.append(weights.shape[1])
        used = weights.amax((0, 1)) > 0  # (T, T)
        query, key = used.nonzero(as_tuple=True)
        windows.append(int((query - key).max()))

    taken_weights(model, tokens, look, asking=asking)
    return heads, windows


def _layers(model: Any) -> int:
    return int(model.config.get_text_config().num_hidden_layers)


def _same(heads: list[int]) -> int:
    if len(set(heads)) != 1:
        raise UserError(f"the layers have different numbers of heads: {sorted(set(heads))}")
    return heads[0]

"""Chooses how a model's attention is read: by the fast reader if that is exact.

The fast reader computes softmax(scale * q.k) itself. Before it is used, its rows are
compared, layer by layer on one short prompt, with the output of the model's own eager
attention function for the same queries and keys. If they differ, the eager reader is used.
"""

import re
import sys
from typing import Any

import torch
from torch import Tensor, nn
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from cache.grid import Grid, grid_with
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
from classify.eager import EagerCall, EagerReader, run_eager
from classify.layer_numbers import LayerNumbers
from classify.out_of_memory import is_out_of_memory
from classify.statistics import Rows
from headstrata.errors import UserError

#: Tokens of the prompt on which the two are compared, and the largest difference allowed.
_TRIAL_LENGTH = 32
_TOLERANCE = 1e-4
#: Layers with softmax attention in a config's ``layer_types``: full, sliding, chunked, indexed, …
_SOFTMAX_KIND = re.compile(r"(?!linear|cross)\w+_attention")
#: By how much the weights of a row may exceed 1 in 16 bits.
_SUM_TOLERANCE = 0.02


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
    short = tokens[:, :_TRIAL_LENGTH]
    reader: AttentionReader
    try:
        reader = _checked_rows(model, short)
        if len(reader.grid.attending) < reader.grid.layers:
            _check_rest(model, short, reader.grid)
    except _NotPlainSoftmaxError as error:
        reader = _checked_eager(model, tokens, str(error))
    _check_complete(model, reader.grid)
    return reader


def _check_complete(model: Any, grid: Grid) -> None:
    """Refuse a model of which some layers have softmax attention that nobody can read.

    Raises:
        UserError: The config says so of a layer without heads.
    """
    kinds = getattr(model.config.get_text_config(), "layer_types", None) or []
    told = {layer for layer, kind in enumerate(kinds) if _SOFTMAX_KIND.fullmatch(kind)}
    missed = sorted(told - grid.attending) if len(kinds) == grid.layers else []
    if missed:
        raise UserError(
            f"{type(model).__name__} has softmax attention in {len(told)} of its {grid.layers} "
            f"layers, but that of layer {missed[0]} cannot be read, so it is not scored"
        )


def _checked_rows(model: Any, tokens: Tensor) -> SdpaRowsReader:
    """The fast reader, after each layer was compared with the model's own eager function.

    Raises:
        _NotPlainSoftmaxError: They differ, or the comparison is not possible.
        UserError: Attention in it is not causal.
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
    numbers = LayerNumbers(model)
    heads: list[int] = []

    def compare(call: AttentionCall) -> None:
        numbers.call(call.module)
        if (_sdpa_rows(call).triu(1) > 0).any():  # not NaN: see below
            raise _not_causal()
        local = rows.to(call.query.device)
        theirs = _own_eager(call, local)
        ours = softmax_rows(call, local, reachable(call.mask, local))
        if theirs is None or theirs.shape != ours.shape:
            raise _NotPlainSoftmaxError("the model's own attention function was not found")
        if theirs.isnan().any():
            raise _not_a_number(numbers)
        # "not <=": ours is NaN where reachable() finds no key, as in masks with other values.
        if not (ours - theirs).abs().max() <= _TOLERANCE:
            raise _NotPlainSoftmaxError("the model's attention is more than a plain softmax")
        heads.append(ours.shape[1])

    with attention_implementation(model, ROWS), observe_calls(compare), numbers.watch():
        try:
            run(model, tokens)
        except ValueError as error:  # an option that SDPA lacks, such as a soft cap
            raise _NotPlainSoftmaxError("SDPA cannot do this model's attention") from error
    numbered = numbers.numbers()
    if numbered is None or not heads:
        raise _NotPlainSoftmaxError("not every layer uses the attention interface")
    return SdpaRowsReader(model, _grid(heads, *numbered), numbered[0])


def _check_rest(model: Any, tokens: Tensor, grid: Grid) -> None:
    """Check that the layers without heads have no attention of another kind.

    Raises:
        _NotPlainSoftmaxError: They have.
    """
    for output_attentions in (False, True):
        found = _eager_reader(model, tokens, "", output_attentions)
        layers = {call.layer for call in found.calls} if found else set()
        if not layers <= grid.attending:
            raise _NotPlainSoftmaxError("not every layer uses the attention interface")


def _sdpa_rows(call: AttentionCall) -> Tensor:
    """The attention as SDPA computes it for the layer, (B, H, T, T): one-hot values show it."""
    batch, groups, length = call.key.shape[:3]
    one_hot = torch.eye(length, device=call.value.device, dtype=call.value.dtype)
    values = one_hot.expand(batch, groups, length, length)
    rows: Tensor = sdpa_attention_forward(
        call.module, call.query, call.key, values, call.mask, **call.options
    )[0]
    return rows.transpose(1, 2)


def _own_eager(call: AttentionCall, rows: Rows) -> Tensor | None:
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
    if mask is None:  # SDPA's own triangle, as was seen
        mask = rows.distance()[:, None] >= 0
    if mask.dtype == torch.bool:  # SDPA takes bool, eager functions add floats
        mask = torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, -torch.inf)
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
    best: EagerReader | None = None
    for output_attentions in (False, True):  # some return their attention only if asked
        found = _eager_reader(model, tokens, why, output_attentions)
        if found is not None and (best is None or len(found.calls) > len(best.calls)):
            best = found
        if best is not None and len(best.calls) == best.grid.layers:
            break
    if best is None:
        raise UserError(
            f"{type(model).__name__} has no attention from token to token that can be read; "
            "Headstrata scores the heads of softmax attention"
        )
    return best


def _eager_reader(
    model: Any, tokens: Tensor, why: str, output_attentions: bool
) -> EagerReader | None:
    """A reader of the layers whose attention can be read so; None: there are none."""
    numbers = LayerNumbers(model)
    heads: list[int] = []
    windows: list[int] = []
    sinks: list[bool] = []

    def measure(module: nn.Module, weights: Tensor) -> bool:
        if weights.isnan().any():
            numbers.call(module)
            raise _not_a_number(numbers)
        if (weights < 0).any() or (weights.float().sum(-1) > 1 + _SUM_TOLERANCE).any():
            return False
        if weights.triu(1).any():
            raise _not_causal()
        used = weights.amax((0, 1)) > 0  # (T, T)
        query, key = used.nonzero(as_tuple=True)
        numbers.call(module)
        heads.append(weights.shape[1])
        # None: a learned sink takes all that the dtype can tell apart from 1.
        windows.append(int((query - key).max()) if len(query) else tokens.shape[1] - 1)
        rounding = max(_TOLERANCE, torch.finfo(weights.dtype).eps)
        sinks.append(bool((weights.float().sum(-1) < 1 - rounding).any()))
        return True

    modules = list(model.base_model.modules())
    with numbers.watch():
        run_eager(model, tokens, measure, modules, output_attentions=output_attentions)
    if not heads:
        return None
    numbered = numbers.numbers()
    if numbered is None:
        raise UserError(
            f"{type(model).__name__} has attention that belongs to no layer in particular, so its "
            "heads cannot be numbered"
        )
    found = zip(numbers.called, numbered[0], windows, sinks, strict=True)
    calls = [EagerCall(*call) for call in found]
    grid = _grid(heads, *numbered)
    return EagerReader(model, grid, calls, why, output_attentions=output_attentions)


def _grid(heads: list[int], numbers: list[int], layers: int) -> Grid:
    by_layer = dict(zip(numbers, heads, strict=True))
    return grid_with([by_layer.get(layer, 0) for layer in range(layers)])


def _not_a_number(numbers: LayerNumbers) -> UserError:
    """The error for the layer of the last call."""
    numbered = numbers.numbers()
    return not_a_number(numbered[0][-1] if numbered else len(numbers.called) - 1)


def _not_causal() -> UserError:
    return UserError(
        "this is not a causal language model: tokens attend to later ones, so the scores, which "
        "are about earlier tokens, do not describe it"
    )

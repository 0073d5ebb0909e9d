"""What heads write: whether the token that a head reads becomes more likely, or less.

From the weights alone, on effective embeddings: what the first layer makes of a token. Raw
embeddings mislead, because later layers read what the first one has made (Elhage et al. 2021,
A Mathematical Framework for Transformer Circuits, has the form with raw ones).

For a sample of tokens t, x is the effective embedding of t. A head that attends to x alone
writes y(x), through the layer's own norm, value map and output projection, and y adds to the
logits by the last norm's scale and the unembedding. After the mean over the sampled tokens is
taken off, ``copying`` is the mean over t of the z-score of t's own logit among the logits of
all tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from classify.layer_stack import LayerStack
from classify.out_of_memory import Halves
from classify.probes import Vocabulary
from classify.projections import Projection, UnmeasurableError, inputs_changed, weight_of

#: How many ordinary tokens are sampled.
SAMPLE = 512
#: Tells the sample's random numbers from those of the prompts.
_STREAM = 7
#: Rows of the unembedding that are in float32 at once.
_BLOCK = 8192
#: How far what stands between layers and unembedding may be from a norm, relatively: more than
#: bfloat16 rounds, less than what is no norm differs by.
_TOLERANCE = 5e-2


class Copying(NamedTuple):
    """One number a head of each projection, in their order; NaN: the head writes nothing."""

    mean: NDArray[np.float64]
    """In standard deviations of the logits: positive copies, negative suppresses."""
    error: NDArray[np.float64]
    """The standard error over the sampled tokens."""


@dataclass(frozen=True)
class _Scale:
    """What a norm does to a direction, but for its length: takes the mean off, and scales."""

    scale: Tensor
    """(hidden,) float32"""
    centred: bool

    def __call__(self, rows: Tensor) -> Tensor:
        """Rows (N, hidden) float32."""
        return (rows - rows.mean(-1, keepdim=True) if self.centred else rows) * self.scale


def sample(
    vocabulary: Vocabulary, seed: int, size: int = SAMPLE
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The sampled tokens (N,), and what stands before each: what starts every prompt."""
    rng = np.random.default_rng([seed, _STREAM])
    drawn = rng.permutation(vocabulary.ordinary)[: size + 1]
    before = np.array(vocabulary.bos or drawn[-1:], np.int64)
    kept = drawn[:size] if vocabulary.bos or len(drawn) > size else drawn[:-1]
    return np.sort(kept), before


def copying(
    stack: LayerStack,
    projections: Sequence[Projection],
    tokens: NDArray[np.int64],
    before: NDArray[np.int64],
    device: torch.device,
) -> Copying:
    """The mean and the standard error of each head's copying.

    Args:
        stack: The model's layers, from any of which passes can begin.
        projections: Of the layers with heads.
        tokens: (N,) ids of the sampled tokens, N > 1.
        before: What stands before each of them.
        device: That of the embedding.

    Raises:
        UnmeasurableError: The model's logits are not made of its residual stream by a norm and
            an unembedding.
    """
    ids = torch.from_numpy(tokens).to(device)
    values, norms = _values(stack, projections, ids, torch.from_numpy(before).to(device))
    logits = _Logits.of(stack, ids)
    scores = [
        _scores(projection, value, norm, logits)
        for projection, value, norm in zip(projections, values, norms, strict=True)
    ]
    z = torch.cat(scores).double().numpy()  # (heads, N)
    return Copying(z.mean(1), z.std(1, ddof=1) / np.sqrt(z.shape[1]))


@dataclass(frozen=True)
class _Logits:
    """What is written into the residual stream adds to the logits."""

    norm: _Scale
    own: Tensor
    """(N, hidden) float32: the sampled tokens' unembeddings, less the mean over all tokens'."""
    covariance: Tensor
    """(hidden, hidden) float32, of the unembeddings of all tokens."""

    @classmethod
    def of(cls, stack: LayerStack, ids: Tensor) -> "_Logits":
        """For the sampled tokens (N,)."""
        unembedding = _unembedding(stack)
        norm = _last_norm(stack, unembedding.shape[1], ids.device)
        mean, covariance = _moments(unembedding)
        return cls(norm, unembedding[ids.to(unembedding.device)].float() - mean, covariance)


def _scores(projection: Projection, values: Tensor, norm: _Scale | None, logits: _Logits) -> Tensor:
    """z-scores (heads, N) of the tokens' own logits, on the CPU; NaN: nothing is written.

    With y = v W, v a head's values (D numbers) and W its rows of the output projection, both
    the logit u . y = v . W u and its variance y C y = v (W C W') v need D numbers only.
    """
    place = logits.own.device
    weight = _map_of(projection)  # (heads * D, hidden)
    weight = logits.norm((weight if norm is None else norm(weight)).to(place))
    heads, width = projection.heads, projection.width
    centred = (values - values.mean(0)).to(place).view(-1, heads, width).transpose(0, 1)
    rows = weight.view(heads, width, -1)
    own = (weight @ logits.own.T).view(heads, width, -1)  # (heads, D, N)
    deviation = (centred * own.transpose(1, 2)).sum(-1)  # (heads, N)
    spread = (weight @ logits.covariance).view(rows.shape) @ rows.transpose(1, 2)  # (heads, D, D)
    variance = ((centred @ spread) * centred).sum(-1)
    deviation = deviation.where(variance > 0, torch.nan)
    return (deviation / variance.clamp(min=0).sqrt()).cpu()


def _values(
    stack: LayerStack, projections: Sequence[Projection], ids: Tensor, before: Tensor
) -> tuple[list[Tensor], list[_Scale | None]]:
    """What each projection receives of a token that its heads attend to alone, float32.

    A prompt of one token has one key, so that every head attends to it alone.

    Returns:
        For each projection (N, heads * D), and the norm that its output goes through before it
        is added to the residual stream, if there is one (Gemma 2, OLMo 2).
    """
    norms: list[_Scale | None] = [None] * len(projections)

    def part(start: int, stop: int) -> list[Tensor]:
        some = ids[start:stop]
        prompts = torch.cat([before.expand(len(some), -1), some[:, None]], dim=1)
        received = stack.first_two(prompts)
        if any(hidden.ndim != 3 for hidden in received):
            raise UnmeasurableError("the model's layers hand on several streams")
        first, *rest = (hidden[:, -1:] for hidden in received)
        hidden = [first, *rest * (len(stack.layers) - 1)]
        values: list[Tensor] = [ids] * len(projections)

        def see(index: int, given: Tensor) -> Tensor:
            values[index] = given.reshape(len(some), -1).float()
            return given

        with inputs_changed(projections, see), _Followed(stack.model, projections) as followed:
            stack.each_receives(some[:, None], hidden)
        norms[:] = followed.norms()
        return values

    parts = Halves(_BLOCK // (len(before) + 1)).run(len(ids), part)
    return [torch.cat(of_one) for of_one in zip(*parts, strict=True)], norms


class _Followed:
    """Notices which norm the output of each projection goes through by itself."""

    def __init__(self, model: Any, projections: Sequence[Projection]) -> None:
        self.found: list[nn.Module | None] = [None] * len(projections)
        self._waiting: dict[int, Tensor] = {}
        self._modules = [
            module
            for module in model.modules()
            if getattr(module, "weight", None) is not None and module.weight.ndim == 1
        ]
        self._projections = projections
        self._handles: list[Any] = []

    def __enter__(self) -> "_Followed":
        for index, projection in enumerate(self._projections):

            def after(_: nn.Module, __: object, output: Tensor, index: int = index) -> None:
                self._waiting = {index: output}

            self._handles.append(projection.module.register_forward_hook(after))

        def before(module: nn.Module, arguments: tuple[Any, ...]) -> None:
            for index, output in self._waiting.items():
                if arguments and torch.equal(arguments[0], output):
                    self.found[index] = module
            self._waiting = {}

        self._handles += [module.register_forward_pre_hook(before) for module in self._modules]
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._handles:
            handle.remove()

    def norms(self) -> list[_Scale | None]:
        """What each one's norm does; None: there is none."""
        return [None if module is None else _scale_of(module) for module in self.found]


def _scale_of(module: nn.Module) -> _Scale:
    weight: Any = module.weight
    with torch.inference_mode():
        return _probed(module, len(weight), weight)


def _last_norm(stack: LayerStack, width: int, device: torch.device) -> _Scale:
    """What the model does with the residual stream before its unembedding."""
    like = torch.empty(0, device=device, dtype=stack.model.dtype)

    def read_out(rows: Tensor) -> Tensor:
        return stack.read_out(rows[:, None])[:, 0]

    found = _probed(read_out, width, like)
    return _Scale(found.scale.to(_unembedding(stack).device), found.centred)


def _probed(norm: Any, width: int, like: Tensor) -> _Scale:
    """What a norm does, by what it makes of signs: it changes neither their mean nor their size.

    So it does not matter whether it has its scale in ``weight`` or, as Gemma's, less one.

    Raises:
        UnmeasurableError: It is no norm.
    """
    if width % 2:
        raise UnmeasurableError("the width of the residual stream is odd")
    generator = torch.Generator().manual_seed(0)
    half = torch.cat([torch.ones(width // 2), -torch.ones(width // 2)])
    one, other = (half[torch.randperm(width, generator=generator)] for _ in range(2))
    rows = torch.stack([one, -one, other, -other, one + 1]).to(like.device, like.dtype)
    found = norm(rows).float().cpu()
    if found.shape != rows.shape:
        raise UnmeasurableError("the unembedding has another width than the residual stream")
    scale = (found[0] - found[1]) / 2 * one
    largest = scale.abs().max()
    if not ((found[2] - found[3]) / 2 - scale * other).abs().max() <= _TOLERANCE * largest:
        raise UnmeasurableError("what stands before the unembedding is no norm")
    centred = bool((found[4] - found[0]).abs().max() <= _TOLERANCE * largest)
    return _Scale(scale.to(like.device), centred)


def _map_of(projection: Projection) -> Tensor:
    """The output projection as a map of rows (heads * D, hidden), float32."""
    if (weight := weight_of(projection)) is not None:
        return weight.float()
    size = projection.heads * projection.width
    parameter = next(projection.module.parameters())
    dtype = parameter.dtype if parameter.is_floating_point() else torch.float32
    with torch.inference_mode():
        rows = torch.eye(size, device=parameter.device, dtype=dtype)
        mapped: Tensor = projection.module(rows).float()
        nothing: Tensor = projection.module(torch.zeros_like(rows[:1])).float()
        return mapped - nothing


def _unembedding(stack: LayerStack) -> Tensor:
    """Its weights (V, hidden), in the dtype of the model."""
    weight = getattr(stack.unembedding, "weight", None)
    if not isinstance(weight, Tensor) or weight.ndim != 2 or not weight.is_floating_point():
        raise UnmeasurableError("the unembedding's weights are packed")
    return weight.detach()


def _moments(unembedding: Tensor) -> tuple[Tensor, Tensor]:
    """Mean (hidden,) and covariance (hidden, hidden) of the rows, float32."""
    size, width = unembedding.shape
    mean = torch.zeros(width, device=unembedding.device)
    for start in range(0, size, _BLOCK):
        mean += unembedding[start : start + _BLOCK].float().sum(0) / size
    covariance = torch.zeros(width, width, device=unembedding.device)
    for start in range(0, size, _BLOCK):
        centred = unembedding[start : start + _BLOCK].float() - mean
        covariance.addmm_(centred.T, centred, alpha=1 / size)
    return mean, covariance

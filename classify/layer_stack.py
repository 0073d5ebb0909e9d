"""The layers of a model as a stack: what each receives, and passes that begin at one of them.

A pass that begins at a layer runs the model's own forward pass, in which the layers before it
hand on what they get: so embeddings, masks, rotary angles, the last norm, the unembedding, and
soft caps and scales of the logits are the model's own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from classify.out_of_memory import is_out_of_memory
from classify.projections import Projection, UnmeasurableError

#: How far the logits of a pass that began at a layer may be from those of the whole pass,
#: relative to the largest. They are equal but where a GPU adds up in any order.
_TOLERANCE = 1e-4
#: At how many layers it is tried whether a pass can begin there.
_TRIED = 5
#: The form of an output that is the hidden states themselves.
_ALONE = 0


class _SeenError(Exception):
    """Ends a pass of which nothing more is needed."""


@dataclass(frozen=True)
class Begin:
    """Where a pass begins: at a layer of the stack, with the hidden states that it receives."""

    place: int
    """The index of the layer; that after the last: where the layers end."""
    hidden: Tensor
    """(B, T, ...)"""


class LayerStack:
    """The list of layers in which the projections stand.

    Args:
        model: A causal language model.
        projections: The output projections of its layers with heads.

    Raises:
        UnmeasurableError: The model ends before its logits.
    """

    def __init__(self, model: Any, projections: Sequence[Projection]) -> None:
        self.model = model
        self.unembedding = model.get_output_embeddings()
        if self.unembedding is None:
            raise UnmeasurableError(f"{type(model).__name__} has no unembedding")
        self.layers, self.places = _stack(model, projections)
        """The layers, and at which of them each projection stands; none: not in one list."""
        self.forms: list[int] = []
        """How many outputs each layer returns in a tuple or list; 0: the hidden states alone."""

    def logits(self, tokens: Tensor, positions: Tensor, begin: Begin | None = None) -> Tensor:
        """The logits at some positions.

        Args:
            tokens: (B, T) int64.
            positions: (P,) int64.
            begin: Where the pass begins; None: with the tokens.

        Returns:
            (B, P, V) in the dtype of the model.
        """
        with ExitStack() as around:
            if begin is not None:
                around.enter_context(self._begun(begin))
            around.enter_context(_only(self.unembedding, positions))
            around.enter_context(torch.inference_mode())
            found: Tensor = self.model(input_ids=tokens, use_cache=False, return_dict=True).logits
        if found.shape[1] != len(positions):
            raise UnmeasurableError(f"{type(self.model).__name__} makes its logits another way")
        return found

    def received(self, tokens: Tensor, positions: Tensor) -> tuple[Tensor, list[Tensor]]:
        """The logits (B, P, V), and the hidden states (B, T, ...) that each layer receives."""
        received: list[Tensor] = []
        forms: list[int] = []

        def before(_: nn.Module, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
            received.append(_hidden(arguments, named))

        def after(_: nn.Module, __: object, output: Any) -> None:
            forms.append(len(output) if isinstance(output, tuple | list) else _ALONE)

        handles = [layer.register_forward_pre_hook(before, with_kwargs=True) for layer in self]
        handles += [layer.register_forward_hook(after) for layer in self]
        try:
            logits = self.logits(tokens, positions)
        finally:
            for handle in handles:
                handle.remove()
        self.forms = forms
        return logits, received

    def first_two(self, tokens: Tensor) -> list[Tensor]:
        """The hidden states (B, T, ...) that the first two layers receive; one, if there is one."""
        received: list[Tensor] = []

        def before(_: nn.Module, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
            received.append(_hidden(arguments, named))
            if len(received) == min(2, len(self.layers)):
                raise _SeenError

        handles = [layer.register_forward_pre_hook(before, with_kwargs=True) for layer in self]
        try:
            self.logits(tokens, torch.empty(0, dtype=torch.long))
        except _SeenError:
            pass
        finally:
            for handle in handles:
                handle.remove()
        return received

    def begins_anywhere(self, tokens: Tensor) -> bool:
        """Whether passes can begin at its layers: tried at some, against the whole pass.

        Not where a layer takes more from those before it than hidden states (keys and values
        of an earlier layer, or a module that runs in several places).

        Args:
            tokens: (B, T) int64, a short prompt.
        """
        if not self.places:
            return False
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        last = len(self.places) - 1
        tried = {self.places[last * step // (_TRIED - 1)] for step in range(_TRIED)}
        whole, received = self.received(tokens, positions)
        if len(received) != len(self.forms) or len(received) != len(list(self)):
            return False
        try:
            return all(
                _same(self.logits(tokens, positions, Begin(place, received[place])), whole)
                for place in tried
            )
        except Exception as error:  # what a layer says that lacks something is its own
            if is_out_of_memory(error):
                raise
            return False

    def each_receives(self, tokens: Tensor, hidden: Sequence[Tensor]) -> None:
        """A pass in which each layer receives what it is given, whatever came before.

        Args:
            tokens: (B, T) int64.
            hidden: For each layer (B, T, hidden).
        """
        handles = [
            layer.register_forward_pre_hook(_taking(one), with_kwargs=True)
            for layer, one in zip(self, hidden, strict=True)
        ]
        try:
            self.logits(tokens, torch.empty(0, dtype=torch.long))
        finally:
            for handle in handles:
                handle.remove()

    def read_out(self, hidden: Tensor) -> Tensor:
        """What the unembedding receives (B, 1, E) where the layers end with ``hidden``.

        Args:
            hidden: (B, 1, hidden).
        """
        seen: list[Tensor] = []

        def see(_: nn.Module, arguments: tuple[Any, ...]) -> None:
            seen.append(arguments[0])

        tokens = torch.zeros(hidden.shape[:2], dtype=torch.long, device=hidden.device)
        position = torch.zeros(1, dtype=torch.long)
        handle = self.unembedding.register_forward_pre_hook(see)
        try:
            self.logits(tokens, position, Begin(len(self.layers), hidden))
        finally:
            handle.remove()
        return seen[-1]

    def __iter__(self) -> Iterator[nn.Module]:
        return iter(self.layers)

    @contextmanager
    def _begun(self, begin: Begin) -> Iterator[None]:
        """Within this context the layers before ``begin.place`` do nothing."""
        changed = list(self)[: begin.place]
        own = [vars(layer).get("forward") for layer in changed]  # accelerate sets some
        handle = self.layers[0].register_forward_pre_hook(_taking(begin.hidden), with_kwargs=True)
        try:
            for layer, form in zip(changed, self.forms, strict=False):
                layer.forward = _handing_on(form)
            yield
        finally:
            handle.remove()
            for layer, forward in zip(changed, own, strict=True):
                if forward is None:
                    vars(layer).pop("forward", None)
                else:
                    layer.forward = forward


def _stack(model: Any, projections: Sequence[Projection]) -> tuple[nn.ModuleList, list[int]]:
    """The outermost list that holds all projections, and each one's index in it."""
    modules = dict(model.named_modules())
    found: list[tuple[str, int]] = []
    for projection in projections:
        parts = projection.name.split(".")
        depths = [
            depth
            for depth in range(1, len(parts))
            if isinstance(modules.get(".".join(parts[:depth])), nn.ModuleList)
        ]
        if not depths:
            return nn.ModuleList(), []
        found.append((".".join(parts[: depths[0]]), int(parts[depths[0]])))
    if len({name for name, _ in found}) != 1:
        return nn.ModuleList(), []
    return modules[found[0][0]], [index for _, index in found]


def _hidden(arguments: tuple[Any, ...], named: dict[str, Any]) -> Tensor:
    """The hidden states among a layer's arguments."""
    hidden: Tensor = arguments[0] if arguments else named["hidden_states"]
    return hidden


def _taking(hidden: Tensor) -> Callable[..., tuple[tuple[Any, ...], dict[str, Any]]]:
    """A hook by which a layer receives these hidden states."""

    def enter(
        _: nn.Module, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        here = hidden.to(_hidden(arguments, named).device)
        if arguments:
            return (here, *arguments[1:]), named
        return arguments, {**named, "hidden_states": here}

    return enter


def _handing_on(form: int) -> Callable[..., Any]:
    """A layer's forward pass that hands on the hidden states."""

    def forward(*arguments: Any, **named: Any) -> Any:
        hidden = _hidden(arguments, named)
        return (hidden, *[None] * (form - 1)) if form else hidden

    return forward


@contextmanager
def _only(unembedding: nn.Module, positions: Tensor) -> Iterator[None]:
    """Within this context the unembedding sees some positions (P,) of (B, T, hidden) only."""

    def cut(_: nn.Module, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        hidden = arguments[0]
        return (hidden.index_select(1, positions.to(hidden.device)), *arguments[1:])

    handle = unembedding.register_forward_pre_hook(cut)
    try:
        yield
    finally:
        handle.remove()


def _same(one: Tensor, other: Tensor) -> bool:
    tolerance = max(_TOLERANCE, 4 * torch.finfo(other.dtype).eps)
    difference = (one.float() - other.float()).abs().max()
    return bool(difference <= tolerance * other.float().abs().max())

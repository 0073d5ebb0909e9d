"""Which layer each attention call of a forward pass belongs to."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from torch import nn

_Place = tuple[nn.ModuleList, int]
"""A list of modules, and an index in it."""


class LayerNumbers:
    """Numbers the attention calls of one forward pass by where their modules stand.

    A layer's number is its index in the model's ``ModuleList`` of layers, whatever the
    modules are called; so layers without attention count too. A module that stands in
    several layers (Zamba's shared blocks) belongs to the one that runs. Layers that run
    again (Dory's loops, HRM's two lists in turn) are numbered on, one for each run, as in
    the unrolled model. Lists within a layer count as layers where they hold several
    attentions (LongCat).

    Args:
        model: A causal language model.
    """

    def __init__(self, model: Any) -> None:
        self._modules = dict(model.base_model.named_modules(remove_duplicate=False))
        self._log: list[tuple[nn.Module, bool]] = []

    @property
    def called(self) -> list[nn.Module]:
        """The attention modules, in the order of their calls."""
        return [module for module, is_call in self._log if is_call]

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Within this context, notice which layers run."""
        lists = [module for module in self._modules.values() if isinstance(module, nn.ModuleList)]

        def enter(module: nn.Module, _: object) -> None:
            self._log.append((module, False))

        items = {item for modules in lists for item in modules}
        handles = [item.register_forward_pre_hook(enter) for item in items]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    def call(self, module: nn.Module) -> None:
        """Note a call of the attention in this module."""
        self._log.append((module, True))

    def numbers(self) -> tuple[list[int], int] | None:
        """A number for every call, rising, and how many layers there are.

        None: a layer calls its attention several times, or is in no list.
        """
        places: dict[nn.Module, list[list[_Place]]] = {module: [] for module in self.called}
        for name, module in self._modules.items():
            if module in places:
                places[module].append(self._path(name))
        if not all(paths and all(paths) for paths in places.values()):
            return None
        for level in (0, -1):  # the outermost list, else the innermost
            at = {module: [path[level] for path in paths] for module, paths in places.items()}
            numbers, layers = self._depths(at)
            if all(one < other for one, other in pairwise(numbers)):
                return numbers, layers
        return None

    def _path(self, name: str) -> list[_Place]:
        """The lists on the way to a module, outermost first, and the index in each."""
        parts = name.split(".")
        parents = [self._modules[".".join(parts[:depth])] for depth in range(len(parts))]
        return [
            (parent, int(part))
            for parent, part in zip(parents, parts, strict=True)
            if isinstance(parent, nn.ModuleList)
        ]

    def _depths(self, called: dict[nn.Module, list[_Place]]) -> tuple[list[int], int]:
        """For every call, how many layers ran or were skipped before it; and all layers."""
        entered: dict[nn.Module, list[_Place]] = {}
        for modules in {modules for places in called.values() for modules, _ in places}:
            for index, item in enumerate(modules):
                entered.setdefault(item, []).append((modules, index))
        numbers: list[int] = []
        depth, modules, here = -1, nn.ModuleList(), -1
        for module, is_call in self._log:
            places = called[module] if is_call else entered.get(module, [])
            if places and not (is_call and (modules, here) in places):
                ahead = [i for of, i in places if of is modules and i > here]
                if ahead:
                    depth, here = depth + min(ahead) - here, min(ahead)
                else:  # another list, or the same again
                    depth += 1 if places[0][0] is modules else 1 + places[0][1]
                    modules, here = places[0]
            if is_call:
                numbers.append(depth)
        return numbers, depth + len(modules) - here

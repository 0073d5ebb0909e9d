"""Finds transformer layers that a checkpoint holds in addition to those of its config."""

import re
from collections import defaultdict
from collections.abc import Iterable

_LAYER = re.compile(r"(.+?)\.(\d+)\.(.+)")
_ATTENTION = re.compile(r"attn|attention")

_Layers = dict[str, dict[int, set[str]]]
"""Name of a layer list -> layer number -> names of the layer's weights, within the layer."""


def extra_layers(loaded: Iterable[str], unexpected: Iterable[str]) -> dict[str, list[int]]:
    """Numbers of the layers that were not loaded, by the name of their list.

    Only complete layers count: they hold the attention weights of a layer that was
    loaded, and no part that such a layer lacks. Other unexpected weights are normal:
    rotary buffers, masks, ``lm_head``, multi-token-prediction blocks (with their
    ``eh_proj`` and ``shared_head``).

    Args:
        loaded: Names of the model's weights.
        unexpected: Names of weights in the checkpoint that the model does not have.

    >>> extra_layers(
    ...     ["h.0.attn.c_attn.weight", "h.0.mlp.c_fc.weight"],
    ...     ["h.1.attn.c_attn.weight", "h.1.mlp.c_fc.weight", "lm_head.weight"],
    ... )
    {'h': [1]}
    """
    known, more = _by_layer(loaded), _by_layer(unexpected)
    found = {}
    for name, layers in more.items():
        # Checkpoints of the base model leave out the prefix: h instead of transformer.h.
        places = [there for there in known if f".{there}".endswith(f".{name}")]
        ordinary = [parts for place in places for parts in known[place].values()]
        beyond = [
            number
            for number, parts in sorted(layers.items())
            if _is_whole(parts, ordinary) and all(number not in known[p] for p in places)
        ]
        if beyond:
            found[name] = beyond
    return found


def _by_layer(names: Iterable[str]) -> _Layers:
    layers: _Layers = defaultdict(lambda: defaultdict(set))
    for name in names:
        if match := _LAYER.fullmatch(name):
            layers[match[1]][int(match[2])].add(match[3])
    return layers


def _is_whole(parts: set[str], ordinary: list[set[str]]) -> bool:
    children = {_child(part) for layer in ordinary for part in layer}
    needed = [_attention(layer) for layer in ordinary]
    return {_child(part) for part in parts} <= children and any(n and n <= parts for n in needed)


def _attention(parts: set[str]) -> set[str]:
    return {part for part in parts if part.endswith("weight") and _ATTENTION.search(part)}


def _child(part: str) -> str:
    return part.split(".", 1)[0]

"""Small stacked bars on relative depth: models of different numbers of layers line up.

``assets/overview/depth.js`` draws the same, number for number, when the slider moves.
"""

from collections.abc import Mapping, Sequence

from cache.bins import NOT_MEASURED

#: The picture's own units: a tenth of a px at its usual size.
WIDTH, HEIGHT = 2400, 720
_GAP = 20
"""Between two bars."""


def depth_bins(layers: int, bins: int) -> list[tuple[int, int]]:
    """Half-open bins of layers, as equal as whole layers can be; one a layer at most.

    >>> depth_bins(48, 4), depth_bins(2, 6)
    ([(0, 12), (12, 24), (24, 36), (36, 48)], [(0, 1), (1, 2)])
    """
    count = min(bins, layers)
    return [(at * layers // count, (at + 1) * layers // count) for at in range(count)]


def binned(counts: Mapping[str, Sequence[int]], layers: int, bins: int) -> dict[str, list[int]]:
    """Heads of each segment in each bin."""
    ends = depth_bins(layers, bins)
    return {name: [sum(own[start:stop]) for start, stop in ends] for name, own in counts.items()}


def reach(heads: Mapping[str, Sequence[int]]) -> tuple[int, int]:
    """The largest share of a bin's heads that is drawn: (heads, of heads).

    All of them, but of a partly measured table those with a name.

    Args:
        heads: As ``binned``.
    """
    best = (0, 1)
    for inside in zip(*heads.values(), strict=True):
        total = sum(inside)
        unknown = sum(n for name, n in zip(heads, inside, strict=True) if name == NOT_MEASURED)
        if total and (total - unknown) * best[1] > best[0] * total:
            best = (total - unknown, total)
    return best


def paths(
    counts: Mapping[str, Sequence[int]], order: Sequence[str], layers: int, bins: int
) -> dict[str, str]:
    """The bars of each segment that some head is in, as the ``d`` of an SVG path.

    All pictures have one scale: what nobody measured stays empty.

    Args:
        counts: Segment to its heads in each layer.
        order: The segments, bottom first.
        layers: Number of layers.
        bins: How many bars; fewer if there are fewer layers.
    """
    heads = binned(counts, layers, bins)
    drawn: dict[str, str] = {}
    for place, (start, stop) in enumerate(depth_bins(layers, bins)):
        total = sum(own[place] for own in heads.values())
        left, right = _rounded(start * WIDTH, layers), _rounded(stop * WIDTH, layers) - _GAP
        below = 0
        for name in order:
            count = heads[name][place] if name in heads and name != NOT_MEASURED else 0
            if not count:
                continue
            floor, top = (
                HEIGHT - _rounded(number * HEIGHT, total) for number in (below, below + count)
            )
            below += count
            drawn[name] = drawn.get(name, "") + f"M{left} {top}H{right}V{floor}H{left}z"
    return drawn


def _rounded(part: int, whole: int) -> int:
    """The nearest whole number, halves up."""
    return (2 * part + whole) // (2 * whole)

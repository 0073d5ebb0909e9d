"""How much of each token a head would write: the norm of its value after the output projection.

Attention on a token whose value is next to nothing moves nothing: weight times norm tells a head
that rests from one that reads (Kobayashi et al. 2020, Attention is Not Only a Weight).
"""

import torch
from torch import Tensor

#: In so many parts the heads are taken: what they write is as large as the queries, and all of it
#: at once would be memory that the pass itself does not need.
_PARTS = 4


def value_norms(values: Tensor, maps: Tensor) -> Tensor:
    """The norm of what each head would write of each token, if it attended to nothing else.

    Args:
        values: (B, G, T, D), any float dtype; H is a multiple of G: grouped queries share them.
        maps: (H, D, at most D) float32, of ``projections.norm_maps``.

    Returns:
        (B, H, T) float32, in the unit of the hidden states.
    """
    groups, width = values.shape[1], values.shape[3]
    each = len(maps) // groups  # heads that share their values
    side_by_side = maps.view(groups, each, width, -1).transpose(1, 2).flatten(2)  # (G, D, E * D)
    parts = []
    step = -(-groups // _PARTS)
    for some in range(0, groups, step):
        # (B, G/4, T, D) @ (G/4, D, E * D) -> (B, G/4, T, E, D)
        written = values[:, some : some + step].float() @ side_by_side[some : some + step]
        by_head = written.view(*written.shape[:3], each, -1)
        norms = torch.linalg.vector_norm(by_head, dim=-1)
        parts.append(norms.transpose(2, 3).flatten(1, 2))  # (B, G/4 * E, T)
    return torch.cat(parts, dim=1)


def first_token_share(weights: Tensor, norms: Tensor, reached: Tensor) -> tuple[Tensor, Tensor]:
    """The first token's share of what is written, |A[q, 0] v_0 W| / sum over k of |A[q, k] v_k W|.

    Args:
        weights: Attention A, (B, H, R, T) float32.
        norms: (B, H, T) float32, of ``value_norms``.
        reached: (B or 1, R) bool: whether a row reaches the first token.

    Returns:
        (B, H) float32 each: the sum of the shares over rows, and over how many it is; a row
        that writes nothing has no share.
    """
    whole = (weights @ norms[..., None]).squeeze(-1)  # (B, H, R)
    counted = reached[:, None] & (whole > 0)
    shares = weights[..., 0] * norms[..., :1] / whole.where(counted, 1)
    return shares.where(counted, 0).sum(-1), counted.sum(-1).float()

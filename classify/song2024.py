"""The protocol of Song et al. 2024, repeated on a model.

Song, Xu, Zhong, "Out-of-distribution generalization via composition" (2024, arXiv
2408.09503), repository JiajunSong629/ood-generalization-via-composition,
``removal-ih/IH_list/prep.py``: 50 sequences of 25 random tokens, twice, no BOS; the
first row and column of the attention are dropped and the rows renormalised, which
takes the attention sink out; the scores are means of a diagonal.
"""

from typing import Any

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray

from classify.attention import not_a_number
from headstrata.errors import UserError

SEED = 2024
PROMPTS = 50
SEGMENT = 25
#: Size of GPT-2's vocabulary: with it the prompts are exactly those of the paper.
VOCABULARY = 50257
#: The authors add this to each entry before they sum a row. It matters: a head that
#: keeps 0.9999 for the first token has 1e-4 left, and 49 times 1e-6 is half of that.
EPSILON = 1e-6
#: Prompts at a time: 60 MB of attention for GPT-2 XL.
_BATCH = 5


def song_prompts(vocabulary: int = VOCABULARY) -> NDArray[np.int64]:
    """The paper's inputs: token ids, shape (50, 50), each row a segment of 25 twice."""
    # The legacy generator, because the authors used np.random.seed(2024).
    random = np.random.RandomState(SEED)
    segments = random.randint(0, vocabulary, PROMPTS * SEGMENT).reshape(PROMPTS, SEGMENT)
    return np.tile(segments, 2).astype(np.int64)


def diagonal_scores(attention: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Sum over prompts of each head's induction and previous-token score.

    Args:
        attention: After the softmax, (prompts, heads, 50, 50).

    Returns:
        Two tensors of shape (heads,), float64: over the queries q = 25..49 of
        A[q, q-24], and over q = 2..49 of A[q, q-1], A without its first row and column.
    """
    kept = attention[:, :, 1:, 1:].double()  # (B, H, T-1, T-1)
    kept = kept / (kept + EPSILON).sum(dim=-1, keepdim=True)
    # Dropping row and column 0 moves q and k alike, so the offsets stay what they are.
    induction = torch.diagonal(kept, -(SEGMENT - 1), dim1=-2, dim2=-1)  # (B, H, 25)
    previous = torch.diagonal(kept, -1, dim1=-2, dim2=-1)  # (B, H, 48)
    return induction.mean(-1).sum(0), previous.mean(-1).sum(0)


def song_scores(model: Any) -> pd.DataFrame:
    """Score every head of a causal language model as the paper does.

    Args:
        model: A loaded transformers model, float32 as in the paper.

    Returns:
        Columns ``layer``, ``head``, ``induction``, ``previous_token``, layer-major.

    Raises:
        UserError: The model's context is too short, or it gives no attention or no numbers.
    """
    base = model.base_model
    device = base.get_input_embeddings().weight.device
    prompts = torch.from_numpy(song_prompts(int(model.config.get_text_config().vocab_size)))
    sums: list[torch.Tensor] = []
    chosen = model.config._attn_implementation
    try:
        model.set_attn_implementation("eager")  # only eager returns the attention
        for batch in torch.split(prompts, _BATCH):
            scores = _score_batch(base, batch.to(device))  # (layers, 2, heads)
            sums = [a + b for a, b in zip(sums, scores, strict=True)] if sums else scores
    finally:
        model.set_attn_implementation(chosen)
    for layer, both in enumerate(sums):
        if both.isnan().any():
            raise not_a_number(layer)
    return pd.DataFrame(
        [
            {"layer": layer, "head": head, "induction": pair[0], "previous_token": pair[1]}
            for layer, both in enumerate(sums)
            for head, pair in enumerate((both / PROMPTS).T.tolist())
        ]
    )


@torch.inference_mode()
def _score_batch(base: Any, tokens: torch.Tensor) -> list[torch.Tensor]:
    """One tensor (2, heads) a layer, on the CPU, summed over the batch's prompts."""
    output = base(tokens, output_attentions=True, use_cache=False)
    attentions = getattr(output, "attentions", None)
    if not attentions or any(layer is None or layer.dim() != 4 for layer in attentions):
        raise UserError("this model gives no attention weights, so nothing can be verified")
    # On the CPU, because Metal has no float64.
    return [torch.stack(diagonal_scores(layer.cpu())) for layer in attentions]

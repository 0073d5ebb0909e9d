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
from classify.reader_choice import choose_reader
from classify.statistics import Rows

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
        UserError: The attention cannot be read, is not causal, or is not a number.
    """
    prompts = torch.from_numpy(song_prompts(int(model.config.get_text_config().vocab_size)))
    prompts = prompts.to(model.base_model.get_input_embeddings().weight.device)
    reader = choose_reader(model, prompts[:1])
    grid = reader.grid
    sums = torch.zeros(2, grid.size, dtype=torch.float64)

    def add(
        layer: int, _: Rows, __: torch.Tensor, weights: torch.Tensor, ___: torch.Tensor | None
    ) -> None:
        heads = slice(grid.first_row(layer), grid.first_row(layer + 1))
        # On the CPU, because Metal has no float64.
        sums[:, heads] += torch.stack(diagonal_scores(weights.cpu()))

    for batch in torch.split(prompts, _BATCH):
        every = torch.arange(batch.shape[1], device=batch.device).expand_as(batch)
        reader.read(Rows("repeated", batch, every, torch.zeros_like(batch).bool()), add)
    bad = sums.isnan().any(0)
    if bad.any():
        raise not_a_number(grid.place(int(bad.int().argmax()))[0])
    layer, head = grid.columns
    induction, previous = (sums / PROMPTS).numpy()
    return pd.DataFrame(
        {"layer": layer, "head": head, "induction": induction, "previous_token": previous}
    )

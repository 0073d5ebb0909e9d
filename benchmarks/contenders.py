"""The methods of scoring heads that the benchmark compares.

Each takes a model folder and a prompt length T and yields a function that does one
round: the forward pass, and the scores if the method has them.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from cache.grid import Grid
from classify.attention import SdpaRowsReader
from classify.engine import Engine, fused_gelu
from classify.probes import FIRST_QUERY, Probes, Prompts, read_vocabulary
from classify.projections import find_projections, norm_maps
from classify.statistics import Features, Rows
from classify.text import tokenize

#: Tokens of one round: one prompt of 1,024, or eight of 128.
ROUND_TOKENS = 1024
Round = Callable[[], object]


def prompts_for(folder: Path, length: int, rows: int | str = 32) -> Prompts:
    """Natural prompts of ``length`` tokens, ``ROUND_TOKENS`` in all."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    text, _ = tokenize(tokenizer, None, length)
    probes = Probes(read_vocabulary(tokenizer, len(tokenizer)), text, length, rows, 0)  # type: ignore[arg-type]
    return probes.make("natural", 0, max(1, ROUND_TOKENS // length))


def load(folder: Path, attention: str = "sdpa") -> Any:
    """The model in float32 on the CPU."""
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation=attention
    )
    for parameter in model.parameters():  # out of the mapped file, or touching it counts as memory
        parameter.data = parameter.data.clone()
    return model.eval()


@contextlib.contextmanager
def ours(folder: Path, length: int) -> Iterator[Round]:
    """Headstrata: one scored pass."""
    model = load(folder)
    config = model.config
    prompts = prompts_for(folder, length)
    grid = Grid(config.num_hidden_layers, config.num_attention_heads)
    reader = SdpaRowsReader(model, grid, range(grid.layers))
    tokens = torch.from_numpy(prompts.tokens[:1])
    reader.norm_maps = norm_maps(find_projections(model, reader, tokens))
    engine = Engine(reader, "cpu", lambda: None)
    with fused_gelu(model):
        yield lambda: engine.score(prompts)


@contextlib.contextmanager
def bare(folder: Path, length: int) -> Iterator[Round]:
    """(a) The base model's pass with SDPA: no scores, no logits."""
    model = load(folder).base_model
    tokens = torch.from_numpy(prompts_for(folder, length).tokens)
    yield lambda: model(tokens, use_cache=False)


@contextlib.contextmanager
def bare_fused(folder: Path, length: int) -> Iterator[Round]:
    """(a) with GPT-2's ``gelu_new`` fused as ours has it: what reading the rows alone costs."""
    model = load(folder).base_model
    tokens = torch.from_numpy(prompts_for(folder, length).tokens)
    with fused_gelu(model):
        yield lambda: model(tokens, use_cache=False)


@contextlib.contextmanager
def logits(folder: Path, length: int) -> Iterator[Round]:
    """(b) The stock causal language model: logits, no scores."""
    model = load(folder)
    tokens = torch.from_numpy(prompts_for(folder, length).tokens)
    yield lambda: model(tokens, use_cache=False)


@contextlib.contextmanager
def attentions(folder: Path, length: int) -> Iterator[Round]:
    """(c) ``output_attentions=True`` on the base model, then the same scores."""
    model = load(folder, "eager").base_model
    rows = Rows.of(prompts_for(folder, length, "all"), "cpu")

    def once() -> object:
        output = model(rows.tokens, use_cache=False, output_attentions=True)
        features = Features.of(rows, rows.distance() >= 0)
        return [features.measure(layer[:, :, FIRST_QUERY:]) for layer in output.attentions]

    yield once


@contextlib.contextmanager
def transformer_lens(folder: Path, length: int) -> Iterator[Round]:
    """(d) TransformerLens: ``detect_head`` for its three types.

    Raises:
        ImportError: It is not installed (``pip install transformer-lens``).
    """
    from transformer_lens.head_detector import detect_head  # noqa: PLC0415 - optional
    from transformer_lens.model_bridge import TransformerBridge  # noqa: PLC0415 - optional

    tokenizer = AutoTokenizer.from_pretrained(folder)
    with contextlib.redirect_stdout(io.StringIO()):
        model = TransformerBridge.boot_transformers(
            str(folder), hf_model=load(folder, "eager"), tokenizer=tokenizer, device="cpu"
        )
    texts = [tokenizer.decode(row[1:]) for row in prompts_for(folder, length).tokens]
    kinds = ("previous_token_head", "duplicate_token_head", "induction_head")
    yield lambda: [detect_head(model, texts, kind) for kind in kinds]


CONTENDERS = {
    "ours": ours,
    "bare": bare,
    "bare_fused": bare_fused,
    "logits": logits,
    "attentions": attentions,
    "transformer_lens": transformer_lens,
}

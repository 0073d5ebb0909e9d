"""What exact ablation costs beside the passes that it cannot do without: ratios of CPU seconds.

    python -m benchmarks.bench_evidence [--layers 15] [--prompts 2] [--length 129] [--rounds 3]

SmolLM2-135M in float32, one thread. ``ours`` measures the effects of all heads of some layers
(``classify.ablation``): each head on each prompt is one pass from its layer on, and a loss.
The floor is that many passes by transformers' own code, in batches of the same size, through a
model that has only the layers from that one on:

    model      all that ``model(tokens)`` does from that layer on: layers, last norm, logits
    half       these layers and the last norm alone
    with loss  these, and logits and cross entropy at the positions that are scored, without which
               there is no effect

The target is ours <= 1.15 of bare half passes; a causal language model's pass ends in logits.

What is not in any of them: the pass with all heads and the means over reference prompts, which
a run makes once for all heads. The contenders take turns in every round; a figure is the ratio
of the medians of their CPU seconds.
"""

import argparse
import copy
import platform
import random
import statistics
import time
from collections.abc import Callable
from typing import Any, Literal

import torch
import transformers
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.shapes import smollm2
from classify.ablation import Ablation, scored_positions
from classify.evidence import attending
from classify.layer_stack import LayerStack
from classify.out_of_memory import Halves
from classify.probes import Probes, read_vocabulary
from classify.projections import find_projections
from classify.reader_choice import choose_reader
from classify.request import embedded_smollm2
from classify.text import tokenize
from vocabulary.taxonomy import PROBES, Probe

_CPU = torch.device("cpu")
#: Reference prompts, whose number does not change what an ablation costs.
_REFERENCES = slice(1000, 1002)


#: What a rival's pass ends in.
End = Literal["norm", "logits", "loss"]


def floor(model: Any, place: int, end: End) -> Callable[[Tensor, Tensor, Tensor], object]:
    """A pass by transformers' own code through the layers from one on.

    Args:
        model: A Llama.
        place: The first layer that is run.
        end: ``norm``: after the last norm; ``logits``: of all positions, as transformers makes
            them when no loss is asked for; ``loss``: of the positions that are predicted.

    Returns:
        A function of the hidden states (B, T, hidden) that the layer receives, the tokens
        (B, T), and the positions (P,) whose next token is predicted.
    """
    base = copy.copy(model.model)
    base._modules = dict(base._modules)
    base.layers = nn.ModuleList(list(model.model.layers)[place:])
    base.config = copy.copy(model.config)
    base.config.num_hidden_layers = len(base.layers)

    def once(hidden: Tensor, tokens: Tensor, positions: Tensor) -> object:
        last = base(inputs_embeds=hidden, use_cache=False).last_hidden_state
        if end == "norm":
            return last
        if end == "logits":
            return model.lm_head(last)
        logits = model.lm_head(last[:, positions])  # (B, P, V)
        return functional.cross_entropy(logits.flatten(0, 1), tokens[:, positions + 1].flatten())

    return once


def contenders(
    model: Any, probes: Probes, probe: Probe, layers: list[int], prompts: int
) -> dict[str, Callable[[], object]]:
    """Each one's round: all heads of the layers on so many prompts."""
    first = torch.from_numpy(probes.make("natural", 0, 1).tokens)
    reader = choose_reader(model, first)
    projections = find_projections(model, reader, first)
    stack = LayerStack(model, projections)
    positions = scored_positions(probes, probe)
    heads = projections[0].heads
    ablation = Ablation(
        stack, projections, positions, Halves(), resumes=True, check_stop=lambda: None
    )
    with attending(model, reader):
        means = ablation.means(probes.make(probe, _REFERENCES.start, _REFERENCES.stop), _CPU)
        clean = ablation.clean(probes.make(probe, 0, prompts), _CPU)

    def ours() -> None:
        with attending(model, reader):
            for layer in layers:
                ablation.effects(clean, layer, means[layer])

    def passes(end: End) -> Callable[[], None]:
        bare = {layer: floor(model, layer, end) for layer in layers}
        tokens = clean.tokens.repeat(heads, 1)

        def once() -> None:
            with torch.inference_mode():
                for layer, run in bare.items():
                    run(clean.received[layer].repeat(heads, 1, 1), tokens, positions)

        return once

    return {
        "ours": ours,
        "model": passes("logits"),
        "half": passes("norm"),
        "with loss": passes("loss"),
    }


def times(rounds: int, found: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median CPU seconds of each contender."""
    spent: dict[str, list[float]] = {name: [] for name in found}
    order = list(found)
    for turn in range(rounds + 1):
        random.Random(turn).shuffle(order)
        for name in order:
            began = time.process_time()
            found[name]()
            if turn:  # the first warms up
                spent[name].append(time.process_time() - began)
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


def main() -> None:
    """Print a line per probe."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layers", type=int, nargs="+", default=[15])
    parser.add_argument("--prompts", type=int, default=2)
    parser.add_argument("--length", type=int, default=129)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    model = smollm2()
    file = embedded_smollm2()
    tokenizer = transformers.AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
    text, _ = tokenize(tokenizer, None, asked.length)
    vocabulary = read_vocabulary(tokenizer, len(tokenizer))
    probes = Probes(vocabulary, text, asked.length, 32, 0)
    print(f"{platform.processor() or platform.machine()}, torch {torch.__version__}")
    heads = model.config.num_attention_heads
    print(
        f"SmolLM2-135M: layers {', '.join(map(str, asked.layers))} of "
        f"{model.config.num_hidden_layers}, {heads} heads each, {asked.prompts} prompts of "
        f"{asked.length} tokens; float32, one thread, {asked.rounds} rounds"
    )
    print(
        f"{'probe':<9} {'positions':>9} {'ours, s':>8} {'/ model':>8} {'/ half':>8} "
        f"{'/ with loss':>11}"
    )
    for probe in PROBES:
        found = contenders(model, probes, probe, asked.layers, asked.prompts)
        median = times(asked.rounds, found)
        ratios = {name: median["ours"] / seconds for name, seconds in median.items()}
        print(
            f"{probe:<9} {len(scored_positions(probes, probe)):>9} {median['ours']:>8.2f} "
            f"{ratios['model']:>8.3f} {ratios['half']:>8.3f} {ratios['with loss']:>11.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

"""Where else a head of a known model can be looked at: plain links, nothing is fetched."""

import re

import pandas as pd
from dash import html
from dash.development.base_component import Component

from cache.store import Table

#: OWNER/NAME, as the hub writes it.
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
#: Hub id to Neuronpedia's name of the model.
NEURONPEDIA = {
    "openai-community/gpt2": "gpt2-small",
    "google/gemma-2-2b": "gemma-2-2b",
    "google/gemma-2-9b": "gemma-2-9b",
    "EleutherAI/pythia-70m-deduped": "pythia-70m-deduped",
    "meta-llama/Llama-3.1-8B": "llama3.1-8b",
}


def build(row: "pd.Series[int]", table: Table) -> list[Component]:
    """The model's pages, and how TransformerLens shows this head; nothing for local models."""
    record = table.provenance
    on_hub = record.revision is not None or record.source == "published"
    if not (on_hub and _HUB_ID.fullmatch(record.model)):
        return []
    links = [("Hugging Face", f"https://huggingface.co/{record.model}")]
    if record.model in NEURONPEDIA:
        links.append(("Neuronpedia", f"https://www.neuronpedia.org/{NEURONPEDIA[record.model]}"))
    return [
        html.H3("Elsewhere"),
        html.P(
            [
                "The model at ",
                *_listed([html.A(name, href=href, rel="noopener") for name, href in links]),
                ".",
            ]
        ),
        html.Details(
            [
                html.Summary("This head's pattern in TransformerLens"),
                html.Pre(_snippet(record.model, int(row["layer"]), int(row["head"]))),
            ],
            className="snippet",
        ),
    ]


def _listed(links: list[Component]) -> list[Component | str]:
    first, *rest = links
    return [first, *(part for link in rest for part in (" and at ", link))]


def _snippet(model: str, layer: int, head: int) -> str:
    return (
        "from transformer_lens import HookedTransformer\n"
        f'model = HookedTransformer.from_pretrained("{model}")\n'
        '_, cache = model.run_with_cache("When Mary and John went to the store")\n'
        f'cache["pattern", {layer}][0, {head}]  # queries x keys'
    )

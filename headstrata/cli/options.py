"""The flags that several commands share."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from headstrata.settings import Settings

if TYPE_CHECKING:
    from cache.store import Store
    from classify.request import Request

Cache = Annotated[
    str | None,
    typer.Option("--cache", metavar="URL", help="Where the tables are: a folder or fsspec URL."),
]
Model = Annotated[
    str,
    typer.Argument(
        metavar="MODEL",
        help="A hub id (short forms such as gpt2-xl work), a folder made by save_pretrained, "
        "or a .gguf file.",
    ),
]
AskedJob = Annotated[
    str, typer.Argument(metavar="JOB", help="Its name or id, as headstrata jobs lists them.")
]
Name = Annotated[str | None, typer.Option(help="The name under which the table is stored.")]
Title = Annotated[
    str | None, typer.Option(help="What the model is called on the page, where --name is not it.")
]
Device = Annotated[str | None, typer.Option(help="auto, cpu, cuda, cuda:1, mps …")]
Dtype = Annotated[str | None, typer.Option(help="auto, float32, bfloat16 or float16.")]
Prompts = Annotated[str | None, typer.Option(metavar="N", help="Prompts per probe, or auto.")]
Length = Annotated[
    int | None, typer.Option(metavar="T", help="Tokens of a prompt, the first token included.")
]
Rows = Annotated[
    str | None,
    typer.Option(metavar="R", help="Query positions read per prompt and layer, or all."),
]
Text = Annotated[
    str | None, typer.Option(metavar="FILE", help="Natural text of your own, in UTF-8.")
]
Bos = Annotated[
    str | None,
    typer.Option(
        metavar="TOKEN|none",
        help="What starts every prompt; without it, what the tokenizer puts first.",
    ),
]
Seed = Annotated[int | None, typer.Option(metavar="S", help="Seed of the random choices.")]
Replace = Annotated[
    bool | None,
    typer.Option("--replace", help="Replace a table of that name even if it is another model's."),
]
Revision = Annotated[str | None, typer.Option(metavar="REV", help="Branch, tag or commit.")]
Evidence = Annotated[
    bool | None,
    typer.Option(
        "--evidence/--no-evidence",
        help="Measure what heads write and how much they matter; a table that has its scores is "
        "not scored again. By default where a GPU is, and elsewhere what takes little time.",
    ),
]
EffectRepeated = Annotated[
    int | None,
    typer.Option(metavar="N", help="Prompts for the effects on repeated text; 0: none."),
]
EffectNatural = Annotated[
    int | None,
    typer.Option(metavar="N", help="Prompts for the effects on natural text; 0: none."),
]
AllowBin = Annotated[
    bool,
    typer.Option(
        "--allow-bin",
        help="Read pickled weights (pytorch_model.bin), by torch's unpickler for tensors.",
    ),
]


def open_cache(cache: str | None, *, create: bool = False) -> "Store":
    """The store that ``--cache`` or the settings name."""
    from cache.opening import open_store

    return open_store(Settings.load(cache=cache), create=create)


class RequestedIn(NamedTuple):
    """A classification that was requested, and the store for it."""

    request: "Request"
    store: "Store"


def _requested(
    model: Model,
    cache: Cache = None,
    name: Name = None,
    title: Title = None,
    device: Device = None,
    dtype: Dtype = None,
    prompts: Prompts = None,
    length: Length = None,
    rows: Rows = None,
    text: Text = None,
    bos: Bos = None,
    seed: Seed = None,
    revision: Revision = None,
    replace: Replace = None,
    allow_bin: AllowBin = False,
    evidence: Evidence = None,
    effect_repeated: EffectRepeated = None,
    effect_natural: EffectNatural = None,
) -> RequestedIn:
    """Check the flags of a classification; those that are not given are None."""
    from classify.request import Request

    request = Request.parse(
        model=model,
        name=name,
        title=title,
        device=device,
        dtype=dtype,
        prompts=prompts,
        length=length,
        rows=rows,
        text=text,
        bos=bos,
        seed=seed,
        revision=revision,
        replace=replace,
        allow_bin=allow_bin or None,
        evidence=evidence,
        effect_repeated=effect_repeated,
        effect_natural=effect_natural,
    )
    return RequestedIn(request, open_cache(cache, create=True))


def takes_request(command: Callable[["Request", "Store"], None]) -> Callable[..., None]:
    """A command that has all flags of a classification and gets them checked.

    Typer reads a command's flags from its signature, which is that of ``_requested`` here.
    """

    @functools.wraps(_requested)
    def wrapped(*arguments: Any, **flags: Any) -> None:
        command(*_requested(*arguments, **flags))

    wrapped.__name__, wrapped.__doc__ = command.__name__, command.__doc__
    return wrapped

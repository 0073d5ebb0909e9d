"""The command line.

Every command imports what it needs when it runs: ``models`` and ``export`` load
neither torch nor dash. Flags that are not given fall back to the settings.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headstrata import __version__
from headstrata.errors import UserError
from headstrata.settings import Settings

if TYPE_CHECKING:
    from cache.store import Store

REPORT_TO = "report it with the output of the same command under HEADSTRATA_DEBUG=1"

cli = typer.Typer(
    name="headstrata",
    help="What the attention heads of a language model do, layer by layer.",
    add_completion=False,
    rich_markup_mode=None,
)

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
Name = Annotated[str | None, typer.Option(help="The name under which the table is stored.")]
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
Seed = Annotated[int | None, typer.Option(metavar="S", help="Seed of the random choices.")]
Revision = Annotated[str | None, typer.Option(metavar="REV", help="Branch, tag or commit.")]


def _version(wanted: bool) -> None:
    if wanted:
        from headstrata.output import write_text

        write_text(__version__)
        raise typer.Exit


@cli.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    _version_flag: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None:
    """What the attention heads of a language model do, layer by layer."""
    if context.invoked_subcommand is None:
        from headstrata.output import write_text

        write_text(context.get_help())


@cli.command()
def classify(
    model: Model,
    cache: Cache = None,
    name: Name = None,
    device: Device = None,
    dtype: Dtype = None,
    prompts: Prompts = None,
    length: Length = None,
    rows: Rows = None,
    text: Text = None,
    seed: Seed = None,
    revision: Revision = None,
) -> None:
    """Score every attention head of a model and write the table."""
    request = _request(locals())
    store = _store(cache, create=True)
    from classify.worker import run_job

    stored = run_job(request, store)
    if _first():  # under torchrun all processes come here
        _say(f"the table {stored!r} is in the cache {store.url}; look at it with headstrata serve")


@cli.command()
def request(
    model: Model,
    cache: Cache = None,
    name: Name = None,
    device: Device = None,
    dtype: Dtype = None,
    prompts: Prompts = None,
    length: Length = None,
    rows: Rows = None,
    text: Text = None,
    seed: Seed = None,
    revision: Revision = None,
) -> None:
    """Ask the background worker (headstrata work) to classify a model."""
    wanted = _request(locals())
    store = _store(cache, create=True)
    from classify.worker import request_job

    job = request_job(wanted, store)
    _say(f"requested {job.title} as {job.name!r}; headstrata work takes it")


@cli.command()
def work(
    cache: Cache = None,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="Stop when no requested job is left.")
    ] = False,
) -> None:
    """Take requested jobs, one at a time, until stopped."""
    store = _store(cache, create=True)
    from classify.worker import work as take_jobs

    take_jobs(store, until_idle=until_idle)


@cli.command()
def serve(
    cache: Cache = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes.")] = None,
    threads: Annotated[int | None, typer.Option(help="Threads of each process.")] = None,
) -> None:
    """Serve the dashboard."""
    settings = Settings.load(cache=cache, host=host, port=port, workers=workers, threads=threads)
    from app.serve import serve as run

    run(settings)


@cli.command()
def models(
    cache: Cache = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List what the cache holds."""
    from headstrata.listing import as_lines, describe
    from headstrata.output import write_text

    entries, problems = _store(cache).entries()
    for problem in problems:
        _say(problem.reason)
    if as_json:
        import json

        write_text(json.dumps([describe(entry) for entry in entries], indent=1))
    else:
        write_text(as_lines(entries))


@cli.command()
def export(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The table's name in the cache.")],
    cache: Cache = None,
    as_format: Annotated[
        str, typer.Option("--format", metavar="csv|parquet|json", help="The file format.")
    ] = "csv",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write here, not to standard output.")
    ] = None,
    bins: Annotated[
        int | None, typer.Option(metavar="W", help="The binned table, W layers a bin.")
    ] = None,
    taxonomy: Annotated[
        str | None,
        typer.Option(metavar="VIEW", help="What the bins count: detailed, …"),
    ] = None,
) -> None:
    """Give the head table, or with --bins the binned table."""
    from app import downloads
    from headstrata.output import write_file, write_stdout

    if taxonomy is not None and bins is None:
        raise UserError("--taxonomy says what bins count; give a bin width with --bins")
    downloads.check_format(as_format)
    if as_format == "parquet" and output is None and sys.stdout.isatty():
        raise UserError("parquet is not text; name a file with --output, or redirect the output")
    table = _store(cache).read(name)
    if bins is None:
        download = downloads.heads(table, as_format)
    else:
        download = downloads.bins(table, bins, taxonomy or "detailed", as_format)
    if output is None:
        write_stdout(download.data)
    else:
        write_file(output, download.data)


@cli.command()
def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A binned table: .csv, .json or .parquet.")
    ],
    most: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=9999, help="No bin holds more than N heads."),
    ] = None,
) -> None:
    """Say of each bin of a binned table whether its shares make 100 % of whole heads."""
    from app.analysis.binned_check import check_binned_table, check_summary
    from headstrata.checking import read_binned
    from headstrata.output import write_text

    checks = check_binned_table(read_binned(file), most=most)
    write_text("\n".join(check.sentence() for check in checks))
    if not all(check.is_sound for check in checks):
        raise UserError(f"{file.name}: {check_summary(checks)}")


@cli.command()
def verify(model: Model, cache: Cache = None, device: Device = None) -> None:
    """Repeat the published protocol on the model and compare with the published figures."""
    from headstrata.output import write_text

    store = _store(cache)
    from classify.verify import verify as compare

    write_text(compare(model, store, device))


def _store(cache: str | None, *, create: bool = False) -> "Store":
    from headstrata.opening import open_store

    return open_store(Settings.load(cache=cache), create=create)


def _request(options: dict[str, Any]) -> Any:
    """A checked request from a command's parameters; those not given are left out."""
    from classify.request import Request

    given = {key: value for key, value in options.items() if value is not None}
    given.pop("cache", None)
    return Request.parse(**given)


def _say(message: str) -> None:
    """One line on standard error: standard output is for data."""
    print(f"headstrata: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 2 the user must do something, 1 a fault of ours, 130 Ctrl-C."""
    command = typer.main.get_command(cli)
    try:
        code = command.main(arguments, prog_name="headstrata", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except UserError as error:
        _refuse(str(error), error.told_elsewhere)
    except typer.TyperException as error:  # an unknown option, a number that is none, …
        _refuse(f"{error.format_message().rstrip('.')}; see headstrata --help")
    except ModuleNotFoundError as error:
        if error.name not in WORKER_MODULES:
            return _fault(error)
        _refuse(
            f"{error.name} is not installed; add the worker, in your clone of Headstrata: "
            'pip install ".[worker]"'
        )
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        return _fault(error)
    return 2


#: What only the worker needs: the extra ``worker``.
WORKER_MODULES = {"torch", "transformers", "accelerate", "gguf", "safetensors", "tqdm"}


def _first() -> bool:
    """Whether this is the only process, or of those that torchrun began the first."""
    return os.environ.get("RANK", "0") == "0"


def _refuse(message: str, told_elsewhere: bool | None = None) -> None:
    """Say once what is wrong, however many processes were told the same."""
    if _first() if told_elsewhere is None else not told_elsewhere:
        _say(message)


def _fault(error: Exception) -> int:
    """Exit code 1, with one line that says what to report."""
    if os.environ.get("HEADSTRATA_DEBUG", "") not in ("", "0"):
        traceback.print_exception(error)
    if not getattr(error, "told_elsewhere", False):
        _say(f"this is a fault of Headstrata ({type(error).__name__}: {error}); {REPORT_TO}")
    return 1

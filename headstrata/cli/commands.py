"""The commands.

Every command imports what it needs when it runs, so that ``models`` and ``export`` load
neither torch nor dash. Flags that are not given fall back to the settings.
"""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headstrata import __version__
from headstrata.cli.messages import is_first_process, say
from headstrata.cli.options import AskedJob, Cache, Device, Model, open_cache, takes_request
from headstrata.errors import UserError
from headstrata.settings import Settings

if TYPE_CHECKING:
    from cache.store import Store
    from classify.request import Request

cli = typer.Typer(
    name="headstrata",
    help="What the attention heads of a language model do, layer by layer.",
    add_completion=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from headstrata.cli.output import write_text

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
        from headstrata.cli.output import write_text

        write_text(context.get_help())


@cli.command()
@takes_request
def classify(request: "Request", store: "Store") -> None:
    """Score every attention head of a model and write the table."""
    from classify.worker import run_job

    stored = run_job(request, store)
    if is_first_process():  # under torchrun all processes come here
        say(f"the table {stored!r} is in the cache {store.url}; look at it with headstrata serve")


@cli.command()
@takes_request
def request(request: "Request", store: "Store") -> None:
    """Ask the background worker (headstrata work) to classify a model."""
    from classify.worker import request_job

    job = request_job(request, store)
    say(f"requested {job.title} as {job.name!r}; headstrata work takes it")


@cli.command()
def work(
    cache: Cache = None,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="Stop when no requested job is left.")
    ] = False,
) -> None:
    """Take requested jobs, one at a time, until stopped."""
    store = open_cache(cache, create=True)
    from classify.worker import work as take_jobs
    from headstrata import logs

    logs.configure(Settings.load())

    take_jobs(store, until_idle=until_idle)


@cli.command()
def jobs(
    cache: Cache = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List what was asked of the worker: what runs, what waits in which order, what went wrong."""
    from cache.listing import describe_jobs
    from headstrata.cli.listing import jobs_as_lines
    from headstrata.cli.output import write_text

    known = open_cache(cache).jobs()
    if as_json:
        import json

        write_text(json.dumps(describe_jobs(known), indent=1))
    else:
        write_text(jobs_as_lines(known))


@cli.command()
def cancel(job: AskedJob, cache: Cache = None) -> None:
    """Give a job up; one that runs is stopped within seconds, wherever its worker is."""
    from cache.queue import Queue

    for given_up in Queue(open_cache(cache)).cancel(job):
        if given_up.state == "cancelled":
            say(f"cancelled {given_up.title} ({given_up.name!r})")
        else:
            say(f"asked its worker to stop {given_up.title} ({given_up.name!r})")


@cli.command()
def retry(job: AskedJob, cache: Cache = None) -> None:
    """Ask again for a job that failed or was cancelled; finished batches are not lost."""
    from cache.queue import Queue

    again = Queue(open_cache(cache)).retry(job)
    say(f"requested {again.title} as {again.name!r} again; headstrata work takes it")


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
    gc.disable()  # until a process is ready: imports would set it off again and again
    try:
        from app.serve import serve as run

        run(settings)
    finally:
        gc.enable()


@cli.command()
def models(
    cache: Cache = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List what the cache holds."""
    from cache.listing import describe
    from headstrata.cli.listing import as_lines
    from headstrata.cli.output import write_text

    entries, problems = open_cache(cache).entries()
    for problem in problems:
        say(problem.reason)
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
    from headstrata.cli.output import write_file, write_stdout

    if taxonomy is not None and bins is None:
        raise UserError("--taxonomy says what bins count; give a bin width with --bins")
    downloads.check_format(as_format)
    if as_format == "parquet" and output is None and sys.stdout.isatty():
        raise UserError("parquet is not text; name a file with --output, or redirect the output")
    table = open_cache(cache).read(name)
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
    from headstrata.cli.binned_file import read_binned
    from headstrata.cli.output import write_text

    checks = check_binned_table(read_binned(file), most=most)
    write_text("\n".join(check.sentence() for check in checks))
    if not all(check.is_sound for check in checks):
        raise UserError(f"{file.name}: {check_summary(checks)}")


@cli.command()
def verify(model: Model, cache: Cache = None, device: Device = None) -> None:
    """Repeat the published protocol on the model and compare with the published figures."""
    from headstrata.cli.output import write_text

    store = open_cache(cache)
    from classify.verify import verify as compare

    write_text(compare(model, store, device))

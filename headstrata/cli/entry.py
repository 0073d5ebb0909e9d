"""Runs a command: what went wrong becomes one line on standard error and an exit code."""

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from headstrata.cli.commands import cli
from headstrata.cli.messages import is_first_process, say
from headstrata.errors import UserError, lacks_worker

REPORT_TO = "report it with the output of the same command under HEADSTRATA_DEBUG=1"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit code: 0 done, 2 the user must change something, 1 a bug, 130 Ctrl-C.
    """
    command = typer.main.get_command(cli)
    try:
        code = command.main(arguments, prog_name="headstrata", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except UserError as error:
        _refuse(str(error), error.reported_elsewhere)
    except typer.TyperException as error:  # an unknown option, a number that is not one, …
        _refuse(f"{error.format_message().rstrip('.')}; see headstrata --help")
    except ModuleNotFoundError as error:
        if (lacking := lacks_worker(error)) is None:
            return _report_bug(error)
        _refuse(str(lacking))
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        return _report_bug(error)
    return 2


def _refuse(message: str, reported_elsewhere: bool | None = None) -> None:
    """Print what is wrong, but only once if several processes of torchrun meet it."""
    if is_first_process() if reported_elsewhere is None else not reported_elsewhere:
        say(message)


def _report_bug(error: Exception) -> int:
    """Print one line that says what to report; exit code 1."""
    if os.environ.get("HEADSTRATA_DEBUG", "") not in ("", "0"):
        traceback.print_exception(error)
    if not getattr(error, "reported_elsewhere", False):
        say(f"this is a fault of Headstrata ({type(error).__name__}: {error}); {REPORT_TO}")
    return 1

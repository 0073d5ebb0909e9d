"""The command line: ``headstrata COMMAND …``.

``commands`` holds one function per command, ``options`` their flags, ``entry`` the exit
codes. Only this package of ``headstrata`` imports the cache, the worker and the dashboard.
"""

from headstrata.cli.commands import cli
from headstrata.cli.entry import main, run

__all__ = ["cli", "main", "run"]

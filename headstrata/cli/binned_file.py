"""Reads a binned table from a file, for ``headstrata check``."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from headstrata.errors import UserError

#: Values stay text: the digits of 50.0 tell how exactly the percentage was printed.
_READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": lambda path: pd.read_csv(path, dtype=str),
    ".json": lambda path: pd.read_json(path, orient="records"),
    ".parquet": pd.read_parquet,
}


def read_binned(path: Path) -> pd.DataFrame:
    """Read a ``.csv``, ``.json`` or ``.parquet`` file.

    Raises:
        UserError: The file does not exist, or it does not hold a table.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UserError(f"{path.name[:80]!r} does not end in {', '.join(_READERS)}")
    try:
        return reader(path)
    except FileNotFoundError:
        raise UserError(f"there is no file {str(path)[:200]!r}") from None
    except OSError as error:
        raise UserError(f"{str(path)[:200]!r} cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # the parsers' errors of pandas and pyarrow are ValueErrors
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(f"{path.name[:80]!r} is not a table: {reason}") from None

"""A binned table from a file, for ``headstrata check``."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from headstrata.errors import UserError

#: As text, so that 50.0 keeps its digit: it says how exactly a percentage was printed.
_READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": lambda path: pd.read_csv(path, dtype=str),
    ".json": lambda path: pd.read_json(path, orient="records"),
    ".parquet": pd.read_parquet,
}


def read_binned(path: Path) -> pd.DataFrame:
    """The table of a ``.csv``, ``.json`` or ``.parquet`` file.

    Raises:
        UserError: There is no such file, or it is no such table.
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
    except ValueError as error:  # pandas' and pyarrow's own are ValueErrors
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(f"{path.name[:80]!r} is not a table: {reason}") from None

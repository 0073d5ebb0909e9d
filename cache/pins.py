"""Names of tables that pin their contents: ``smollm2-135m@714530974636e49f``."""

import re

from cache.tables import NotFoundError, Table
from headstrata.errors import UserError

#: Hexadecimal digits of a table's hash that a link shows; so many, and as few, are taken.
SHOWN, FEWEST = 16, 8
_HASH = re.compile(rf"[0-9a-f]{{{FEWEST},64}}")


def split_pin(name: str) -> tuple[str, str | None]:
    """The table's name, and the start of the hash that it must have; None: any.

    What is no text is left as it is: ``check_name`` refuses it.

    Raises:
        UserError: What follows the @ is no hash.
    """
    if not isinstance(name, str) or "@" not in name:
        return name, None
    plain, _, pin = name.partition("@")
    if not _HASH.fullmatch(pin.lower()):
        raise UserError(
            f"{name[:120]!r}: what follows the @ is not a hash of {FEWEST} to 64 hexadecimal digits"
        )
    return plain, pin.lower()


def check_pin(table: Table, pin: str | None) -> Table:
    """The table itself.

    Raises:
        NotFoundError: Its hash is another one: it was computed again since the name was written.
    """
    if pin is None or table.sha256.startswith(pin):
        return table
    when = f"{table.provenance.computed_at:%Y-%m-%d}"
    raise NotFoundError(
        f"the table {table.name!r} with the hash {pin[:SHOWN]} is not here any more: the one of "
        f"this name was computed again ({when}, hash {table.sha256[:SHOWN]}); leave @{pin[:SHOWN]} "
        "out to get that one"
    )

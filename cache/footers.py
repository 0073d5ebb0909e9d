"""Tables as they are listed: from their footers alone, all of them in one go.

A parquet file's footer stands at its end and holds the provenance. Reading it takes a
hundredth of the time of reading and checking all rows, so that 1,500 tables are listed in
about a second; on an object store the files' ends are fetched side by side.
"""

from collections.abc import Sequence

from cache.files import File, within
from cache.tables import BadTableError, Entry, check_is_file, decode_entry, not_read
from headstrata.errors import UserError

#: How much of a file's end is fetched, in bytes. SmolLM2's footer has 23 kB; if one is longer,
#: all of its file is fetched.
_END = 65_536
#: How long the store may take for all that are asked for together, in seconds.
_MANY_S = 60.0


def read_entries(files: Sequence[File]) -> list[Entry | UserError]:
    """Each file's entry, or why there is none, in their order.

    Returns:
        For a file that cannot be listed a NotFoundError (removed since), a BadTableError
        (damaged, foreign, of a version that is not read) or an ObstacleError (it cannot be
        read now).
    """
    ends = fetch(files, _END)
    return [_entry(file, end) for file, end in zip(files, ends, strict=True)]


def fetch(files: Sequence[File], end: int | None = None) -> list[bytes | UserError]:
    """The content of many files, or the last ``end`` bytes of each; or why it is not had.

    File systems that can do so fetch them side by side.
    """
    got: dict[int, bytes | UserError] = {}
    by_filesystem: dict[int, list[int]] = {}
    for place, file in enumerate(files):
        try:
            check_is_file(file)
        except BadTableError as error:
            got[place] = error
        else:
            by_filesystem.setdefault(id(file.filesystem), []).append(place)
    for places in by_filesystem.values():
        alike = [files[place] for place in places]
        got |= zip(places, _fetch(alike, end), strict=True)
    return [got[place] for place in range(len(files))]


def _fetch(files: list[File], end: int | None) -> list[bytes | UserError]:
    """Of files of one file system."""
    sizes = [None if end is None else file.size for file in files]
    starts = [max(0, size - end) if size and end else 0 for size in sizes]
    filesystem, paths = files[0].filesystem, [file.path for file in files]
    try:
        found = filesystem.cat_ranges(paths, starts, sizes, **within(filesystem, _MANY_S))
    except Exception as error:  # each file system has its own kinds of errors
        found = [error] * len(files)
    return [
        not_read(file, data) if isinstance(data, Exception) else data
        for file, data in zip(files, found, strict=True)
    ]


def _entry(file: File, end: bytes | UserError) -> Entry | UserError:
    if isinstance(end, UserError):
        return end
    try:
        return decode_entry(file, end)
    except BadTableError:  # or its footer is longer, or it was replaced by another since
        [whole] = fetch([file])
    try:
        return whole if isinstance(whole, UserError) else decode_entry(file, whole)
    except BadTableError as error:
        return error

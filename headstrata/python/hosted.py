"""A dashboard that is reached over http(s): its tables, read through its API."""

import json
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from typing import Any

from cache.files import without_password
from cache.store import NotFoundError, Table
from cache.tables import decode
from headstrata import __version__
from headstrata.errors import ObstacleError, UserError

#: A dashboard that slept (Spaces, Cloud Run) may need that long to wake up.
_TIMEOUT_S = 60
#: Of the file that ``/api/heads`` answers, behind the table's name.
_SUFFIX = "-heads.parquet"


class Hosted:
    """A dashboard.

    Args:
        address: Its page's, with or without a query such as ``?model=gpt2``.
    """

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address)
        path = parts.path.rstrip("/").removesuffix("/models").removesuffix("/embed")
        self.address = urllib.parse.urlunsplit(
            (parts.scheme, parts.netloc, path.rstrip("/"), "", "")
        )

    def models(self) -> list[dict[str, Any]]:
        """``/api/models``.

        Raises:
            UserError: There is no dashboard at the address.
            ObstacleError: It does not answer now.
        """
        data, _ = self._get("models")
        try:
            listed = json.loads(data)
        except ValueError:
            listed = None
        if not isinstance(listed, list):
            raise self._stranger()
        if not all(isinstance(entry, dict) and "name" in entry for entry in listed):
            raise self._stranger()
        return listed

    def table(self, name: str) -> Table:
        """A table of ``/api/heads``, with its provenance.

        Raises:
            UserError: There is no dashboard at the address.
            NotFoundError: It has no such table.
            BadTableError: The table is damaged, or of a version that is not read.
            ObstacleError: The dashboard does not answer now.
        """
        data, filename = self._get("heads", model=name, format="parquet")
        if not (data.startswith(b"PAR1") and filename.endswith(_SUFFIX)):
            raise self._stranger()
        return decode(filename.removesuffix(_SUFFIX), data)

    def _get(self, route: str, **query: str) -> tuple[bytes, str]:
        """What a route answers, and its name as a file ("" if it has none)."""
        url = f"{self.address}/api/{route}"
        url = f"{url}?{urllib.parse.urlencode(query)}" if query else url
        headers = {"User-Agent": f"headstrata/{__version__}"}
        try:
            request = urllib.request.Request(url, headers=headers)  # noqa: S310 - http(s) only
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
                return answer.read(), answer.headers.get_filename("")
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error.code, error.read()) from None
        except (OSError, HTTPException, ValueError) as error:  # ValueError: no such address
            reason = getattr(error, "reason", None) or error
            raise ObstacleError(f"no dashboard answers at {self._shown}: {reason}") from None

    def _refused(self, status: int, body: bytes) -> UserError:
        """The error for an answer that is none: the dashboard's own sentence, if it is one."""
        try:
            said = json.loads(body)["error"]
        except (ValueError, KeyError, TypeError):
            said = None
        if isinstance(said, str):
            kind = {404: NotFoundError, 503: ObstacleError}.get(status, UserError)
            return kind(f"{self._shown}: {said}")
        if status in (401, 403):
            return UserError(f"{self._shown} asks for a login: only public dashboards can be read")
        if status >= 500 or status == 429:
            return ObstacleError(f"{self._shown} answers {status}; try again later")
        return self._stranger()

    def _stranger(self) -> UserError:
        return UserError(
            f"{self._shown} is not a Headstrata dashboard; give the address of its page"
        )

    @property
    def _shown(self) -> str:
        return without_password(self.address)

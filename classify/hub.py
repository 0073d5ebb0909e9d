"""What the hub says about a model before anything is fetched: one question, true answers.

transformers asks for every file by itself, tries again for minutes if the hub does not
answer, and tells nearly every failure as "couldn't connect". So the hub is asked once, here.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

# Without a network the hub's client should give up within seconds. It reads this on import:
# https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
os.environ.setdefault("HF_HUB_ETAG_TIMEOUT", "5")

from huggingface_hub import HfApi, constants, get_token, try_to_load_from_cache
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from transformers.utils.hub import resolve_revision

from headstrata.errors import UserError

#: Seconds before the hub is asked again if it has too much to do: once, and not for minutes.
_PAUSE_S = 2.0
_LOG_IN = "log in with `hf auth login` or set HF_TOKEN"


class Listing(NamedTuple):
    """The files of a model on the hub."""

    files: frozenset[str] | None
    """Their names; None if the hub does not tell."""
    options: dict[str, Any]
    """For ``from_pretrained``: the commit, or that only what was fetched earlier can be read."""


def look_up(name: str, revision: str | None) -> Listing:
    """Ask the hub for a model.

    If the hub does not answer, a copy that was fetched earlier is taken.

    Args:
        name: The model's hub id.
        revision: Branch, tag or commit; None: the default branch.

    Raises:
        UserError: The hub does not give it, and why.
    """
    try:
        return _asked(name, revision)
    except Exception as error:  # of the hub's client, of its HTTP library, of the sockets
        reason = explained(error, name, revision)
        if reason is None:  # such as a mirror without this question: transformers shall try
            return Listing(None, {"revision": revision})
        if _is_passing(error) and (cached := _cached(name, revision)):
            known = resolve_revision(name, revision, local_files_only=True)
            return Listing(cached, {"revision": known, "local_files_only": True})
        raise UserError(f"cannot load {name}: {reason}") from error


def _asked(name: str, revision: str | None) -> Listing:
    """As ``look_up``; a hub that has too much to do is asked twice."""

    def ask() -> Listing:
        told = HfApi().model_info(
            name, revision=revision, timeout=float(constants.HF_HUB_ETAG_TIMEOUT)
        )
        files = frozenset(file.rfilename for file in told.siblings or ())
        return Listing(files or None, {"revision": resolve_revision(name, revision)})

    try:
        return ask()
    except HfHubHTTPError as error:
        if not _is_passing(error):
            raise
    time.sleep(_PAUSE_S)
    return ask()


def explained(error: BaseException, name: str, revision: str | None = None) -> str | None:
    """Why the hub did not give a model, and what to do; None if the hub is not to blame."""
    for cause in _chain(error):
        if isinstance(cause, HfHubHTTPError):
            return _answered(cause, name, revision)
        if isinstance(cause, OfflineModeIsEnabled) or (
            constants.is_offline_mode() and isinstance(cause, LocalEntryNotFoundError)
        ):
            return (
                "no such folder here, and the offline switch (HF_HUB_OFFLINE) is set while the "
                f"model is not in the hub's cache ({constants.HF_HUB_CACHE}); unset it"
            )
        if _is_transport(cause):
            return _unreached(cause)
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _answered(error: HfHubHTTPError, name: str, revision: str | None) -> str | None:
    """The hub answered, and this is what."""
    page = f"{constants.ENDPOINT}/{name}"
    seen = (
        "and your token sees no such model on the hub"
        if get_token()
        else f"and the hub shows no such model; if it is private, {_LOG_IN}"
    )
    by_kind = {
        GatedRepoError: f"its owner gives access on request: ask for it at {page}, then {_LOG_IN}",
        DisabledRepoError: f"the hub has switched it off; {page} may say why",
        RevisionNotFoundError: f"it has no revision {revision!r}; {page}/tree/main lists them",
        RepositoryNotFoundError: f"no such folder here, {seen}",
    }
    for kind, reason in by_kind.items():  # a gated model is one that is not found, too
        if isinstance(error, kind):
            return reason
    return _status(error.response)


def _status(response: Any) -> str | None:
    """What is wrong by the status alone."""
    said = response.headers.get("X-Error-Message", "").strip(" .")
    seconds = response.headers.get("Retry-After", "")
    wait = f"{seconds} seconds" if seconds.isdigit() else "some minutes"
    by_status = {
        401: "the hub does not accept your token (HF_TOKEN, or hf auth login); renew it",
        403: f"the hub forbids it{f': {said}' if said else ''}; does your token allow it?",
        429: f"the hub had too many requests from here; wait {wait}, or {_LOG_IN}",
    }
    if response.status_code >= 500:
        return f"the hub is out of order (HTTP {response.status_code}); try again later"
    return by_status.get(response.status_code)


def _is_transport(error: BaseException) -> bool:
    """Whether no answer came: an error of the HTTP library or of the sockets."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    return "TransportError" in kinds or isinstance(error, ConnectionError | TimeoutError)


def _unreached(error: BaseException) -> str:
    """No answer came; if a proxy stands in between, it is named."""
    endpoint = urlsplit(constants.ENDPOINT)
    proxies = getproxies()
    proxy = proxies.get(endpoint.scheme) or proxies.get("all")
    if proxy and not proxy_bypass(endpoint.netloc):
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"  # no password
        return (
            f"the proxy {shown} (set as {endpoint.scheme.upper()}_PROXY or in the system) gives no "
            f"way to the hub ({constants.ENDPOINT}): {error or type(error).__name__}"
        )
    return (
        f"no such folder here, and the hub did not give it: {constants.ENDPOINT} cannot be "
        "reached (is there a network?)"
    )


def _is_passing(error: BaseException) -> bool:
    """Whether another time the hub may give it."""
    for cause in _chain(error):
        if isinstance(cause, HfHubHTTPError):
            return cause.response.status_code in {408, 429} or cause.response.status_code >= 500
    return True


def _cached(name: str, revision: str | None) -> frozenset[str] | None:
    """The files of the copy that was fetched earlier; None if there is none."""
    for wanted in ("config.json", "adapter_config.json"):
        found = try_to_load_from_cache(name, wanted, revision=revision)
        if isinstance(found, str):
            return frozenset(file.name for file in Path(found).parent.iterdir())
    return None

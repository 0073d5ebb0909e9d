"""What a request may replace, as far as that is known before its model is loaded. No torch."""

from pathlib import Path

from cache.identity import Identity, refuse_other
from cache.provenance import Provenance
from cache.store import Store
from classify.digests import sha256_of
from classify.naming import COMMIT
from classify.request import HUB_ID, Request, gguf_file
from headstrata.errors import UserError


def refuse_early(request: Request, store: Store) -> None:
    """Refuse to replace the table of a different model; nothing is read if there is no table.

    What only the loaded model tells, such as the commit of a hub model, is compared later.

    Raises:
        UserError: The table that is there is known to be of another model.
    """
    stored = None if request.replace else store.provenance(request.table_name)
    if stored is not None and (model := _known(request, stored)) is not None:
        refuse_other(request.table_name, stored, model)


def _known(request: Request, stored: Provenance) -> Identity | None:
    """The model of the request; of its files those that the stored table has too."""
    try:
        file = gguf_file(request)
    except UserError:  # the embedded model is not installed here, where it is only requested
        return None
    path = file or Path(request.model)
    if path.exists():
        folder = path.parent if file else path
        names = [path.name] if file else stored.files_sha256
        return Identity(
            request.model_name,
            local=True,
            revision=request.snapshot.commit if request.snapshot else None,
            files={
                name: sha256_of(folder / name)
                for name in names
                if name in stored.files_sha256 and (folder / name).is_file()
            },
            adapter=stored.adapter,
        )
    if not HUB_ID.fullmatch(request.hub_id):  # a folder of the worker's machine
        return None
    commit = request.revision if COMMIT.fullmatch(request.revision or "") else None
    return Identity(request.hub_id, local=False, revision=commit, adapter=stored.adapter)

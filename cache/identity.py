"""Which model a table is of, and how another is known to be a different one.

Seed, prompts, text and dtype are settings of a run: with others it is still the same model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cache.provenance import AdapterRecord, Provenance
from headstrata.errors import ObstacleError

#: Shown of a digest or commit.
_SHORT = 8


@dataclass(frozen=True)
class Identity:
    """A model as far as it is known. A hub model has a revision, a local one digests."""

    model: str
    """Hub id, or the name of the folder or file."""
    local: bool
    """Whether it was read from this machine's files, not through the hub."""
    revision: str | None = None
    weights_sha256: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of files by name."""
    adapter: AdapterRecord | None = None

    @classmethod
    def of(cls, record: Provenance) -> "Identity":
        """The model of a stored table."""
        return cls(
            record.model,
            record.weights_sha256 is not None,
            record.revision,
            record.weights_sha256,
            record.files_sha256,
            record.adapter,
        )

    def difference(self, other: "Identity") -> str | None:
        """What is known to differ, in words; None if nothing is.

        Local models may have other names, since folders are renamed: their digests decide.
        """
        for file in sorted(self.files.keys() & other.files.keys()):
            if self.files[file] != other.files[file]:
                return f"its {file} differs"
        if self.local and other.local:
            if _differ(self.weights_sha256, other.weights_sha256):
                return "its weights differ"
        elif not self.revision or self.revision != other.revision:
            if self.model != other.model:
                return "it is of another model"
            if _differ(self.revision, other.revision):
                return "its revision differs"
        if _digest(self.adapter) != _digest(other.adapter):
            return "its adapter differs"
        return None

    def __str__(self) -> str:
        parts = [self.model]
        if self.revision:
            parts.append(f"revision {self.revision[:_SHORT]}")
        if self.weights_sha256:
            parts.append(f"weights {self.weights_sha256[:_SHORT]}")
        if self.adapter:
            parts.append(f"adapter {self.adapter.name}")
        return ", ".join(parts)


def refuse_other(name: str, stored: Provenance | None, model: Identity) -> None:
    """Refuse to replace a table of a model that is known to be a different one.

    Args:
        name: The table's name.
        stored: What is there under this name, from ``Store.provenance``.
        model: The model of the table that is to be written.

    Raises:
        ObstacleError: Says what the stored table is of, and both ways out.
    """
    if stored is None:
        return
    kept = Identity.of(stored)
    if difference := kept.difference(model):
        raise ObstacleError(
            f"the cache has a table {name!r} of a different input: {kept} ({difference}); give "
            "this one another name with --name, or replace that table with --replace"
        )


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _digest(adapter: AdapterRecord | None) -> str | None:
    return adapter.sha256 if adapter else None

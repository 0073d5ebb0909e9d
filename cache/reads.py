"""What a head reads on natural text, as it stands beside its patterns: tokens and examples."""

import json
from dataclasses import asdict, dataclass

from cache.versions import Record


@dataclass(frozen=True)
class ReadToken:
    """A token that a head attends to more than it stands in the text."""

    text: str
    share: float
    """Of the head's attention, the first token left out, 0..1."""
    even: float
    """What it would be if the head spread this attention evenly over what it reaches."""


@dataclass(frozen=True)
class Example:
    """One query and the key that it attends to most."""

    weight: float
    fifth: int
    """Of the head's largest weight: 5 holds the strongest."""
    back: int
    """Query position minus key position."""
    key: tuple[str, str, str]
    """The words before the token, the token, the words behind it."""
    query: tuple[str, str, str]


@dataclass(frozen=True)
class HeadReads:
    """What one head reads."""

    tokens: list[ReadToken]
    """Those that it reads most beyond their share come first."""
    examples: list[Example]
    """The strongest fifth comes first."""

    def encode(self) -> bytes:
        """As JSON, weights and shares to the fourth digit."""
        said = asdict(self)
        for one in (*said["tokens"], *said["examples"]):
            one |= {name: round(v, 4) for name, v in one.items() if isinstance(v, float)}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def decode(cls, data: bytes) -> "HeadReads":
        """From ``encode``; fields of a newer version are left out."""
        said: Record = json.loads(data)
        return cls(
            [ReadToken(one["text"], one["share"], one["even"]) for one in said["tokens"]],
            [
                Example(
                    one["weight"], one["fifth"], one["back"], tuple(one["key"]), tuple(one["query"])
                )
                for one in said["examples"]
            ],
        )

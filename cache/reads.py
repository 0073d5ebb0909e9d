"""What a head reads on natural text, as it stands beside its patterns: tokens and examples."""

import json
from dataclasses import asdict, dataclass

from cache.versions import Record

#: The key of the tokens; older files have "tokens", compared with an even spread.
_BEYOND_POSITION = "tokens_beyond_position"


@dataclass(frozen=True)
class ReadToken:
    """A token that a head attends to more than what it is compared with has it."""

    text: str
    share: float
    """Of the head's attention, the first token left out, 0..1."""
    expected: float
    """What it would be by position alone: at the head's mean weight at each distance.

    In older files (``HeadReads.by_position``) if this attention were spread evenly.
    """


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
    """Those that it reads most beyond what is expected come first."""
    examples: list[Example]
    """The strongest fifth comes first."""
    by_position: bool = True
    """Whether what is expected is by position alone, and the tokens are beyond chance."""

    def encode(self) -> bytes:
        """As JSON, weights and shares to the fourth digit.

        The tokens have a key of their own: older readers, which would say that what is expected
        is an even spread, find none.
        """
        told = asdict(self)
        for one in (*told["tokens"], *told["examples"]):
            one |= {name: round(v, 4) for name, v in one.items() if isinstance(v, float)}
        said = {"tokens": [], _BEYOND_POSITION: told["tokens"], "examples": told["examples"]}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def decode(cls, data: bytes) -> "HeadReads":
        """From ``encode``; fields of a newer version are left out."""
        said: Record = json.loads(data)
        by_position = _BEYOND_POSITION in said
        tokens, expected = (
            (said[_BEYOND_POSITION], "expected") if by_position else (said["tokens"], "even")
        )
        return cls(
            [ReadToken(one["text"], one["share"], one[expected]) for one in tokens],
            [
                Example(
                    one["weight"], one["fifth"], one["back"], tuple(one["key"]), tuple(one["query"])
                )
                for one in said["examples"]
            ],
            by_position,
        )

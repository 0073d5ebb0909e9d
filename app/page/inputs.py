"""What a browser asks for, read with care: a post may hold anything."""

from typing import Any

from headstrata.errors import UserError


def text(asked: Any, key: str) -> str:
    """A text of a request.

    Raises:
        UserError: The request is no mapping, or has no such text.
    """
    value = _of(asked, key)
    if not isinstance(value, str):
        raise UserError(f"{key} is not a text")
    return value


def optional(asked: Any, key: str) -> str | None:
    """A text that may be missing.

    Raises:
        UserError: There is something else.
    """
    return None if _of(asked, key) is None else text(asked, key)


def number(asked: Any, key: str) -> int:
    """A whole number of a request.

    Raises:
        UserError: There is none.
    """
    value = _of(asked, key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise UserError(f"{key} is not a whole number")
    return value


def texts(asked: Any, key: str) -> list[str]:
    """A list of texts.

    Raises:
        UserError: There is something else.
    """
    values = _of(asked, key)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise UserError(f"{key} is not a list of texts")
    return values


def numbers(asked: Any) -> dict[str, float]:
    """Numbers by name; none are an empty mapping.

    Raises:
        UserError: There is something else.
    """
    if asked is None:
        return {}
    if not isinstance(asked, dict) or not all(type(v) in {int, float} for v in asked.values()):
        raise UserError("the thresholds are not numbers by name")
    return asked


def _of(asked: Any, key: str) -> Any:
    if not isinstance(asked, dict):
        raise UserError(f"the request has no {key}")
    return asked.get(key)

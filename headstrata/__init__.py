"""Headstrata: what the attention heads of a language model do, layer by layer.

    import headstrata

    table = headstrata.score("openai-community/gpt2")  # or a transformers model in memory
    table.heads  # one row a head

This package holds what all others use: ``errors``, for mistakes that the user can
correct, and ``settings``. Two sub-packages use the others: ``cli``, the command line, and
``python``, the names below. The others are

- ``vocabulary``: scores, categories, rules, citations: plain data;
- ``cache``: the contract between worker and dashboard (tables, provenance, jobs);
- ``classify``: the worker that scores heads (torch, transformers);
- ``app``: the dashboard, which only reads (dash).
"""

import importlib
from typing import TYPE_CHECKING, Any

from headstrata.errors import UserError

if TYPE_CHECKING:
    from headstrata.python import HeadTable, load, models, score

__version__ = "0.1.0"
__all__ = ["HeadTable", "UserError", "load", "models", "score"]

#: Everything of ``__all__`` that is imported at its first use: it needs pandas.
_LATER = frozenset(__all__) - {"UserError"}


def __getattr__(name: str) -> Any:
    # Not an import statement: the packages that headstrata.python uses import this one.
    if name in _LATER:
        return getattr(importlib.import_module("headstrata.python"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

"""The errors that the user can correct."""


class UserError(Exception):
    """Something that the user must change; the message says what is wrong and what to do.

    The command line prints the message as one line, without a traceback, and
    exits with code 2; HTTP routes answer 400, 404 or 503 with it.
    """

    reported_elsewhere: bool | None = None
    """Under torchrun: whether another process reports this error; None: not known."""


class ObstacleError(UserError):
    """The request is valid, but something else prevents it: a full disk, a locked cache.

    The same command works once that is removed, so finished work is kept.
    """


#: What only the worker needs: the extra ``worker``.
WORKER_MODULES = frozenset({"torch", "transformers", "accelerate", "gguf", "safetensors", "tqdm"})


def lacks_worker(error: ModuleNotFoundError) -> UserError | None:
    """How to install the worker, if the module that is missing is one of its; else None."""
    if error.name not in WORKER_MODULES:
        return None
    return UserError(
        f"{error.name} is not installed; add the worker, in your clone of Headstrata: "
        'pip install ".[worker]"'
    )

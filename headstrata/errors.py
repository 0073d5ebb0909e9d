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

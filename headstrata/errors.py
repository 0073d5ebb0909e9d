"""The error types for what the user can mend."""


class UserError(Exception):
    """Something the user must change: says what was wrong and what to do.

    The command line prints the message as one line, without a traceback, and
    exits with code 2; HTTP routes answer 400, 404 or 503 with it.
    """

    told_elsewhere: bool | None = None
    """Of several processes (torchrun): whether another one tells it; None: not settled."""


class ObstacleError(UserError):
    """Something outside of a sound request is in its way: a full disk, a locked cache.

    Once it is out of the way the same command does, so nothing that was finished
    is thrown away.
    """

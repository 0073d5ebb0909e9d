"""The one error type for mistakes that the user can mend."""


class UserError(Exception):
    """Something the user must change: says what was wrong and what to do.

    The command line prints the message as one line, without a traceback, and
    exits with code 2; HTTP routes answer 400 or 404 with it.
    """

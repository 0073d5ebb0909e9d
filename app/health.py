"""``/healthz``: the process is alive. ``/readyz``: it can serve a table."""

from typing import cast

import flask
from flask.typing import ResponseReturnValue

from app.reading import Reader
from headstrata.errors import UserError

blueprint = flask.Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """Always 200."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 with the name of a readable table, or 503 with the reason why there is none.

    Files that cannot be used are named beside it.
    """
    reader = cast(Reader, flask.current_app.config["READER"])
    reason = "the cache holds no table; make one with: headstrata classify MODEL"
    try:
        reasons = [problem.reason for problem in reader.problems()]
        told = {"problems": reasons} if reasons else {}
        for entry in reader.entries():
            try:
                return {"status": "ready", "table": reader.table(entry.name).name, **told}
            except UserError as error:
                reasons.append(str(error))
    except UserError as error:
        reasons = [str(error)]
    return {"status": "not ready", "error": "; ".join(reasons) or reason}, 503

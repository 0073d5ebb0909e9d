"""The HTTP API: tables, bins, taxonomy, jobs. Every error is JSON: ``{"error": …}``.

Responses have an ETag and must be revalidated, so that a table that was written again
is seen at once and an unchanged one is not sent twice. Readers that want only a part of a
file (polars, DuckDB, pyarrow) ask for ranges of bytes.
"""

import json
import math
from collections.abc import Collection
from dataclasses import asdict
from typing import Any, cast

import flask
from flask.typing import ResponseReturnValue

from app import asking, downloads, openapi, patterns
from app.downloads import Download
from app.picture.chart import Look, Show, default_width, draw
from app.picture.theme import Theme
from app.reading import Reader
from app.views import head_filter
from app.views.catalogue import VIEWS, find
from app.views.thresholds import apply
from cache.bins import NOT_MEASURED, check_width
from cache.listing import describe, describe_jobs
from cache.store import BadTableError, NotFoundError, Table
from headstrata.errors import ObstacleError, UserError
from vocabulary import taxonomy
from vocabulary.citations import CITATIONS
from vocabulary.evidence import MEASURES, Measure
from vocabulary.operations import (
    FAMILIES,
    OPERATION_THRESHOLD,
    OPERATIONS,
    OPERATIONS_CITATION,
    OperationFamily,
)

blueprint = flask.Blueprint("api", __name__, url_prefix="/api")

#: How many characters of a bad value an error message repeats.
SHOWN = 60
_SHOWS: dict[str, Show] = {"count": "count", "percent": "percent"}
_THEMES: dict[str, Theme] = {"light": "light", "dark": "dark"}
_MOST_DIGITS = 9  # of a number in a query; no model has 10^9 layers


@blueprint.before_request
def _parts_are_plain() -> None:
    """A part of a compressed answer is no part of the file that a reader asks for in ranges."""
    if "Range" in flask.request.headers:
        flask.request.environ.pop("HTTP_ACCEPT_ENCODING", None)


@blueprint.after_request
def _read_from_anywhere(response: flask.Response) -> flask.Response:
    """Let other origins' pages, such as a notebook in the browser, read what anybody can read."""
    allowed: str = flask.current_app.config["SETTINGS"].api_origin
    if allowed != "none":
        response.headers["Access-Control-Allow-Origin"] = allowed
        response.headers["Access-Control-Allow-Headers"] = "Range, If-None-Match, If-Range"
        response.headers["Access-Control-Expose-Headers"] = (
            "Accept-Ranges, Content-Disposition, Content-Range, ETag"
        )
    return response


@blueprint.get("/models")
def models() -> flask.Response:
    """All usable tables, in the order of the page's list."""
    _query()
    return as_json([describe(entry) for entry in _reader().entries()])


@blueprint.get("/problems")
def problems() -> flask.Response:
    """The files in the cache that cannot be used, and why."""
    _query()
    return as_json([{"name": p.name, "reason": p.reason} for p in _reader().problems()])


@blueprint.get("/heads")
def heads() -> flask.Response:
    """The head table of ``model`` as csv, parquet or json, under thresholds ``t`` if given.

    ``category``, ``layers`` and ``least`` ask for some heads only, ``sort`` for an order.
    """
    query = _query("model", "format", "taxonomy", "t", *head_filter.KEYS)
    file_format = downloads.check_format(query.get("format", "csv"))
    named = downloads.check_head_taxonomy(query.get("taxonomy", "detailed"))
    table = _table(query)
    wanted = head_filter.read(query, table.provenance.layers)
    return as_file(downloads.heads(table, file_format, named, query.get("t"), wanted))


@blueprint.get("/bins")
def bins() -> flask.Response:
    """The binned table of ``model``: ``width`` layers a bin, counted by ``taxonomy``."""
    query = _query("model", "width", "taxonomy", "format", "t")
    file_format = downloads.check_format(query.get("format", "json"))
    named = query.get("taxonomy", "detailed")
    find(named)
    table = _table(query)
    width = _width(query, table)
    return as_file(downloads.bins(table, width, named, file_format, query.get("t")))


@blueprint.get("/effects")
def summed_effects() -> flask.Response:
    """The summed effects of ``model`` by category and depth, beside those of ``other`` if given."""
    query = _query("model", "other", "width", "format", "t")
    file_format = query.get("format", "json")
    downloads.check_format(file_format, downloads.SUMMED_FORMATS)
    tables = [_table(query)]
    width = _width(query, tables[0])
    if query.get("other"):
        tables.append(_reader().table(query["other"]))
    return as_file(downloads.effects(tables, width, file_format, query.get("t")))


@blueprint.get("/chart.svg")
def chart() -> flask.Response:
    """The page's chart of ``model`` as a picture, with the page's own query keys."""
    query = _query("model", "bins", "taxonomy", "show", "theme", "t", "unmeasured", "only")
    unmeasured = _one_of(query, "unmeasured", ["0", "1"]) == "1"
    theme = _one_of(query, "theme", list(_THEMES))
    show = _one_of(query, "show", [*_SHOWS, *_by_control("show")])
    taxonomy_key = _one_of(query, "taxonomy", _by_control("taxonomy"))
    table = _table(query)
    width = _width(query, table, "bins", default_width(table.provenance.layers))
    view = VIEWS.get(show, VIEWS[taxonomy_key])
    told = query.get("t", "")
    shown = apply(table, told)
    if not view.has(shown):
        published = table.provenance.source == "published"
        raise UserError(view.lacking([table.provenance.title], published))
    only = _some_of(query, "only", [segment.name for segment in view.segments])
    drawn_too = unmeasured or NOT_MEASURED in only
    look = Look(_SHOWS.get(show, "count"), _THEMES[theme], drawn_too, only)
    drawn = draw(shown, width, view, look, t=told)
    return _revalidated(flask.Response(drawn, content_type="image/svg+xml; charset=utf-8"))


@blueprint.get("/patterns")
def attention() -> flask.Response:
    """What some ``heads`` of ``model`` attend to on one stored ``prompt``, token by token."""
    query = _query("model", "prompt", "heads")
    table = _table(query)
    if not query.get("heads"):
        raise UserError("heads is missing; give LAYER.HEAD,LAYER.HEAD")
    prompt = query.get("prompt", "repeated")
    return as_json(patterns.of_heads(_reader().home(table.name), table, prompt, query["heads"]))


@blueprint.get("/reads")
def read() -> flask.Response:
    """What some ``heads`` of ``model`` read on natural text: tokens, and examples."""
    query = _query("model", "heads")
    table = _table(query)
    if not query.get("heads"):
        raise UserError("heads is missing; give LAYER.HEAD,LAYER.HEAD")
    return as_json(patterns.reads_of_heads(_reader().home(table.name), table, query["heads"]))


@blueprint.get("/taxonomy")
def taxonomies() -> flask.Response:
    """Categories, groups, scores and papers: what the names and numbers mean."""
    _query()
    return as_json(describe_taxonomy())


@blueprint.get("/jobs")
def jobs() -> flask.Response:
    """All jobs with state, progress and place in line; the newest request first."""
    _query()
    return as_json(describe_jobs(_reader().jobs()))


@blueprint.post("/jobs")
def ask_for_model() -> ResponseReturnValue:
    """Ask the worker for a model, ``{"model": …}``, if the operator allows visitors to."""
    _query()
    flask.request.max_content_length = asking.LARGEST_ASK
    config = flask.current_app.config
    wait_s = cast(asking.Rate, config["ASKED"]).wait_s(flask.request.remote_addr or "")
    if wait_s > 0:
        response = flask.make_response(error_json("too many requests from your address", 429))
        response.headers["Retry-After"] = str(math.ceil(wait_s))
        return response
    # a form of another site cannot send this type
    body = flask.request.get_json(silent=True) if flask.request.is_json else None
    model = body.get("model") if isinstance(body, dict) and set(body) == {"model"} else None
    job = asking.ask(model, config["SETTINGS"].models_allowed, _reader().store)
    response = as_json(describe_jobs([job])[0])
    response.status_code = 202
    return response


@blueprint.get("/openapi.json")
def description() -> flask.Response:
    """All these routes, as OpenAPI."""
    _query()
    return as_json(openapi.describe())


@blueprint.get("/")
@blueprint.get("/<path:rest>")
def unknown(rest: str = "") -> ResponseReturnValue:
    """Any other address under ``/api``."""
    known = "models, heads, bins, effects, chart.svg, patterns, reads, taxonomy, jobs, "
    known += "problems, openapi.json"
    return error_json(f"no such route {_shown('/api/' + rest)}; there are /api/: {known}", 404)


@blueprint.errorhandler(UserError)
def refuse(error: UserError) -> ResponseReturnValue:
    """503: the cache cannot be used now; 404: no such table; 403: not allowed; 400: a bad value."""
    if isinstance(error, ObstacleError):
        return error_json(str(error), 503)
    if isinstance(error, asking.NotAllowedError):
        return error_json(str(error), 403)
    missing = isinstance(error, NotFoundError | BadTableError)
    return error_json(str(error), 404 if missing else 400)


def describe_taxonomy() -> dict[str, Any]:
    """The taxonomy as plain data."""
    return {
        "version": taxonomy.TAXONOMY_VERSION,
        "taxonomies": {view.name: view.column for view in VIEWS.values()},
        "categories": [_describe_category(c) for c in taxonomy.CATEGORIES.values()],
        "groups": [
            {
                "name": group.name,
                "label": group.label,
                "sentence": group.sentence,
                "colour": group.colour,
                "colour_dark": group.dark,
                "pattern": group.pattern,
            }
            for group in taxonomy.GROUPS.values()
        ],
        "scores": [
            {
                "name": score.name,
                "label": score.label,
                "sentence": score.sentence,
                "formula": score.formula,
                "probe": taxonomy.PROBES[score.probe],
                "unit": score.unit,
                "citation": _cite(score.citations),
            }
            for score in taxonomy.SCORES.values()
        ],
        "measures": [_describe_measure(measure) for measure in MEASURES.values()],
        "budget": taxonomy.BUDGET,
        "operations": {
            "threshold": OPERATION_THRESHOLD,
            "families": [_describe_family(family) for family in FAMILIES.values()],
            "operations": [asdict(operation) for operation in OPERATIONS.values()],
            "citation": _cite([OPERATIONS_CITATION]),
        },
    }


def _describe_category(category: taxonomy.Category) -> dict[str, Any]:
    score = taxonomy.SCORES[category.score] if category.score else None
    return {
        "name": category.name,
        "label": category.label,
        "group": category.group,
        "sentence": category.sentence,
        "score": category.score,
        "formula": score.formula if score else None,
        "probe": taxonomy.PROBES[score.probe] if score else None,
        "threshold": category.threshold,
        "tier": category.tier or None,
        "colour": category.colour,
        "colour_dark": category.dark,
        "pattern": category.pattern,
        "citation": _cite(category.citations),
    }


def _describe_measure(measure: Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "label": measure.label,
        "sentence": measure.sentence,
        "formula": measure.formula,
        "probe": taxonomy.PROBES[measure.probe] if measure.probe else None,
        "unit": measure.unit,
        "error_over": measure.error_over,
        "citation": _cite(measure.citations),
    }


def _describe_family(family: OperationFamily) -> dict[str, str]:
    told = asdict(family)
    told["colour_dark"] = told.pop("dark")
    return told


def _cite(keys: Collection[str]) -> list[dict[str, str]]:
    papers = [CITATIONS[key] for key in keys]
    return [{"short": paper.short, "title": paper.title, "url": paper.url} for paper in papers]


def _reader() -> Reader:
    return cast(Reader, flask.current_app.config["READER"])


def _query(*allowed: str) -> dict[str, str]:
    """The query's values; an unknown key is an error."""
    for key in flask.request.args:
        if key not in allowed:
            known = ", ".join(allowed) or "none"
            raise UserError(f"query key {_shown(key)} is not known here; allowed: {known}")
    return flask.request.args.to_dict()


def _table(query: dict[str, str]) -> Table:
    if not query.get("model"):
        raise UserError("model is missing; /api/models lists the names")
    return _reader().table(query["model"])


def _by_control(control: str) -> list[str]:
    """The views that one of the page's controls selects; the first is where it stands at first."""
    return [view.name for view in VIEWS.values() if view.control == control]


def _one_of(query: dict[str, str], key: str, allowed: list[str]) -> str:
    """The value of a key, by default the first that is allowed."""
    value = query.get(key, allowed[0])
    if value not in allowed:
        raise UserError(f"{key} {_shown(value)} is not one of {', '.join(allowed)}")
    return value


def _some_of(query: dict[str, str], key: str, allowed: list[str]) -> tuple[str, ...]:
    """The values of a key, commas between; none by default."""
    values = tuple(dict.fromkeys(query[key].split(","))) if query.get(key) else ()
    for value in values:
        if value not in allowed:
            raise UserError(f"{key} {_shown(value)} is not one of {', '.join(allowed)}")
    return values


def _width(
    query: dict[str, str], table: Table, key: str = "width", default: int | None = None
) -> int:
    layers = table.provenance.layers
    text = query.get(key)
    if text is None and default is not None:
        return default
    if text is None:
        raise UserError(f"{key} is missing; give the layers per bin, 1 to {layers}")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise UserError(f"{key} {_shown(text)} is not a whole number from 1 to {layers}")
    return check_width(int(text), layers)


def _shown(value: str) -> str:
    return repr(value if len(value) <= SHOWN else f"{value[:SHOWN]}…")


def as_file(download: Download) -> flask.Response:
    """A download as a response that is sent again only if it has changed."""
    response = flask.Response(download.data, content_type=download.mimetype)
    place = "inline" if download.mimetype == downloads.MIMETYPES["json"] else "attachment"
    response.headers["Content-Disposition"] = f'{place}; filename="{download.filename}"'
    return _revalidated(response, in_parts=True)


def as_json(data: Any) -> flask.Response:
    """Data as JSON that is harmless even if a browser interprets it as HTML."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _revalidated(flask.Response(f"{text}\n", content_type="application/json"))


def error_json(message: str, status: int) -> ResponseReturnValue:
    """``{"error": …}`` with its status."""
    response = as_json({"error": message})
    response.status_code = status
    return response


def _revalidated(response: flask.Response, *, in_parts: bool = False) -> flask.Response:
    """The response, not sent again if unchanged; ``in_parts``: or the range that is asked for."""
    response.cache_control.no_cache = True
    response.add_etag()
    length = len(response.get_data())
    response.make_conditional(flask.request, accept_ranges=in_parts, complete_length=length)
    return response

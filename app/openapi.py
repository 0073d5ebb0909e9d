"""The description of ``/api`` as OpenAPI 3.1, made from what the routes themselves allow."""

from typing import Any

from app import downloads
from app.patterns import MOST_HEADS
from app.views import head_filter
from app.views.catalogue import VIEWS
from headstrata import __version__
from vocabulary.prompts import PROMPTS
from vocabulary.taxonomy import CATEGORIES, THRESHOLDS

Described = dict[str, Any]

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_CSV, _PARQUET = downloads.MIMETYPES["csv"].split(";")[0], downloads.MIMETYPES["parquet"]
_DECIMAL = r"([0-9]*\.)?[0-9]+"
_THRESHOLDS = rf"^(({'|'.join(THRESHOLDS)}):{_DECIMAL}(,|$))*$"
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string", "description": "What is wrong, and what to do."}},
}
_REFUSALS = {
    "400": "A value or a key of the query is not allowed; the sentence names what is.",
    "404": "There is no such table, or it has no such part.",
    "503": "The cache cannot be read now; try again.",
}


def describe() -> Described:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Headstrata",
            "version": __version__,
            "summary": "What the attention heads of a language model do, layer by layer.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        # relative to this description, so that it is right under any path
        "servers": [{"url": "../api"}],
        "paths": {
            "/models": _get("All usable tables.", [], _json(_rows(name=_TEXT, layers=_COUNT))),
            "/problems": _get(
                "Files of the cache that cannot be used.",
                [],
                _json(_rows(name=_TEXT, reason=_TEXT)),
            ),
            "/heads": _get("The head table: a row a head.", _of_heads(), _table(_HEAD), parts=True),
            "/bins": _get(
                "The binned table: a row a bin and category.", _of_bins(), _table(_BIN), parts=True
            ),
            "/effects": _get(
                "Summed effects: a row an effect, table, bin (of two: of depth) and category.",
                _of_effects(),
                _json(_rows(**_SUMMED)) | {_CSV: {}},
                parts=True,
            ),
            "/chart.svg": _get("The page's chart.", _of_chart(), {"image/svg+xml": {}}),
            "/patterns": _get(
                "What heads attend to on one prompt, token by token.",
                _of_patterns(),
                _json({"type": "object", "required": ["model", "prompt", "tokens", "heads"]}),
            ),
            "/reads": _get(
                "What heads read on natural text: tokens beyond position alone, and examples.",
                [_MODEL, _HEADS],
                _json({"type": "object", "required": ["model", "heads"]}),
            ),
            "/taxonomy": _get(
                "Categories, groups, scores, measures and papers.", [], _json({"type": "object"})
            ),
            "/jobs": _get(
                "What the worker was asked, the newest first.",
                [],
                _json(_rows(**_JOB)),
            )
            | {"post": _ASK},
            "/openapi.json": _get("This description.", [], _json({"type": "object"})),
        },
        "components": {"schemas": {"Error": _ERROR}},
    }


_HEAD: dict[str, Described] = {"layer": _COUNT, "head": _COUNT, "category": _TEXT, "group": _TEXT}
_BIN: dict[str, Described] = {
    "bin": {"type": "string", "pattern": r"^\[[0-9]+, [0-9]+\)$"},
    "start": _COUNT,
    "stop": _COUNT,
    "share": {"anyOf": [_SHARE, {"type": "null"}]},
}
_SUMMED: dict[str, Described] = {
    "effect": _TEXT,
    "table": _TEXT,
    "bin": {"type": "string", "pattern": r"^([0-9]+%-[0-9]+%|\[[0-9]+, [0-9]+\))$"},
    "start": {"type": "number", "minimum": 0},
    "stop": {"type": "number", "minimum": 0},
    "category": _TEXT,
    "heads": _COUNT,
    "above": {"type": "number", "minimum": 0},
    "below": {"type": "number", "maximum": 0},
    "differing": _COUNT,
}


def _of_heads() -> list[Described]:
    named = "|".join(CATEGORIES)
    column = "|".join(head_filter.SORTABLE)
    return [
        _MODEL,
        _key("format", "The file's format.", enum=[*downloads.MIMETYPES], default="csv"),
        _key("taxonomy", "What adds columns.", enum=downloads.HEAD_VIEWS, default="detailed"),
        _THRESHOLD,
        _key("category", "Only these.", pattern=rf"^({named})(,({named}))*$"),
        _key("layers", "Only these, both included: 16-23.", pattern=r"^[0-9]{1,6}(-[0-9]{1,6})?$"),
        _key("least", "Column and least value.", pattern=rf"^({column}):{_DECIMAL}$"),
        _key("sort", "A column, falling; after - rising.", pattern=rf"^-?({column})$"),
    ]


def _of_bins() -> list[Described]:
    return [
        _MODEL,
        _key("width", "Layers a bin.", needed=True, type="integer", minimum=1),
        _key("taxonomy", "What is counted.", enum=[*VIEWS], default="detailed"),
        _key("format", "The file's format.", enum=[*downloads.MIMETYPES], default="json"),
        _THRESHOLD,
    ]


def _of_effects() -> list[Described]:
    return [
        _MODEL,
        _key("other", "A second table, beside it.", example="smollm2-135m"),
        _key("width", "Layers of the first a bin.", needed=True, type="integer", minimum=1),
        _key("format", "The file's format.", enum=downloads.SUMMED_FORMATS, default="json"),
        _THRESHOLD,
    ]


def _of_chart() -> list[Described]:
    by = {c: [v.name for v in VIEWS.values() if v.control == c] for c in ("taxonomy", "show")}
    return [
        _MODEL,
        _key("bins", "Layers a bin.", type="integer", minimum=1),
        _key("taxonomy", "What is counted.", enum=by["taxonomy"]),
        _key(
            "show", "Heads, their share, or another view.", enum=["count", "percent", *by["show"]]
        ),
        _key("theme", "Colours.", enum=["light", "dark"], default="light"),
        _THRESHOLD,
        _key("unmeasured", "1: heads that nobody measured are drawn.", enum=["0", "1"]),
        _key("only", "Categories that are seen alone, commas between.", pattern="^[a-z_,]*$"),
    ]


def _of_patterns() -> list[Described]:
    return [
        _MODEL,
        _key("prompt", "Which one.", enum=[*PROMPTS], default="repeated"),
        _HEADS,
    ]


def _key(
    name: str, told: str, *, needed: bool = False, example: str | None = None, **schema: Any
) -> Described:
    """A key of the query."""
    return {
        **({"example": example} if example else {}),
        "name": name,
        "in": "query",
        "required": needed,
        "description": told,
        "schema": {"type": "string"} | schema,
    }


_MODEL = _key(
    "model",
    "A name of /models, also with @ and the table's hash.",
    needed=True,
    example="smollm2-135m",
)
_HEADS = _key(
    "heads",
    "LAYER.HEAD,LAYER.HEAD",
    needed=True,
    example="0.0,18.6",
    pattern=rf"^[0-9]{{1,6}}\.[0-9]{{1,6}}(,[0-9]{{1,6}}\.[0-9]{{1,6}}){{0,{MOST_HEADS - 1}}}$",
)
_THRESHOLD = _key(
    "t", "What-if thresholds: induction:0.3,broad:0.7", pattern=_THRESHOLDS, maxLength=300
)
_JOB = {"id": _TEXT, "name": _TEXT, "state": _TEXT}
_REFUSED: Described = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
_ASK: Described = {
    "summary": "Asks the worker for a model, where the operator allows visitors to.",
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["model"],
                    "properties": {"model": {"type": "string"}},
                    "additionalProperties": False,
                }
            }
        },
    },
    "responses": {
        "202": {
            "description": "The job that was made, or the one that was open already.",
            "content": {
                "application/json": {
                    "schema": {"type": "object", "required": [*_JOB], "properties": _JOB}
                }
            },
        },
        **{
            status: {"description": why, "content": _REFUSED}
            for status, why in {
                "400": "This is not such a request.",
                "403": "This model cannot be asked for; the sentence names those that can.",
                "413": "The request is too large.",
                "429": "Too many from one address; Retry-After says when to try again.",
                "503": "The cache cannot be written now; try again.",
            }.items()
        },
    },
}


def _rows(**columns: Described) -> Described:
    return {
        "type": "array",
        "items": {"type": "object", "required": [*columns], "properties": columns},
    }


def _json(schema: Described) -> Described:
    return {"application/json": {"schema": schema}}


def _table(columns: dict[str, Described]) -> Described:
    return _json(_rows(**columns)) | {_CSV: {}, _PARQUET: {}}


def _get(told: str, keys: list[Described], content: Described, *, parts: bool = False) -> Described:
    """A route with all its answers."""
    answers = {"200": {"description": "As asked.", "content": content}}
    if parts:
        answers |= {"206": {"description": "The range of bytes that was asked for."}}
    answers["414"] = {"description": "The address is too long.", "content": {"text/html": {}}}
    refused = _json({"$ref": "#/components/schemas/Error"})
    refusals = _REFUSALS | ({"416": "There is no such range."} if parts else {})
    for status, why in refusals.items():
        answers[status] = {"description": why, "content": refused}
    return {"get": {"summary": told, "parameters": keys, "responses": answers}}

"""What stands for components that only their scripts can draw, as large as they will be."""

from collections.abc import Callable
from typing import Any

from dash import html


def _nothing(_: dict[str, Any]) -> Any:
    return None


def _graph(_: dict[str, Any]) -> Any:
    return html.Div(className="graph")


def _select(props: dict[str, Any]) -> Any:
    chosen = [one["label"] for one in props.get("data", []) if one["value"] == props.get("value")]
    return html.Div(chosen, className="stand-in field")


def _slider(_: dict[str, Any]) -> Any:
    return html.Div(className="stand-in slider")


def _width(props: dict[str, Any]) -> Any:
    return [_slider(props), html.Div(str(props.get("value")), className="stand-in number")]


def _choice(props: dict[str, Any]) -> Any:
    parts = [
        html.Span(
            one["label"],
            className=(
                "on" if one["value"] == props.get("value") else "off" if one.get("disabled") else ""
            ),
        )
        for one in props.get("data", [])
    ]
    return html.Div(parts, className="stand-in choice")


#: By the component's type.
STANDINS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "Held": _nothing,
    "Poll": _nothing,
    "AgGrid": _nothing,
    "Graph": _graph,
    "BinWidth": _width,
    "Combobox": _select,
    "Segments": _choice,
    "Slider": _slider,
}

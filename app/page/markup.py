"""Components as HTML, as React will make it of them."""

from html import escape
from typing import Any, cast

from dash.development.base_component import Component

from app.page.fields import OwnComponent
from app.page.standins import STANDINS

#: Properties that HTML has under another name.
_RENAMED = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan"}
_PLAIN = {"id", "href", "title", "role", "type", "scope", "target", "rel", "lang", "value", "name"}
_SWITCHES = {"hidden", "disabled", "open", "selected", "download"}
_VOID = {"Br", "Hr", "Img"}
_HTML = "dash_html_components"
#: Attributes that name another element, which has no id here.
_REFERENCES = {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"}


def markup(
    part: Any,
    instead: dict[str, dict[str, Any]],
    place: dict[str, str],
) -> str:
    """HTML of a component with all that is inside.

    Args:
        part: A component, a text, a number, or a list of these.
        instead: By id, the properties that callbacks would set.
        place: By id, the HTML that stands instead of the component.

    Ids are left out, with what refers to them: the living page stands in the same document.
    """
    if isinstance(part, list | tuple):
        return "".join(markup(one, instead, place) for one in part)
    if not isinstance(part, Component):
        return "" if part is None else escape(str(part), quote=False)
    name = str(getattr(part, "id", ""))
    if name in place:
        return place[name]
    props = {**_props(part), **instead.get(name, {})}
    if part._namespace == _HTML:
        inside = markup(props.pop("children", None), instead, place)
        opened = f"<{part._type.lower()}{_attributes(props)}>"
        return opened if part._type in _VOID else f"{opened}{inside}</{part._type.lower()}>"
    if isinstance(part, OwnComponent) and part.whole is not None:
        return markup(part.whole, instead, place)
    standin = STANDINS.get(part._type)
    return markup(standin(props) if standin else props.get("children"), instead, place)


def _props(part: Component) -> dict[str, Any]:
    found: dict[str, Any] = cast(Any, part).to_plotly_json()["props"]
    return found


def _attributes(props: dict[str, Any]) -> str:
    written = []
    for name, value in props.items():
        if value is None or name == "id" or name in _REFERENCES:
            continue
        if name == "style":
            style = ";".join(f"{_css_name(key)}:{one}" for key, one in value.items())
            written.append(f' style="{escape(style)}"')
        elif name in _SWITCHES:
            written.append(f" {name}" if value or value == "" else "")
        elif name in _RENAMED or name in _PLAIN or name.startswith(("data-", "aria-")):
            written.append(f' {_RENAMED.get(name, name)}="{escape(str(value))}"')
    return "".join(written)


def _css_name(name: str) -> str:
    """``minHeight`` is ``min-height``; custom properties stay."""
    if name.startswith("--"):
        return name
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)

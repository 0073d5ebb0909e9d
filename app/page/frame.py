"""Elements that no callback touches: one component, with those that callbacks touch in its holes.

dash-renderer dispatches an action for each component that it mounts and several for each callback,
and every component on the page looks at each of them: its work grows with the square of their
number (``storeEffects`` and ``selectDashProps`` in
https://github.com/plotly/dash/tree/v4.4.1/dash/dash-renderer/src). Most of a page is headings,
boxes and buttons that Dash need not know of.
"""

from typing import Any, cast

from dash.development.base_component import Component

from app.page import ids
from app.page.fields import OwnComponent

_HTML = "dash_html_components"
#: Ids that callbacks of either language name.
_TOUCHED = {name for name in vars(ids).values() if isinstance(name, str)} - ids.FIXED


class Frame(OwnComponent):
    """Elements as Dash writes components; ``{"held": place}`` for one of its ``children``."""

    _type = "Frame"
    _prop_names = ["tree", "children"]  # noqa: RUF012


def frame(part: Any) -> Component:
    """The same page in fewer components.

    Args:
        part: A component with all that is inside, or a list of these. Those that a callback may
            name (an id of ``app/page/ids.py``, or one that is no text) and those that are no HTML
            stay components.
    """
    held: list[Component] = []
    made = Frame(tree=[_node(one, held) for one in _listed(part)], children=held)
    made.whole = part
    return made


def _listed(part: Any) -> list[Any]:
    if isinstance(part, list | tuple):
        return [inner for one in part for inner in _listed(one)]
    return [] if part is None else [part]


def _node(part: Any, held: list[Component]) -> Any:
    """What stands for a part in the tree; the components that are left of it join ``held``."""
    if not isinstance(part, Component):
        return str(part)
    if part._namespace == _HTML and not _is_touched(part):
        props = _props(part)
        inside = [_node(one, held) for one in _listed(props.pop("children", None))]
        if inside:
            props["children"] = inside[0] if len(inside) == 1 else inside
        return {"type": part._type, "props": props}
    inside = _listed(getattr(part, "children", None))
    if any(isinstance(one, Component) for one in inside):
        cast(Any, part).children = frame(inside) if any(map(_is_fixed, inside)) else inside
    held.append(part)
    return {"held": len(held) - 1}


def _is_touched(part: Component) -> bool:
    name = getattr(part, "id", None)
    return name is not None and (not isinstance(name, str) or name in _TOUCHED)


def _is_fixed(part: Any) -> bool:
    return isinstance(part, Component) and part._namespace == _HTML and not _is_touched(part)


def _props(part: Component) -> dict[str, Any]:
    found: dict[str, Any] = cast(Any, part).to_plotly_json()["props"]
    return dict(found)

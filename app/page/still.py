"""Elements that hold no part which a callback sets: one component, whatever is inside.

dash-renderer dispatches an action for each component that it draws, and each action is looked at
by every component on the page: its work grows with the square of their number (``storeEffects``
and ``DashWrapper`` in https://github.com/plotly/dash/tree/dev/dash/dash-renderer/src).
"""

from typing import Any, cast

from dash.development.base_component import Component

from app.page.fields import OwnComponent
from app.page.markup import markup


class Still(OwnComponent):
    """An element with its attributes, and its inside as HTML."""

    _type = "Still"
    _prop_names = ["id", "tag", "attributes", "html"]  # noqa: RUF012


def still(whole: Component) -> Component:
    """An HTML component that will be drawn as it is, as one component.

    Args:
        whole: A component of ``dash.html`` with all that is inside. Its own id may be told to
            callbacks, none of those inside.
    """
    props: dict[str, Any] = dict(cast(Any, whole).to_plotly_json()["props"])
    named = {"id": props.pop("id")} if "id" in props else {}
    inside = markup(props.pop("children", None), {}, {}, ids=True)
    made = Still(tag=whole._type.lower(), attributes=props, html=inside, **named)
    made.whole = whole
    return made

"""From head to head: buttons for the one before, the one after, and the way to the map."""

from dash import html
from dash.development.base_component import Component

from app.page.attributes import aria, data


def build(*, in_map: bool = False) -> Component:
    """Steps through all heads of all layers; ``assets/selection/keys.js`` takes the arrow keys.

    Args:
        in_map: Whether there is a button that shows the head's cell.
    """
    return html.Div([*([_in_map()] if in_map else []), *map(_step, _STEPS)], className="head-steps")


_STEPS = (("-1", "←", "Previous head"), ("1", "→", "Next head"))


def _step(told: tuple[str, str, str]) -> Component:
    step, sign, label = told
    return html.Button(
        sign,
        type="button",
        className="button icon",
        title=f"{label} (arrow key {sign})",
        **aria(label=label),
        **data(step=step),
    )


def _in_map() -> Component:
    return html.Button(
        "Map",
        type="button",
        className="button plain",
        title="Show this head in the map",
        **aria(label="Show this head in the map"),
        **data(action="show-in-map"),
    )

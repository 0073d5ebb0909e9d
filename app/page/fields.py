"""The page's own controls as Dash components; ``assets/fields/`` draws them.

A slider, a choice of a few and a select that is searched by typing: native inputs and one
WAI-ARIA pattern, so that the page fetches no library of controls. Their ``value`` reaches
callbacks as that of any component of Dash.
"""

from typing import Any

from dash.development.base_component import Component


class OwnComponent(Component):
    """A component that is drawn by a function of ``assets/``."""

    # Where dash-renderer looks: window.headstrata (assets/main.js).
    _namespace = "headstrata"
    _children_props: list[str] = []  # noqa: RUF012 - Dash reads it off the class
    _base_nodes: list[str] = []  # noqa: RUF012
    #: What it is drawn for, where it is one in place of several components (frame.py).
    whole: Any = None
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, **props: Any) -> None:
        initialise: Any = super().__init__  # untyped
        initialise(**props)


class BinWidth(OwnComponent):
    """A slider over whole numbers of layers with a number field; tells its value on release."""

    _type = "BinWidth"
    _prop_names = ["id", "max", "value"]  # noqa: RUF012


class Slider(OwnComponent):
    """A slider whose value is told while it moves. ``mark``: where a tick stands."""

    _type = "Slider"
    _prop_names = ["id", "label", "min", "max", "step", "value", "mark", "disabled"]  # noqa: RUF012


class Segments(OwnComponent):
    """Radio buttons side by side. ``data``: ``value``, ``label``; ``disabled``, ``title``: why."""

    _type = "Segments"
    _prop_names = ["id", "label", "data", "value", "disabled"]  # noqa: RUF012


class Combobox(OwnComponent):
    """A select that typing filters. ``data``: ``value``, ``label``; ``clearable``: None is one."""

    _type = "Combobox"
    _prop_names = ["id", "label", "data", "value", "disabled", "placeholder", "clearable"]  # noqa: RUF012


class Held(OwnComponent):
    """A value that callbacks set and read; nothing is drawn.

    In place of ``dcc.Store``, which answers each value with a second change, of its
    ``modified_timestamp``: every component on the page looks at each change.
    """

    _type = "Held"
    _prop_names = ["id", "data"]  # noqa: RUF012


class Poll(OwnComponent):
    """Counts ``n_intervals`` of ``interval`` ms while it is not ``disabled``; nothing is drawn."""

    _type = "Poll"
    _prop_names = ["id", "interval", "disabled", "n_intervals"]  # noqa: RUF012


class Graph(OwnComponent):
    """A plotly figure; ``clickData`` and ``hoverData`` tell the points, as of ``dcc.Graph``."""

    _type = "Graph"
    _prop_names = ["id", "figure", "clickData", "hoverData"]  # noqa: RUF012

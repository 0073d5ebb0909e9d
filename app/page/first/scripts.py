"""Which of Dash's scripts the page does without."""

from typing import Any

from dash import dash_table


def load_less() -> None:
    """Leave out ``dash_table``, which nothing here uses: 9 kB and a request.

    Dash puts it on every page and has no option for that, so its private list of scripts is
    changed, as in ``app/page/selection/grid.py``:
    https://github.com/plotly/dash/blob/v4.4.1/dash/dash.py#L1295. (The polyfill stays: Dash's
    components find ``regeneratorRuntime`` in it.)
    """
    tables: Any = dash_table
    for resource in tables._js_dist:
        if "async" not in resource:  # these are not on the page anyway
            resource["dynamic"] = True

"""Which of Dash's scripts the page does without."""

from typing import Any

from dash import _dash_renderer, dash_table, dcc


def load_less() -> None:
    """Leave out what nothing here needs; Dash has no option for either.

    - ``dash_table`` (9 kB and a request) and ``dcc`` (118 kB and three requests): nothing of
      them is on the page. Their private lists of scripts are changed, as in
      ``app/page/selection/grid.py``:
      https://github.com/plotly/dash/blob/v4.4.1/dash/dash.py#L1295.
    - The polyfill for browsers of before 2018: 34 kB, and it replaces ``parseFloat`` of every
      later one by a slower function of its own. The one name that Dash's components look for in
      it, ``regeneratorRuntime``, comes from ``assets/vendor/``:
      https://github.com/plotly/dash/blob/v4.4.1/dash/_dash_renderer.py#L24.
    """
    unused: list[Any] = [dash_table, dcc]
    for resource in [one for package in unused for one in package._js_dist]:
        if "async" not in resource:  # these are not on the page anyway
            resource["dynamic"] = True
    for resource in _dash_renderer._js_dist_dependencies:
        paths = resource["relative_package_path"]
        for kind, names in paths.items():
            paths[kind] = [name for name in names if "polyfill" not in name]

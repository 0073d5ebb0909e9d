"""Which of Dash's scripts the page does without, and which it does not wait for."""

import re
from typing import Any

from dash import _dash_renderer, dash_table, dcc

_PLOTLY = re.compile(r'<script (src="[^"]*/vendor/plotly-[^"]*")>')


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


def without_waiting(page: str) -> str:
    """Let plotly's script run as soon as it is there; what comes after it need not wait.

    It is the largest, and the first figure is drawn late (``whenPlotly`` in
    ``assets/chart/plot.js``). Dash has no option for it.

    Args:
        page: The HTML with Dash's scripts.
    """
    return _PLOTLY.sub(r'<script id="plotly" async \1>', page)

"""The segment's heads as an AG Grid, whose code is fetched when it is first shown."""

from typing import Any

import dash_ag_grid as dag

from app.page import ids
from cache.schema import SCORES
from vocabulary.taxonomy import SCORES as DEFINITIONS


def load_late() -> None:
    """Keep the grid's 360 KB (compressed) out of the first load.

    Dash puts the script of every imported component library on the page. A script that is
    marked as dynamic is served but not loaded: https://github.com/plotly/dash/blob/v4.4.1/dash/dash.py#L1219.
    Dash AG Grid has no option for that, so its private list of scripts is changed:
    https://github.com/plotly/dash-ag-grid/blob/v35.3.0/dash_ag_grid/__init__.py.
    ``assets/selection/grid.js`` loads the script before the first grid is made.
    """
    for resource in dag._js_dist:
        if resource["relative_package_path"] == "dash_ag_grid.min.js":
            resource["dynamic"] = True


def build() -> dag.AgGrid:
    """An empty grid: one row a head, its verdict first, then every score."""
    return dag.AgGrid(
        id=ids.SEGMENT_TABLE,
        columnDefs=[*_verdict(), *(_score(name) for name in SCORES)],
        rowData=[],
        defaultColDef={
            "sortable": True,
            "filter": True,
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "cellDataType": False,
        },
        columnSize=None,
        getRowId="params.data.id",
        dashGridOptions={
            "rowHeight": 32,
            "headerHeight": 38,
            "animateRows": False,
            "suppressCellFocus": False,
            "domLayout": "normal",
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
        },
        className="heads-grid",
        style={"height": "100%", "width": "100%"},
    )


def _verdict() -> list[dict[str, Any]]:
    return [
        {
            "field": "id",
            "headerName": "Head",
            "pinned": "left",
            "width": 104,
            "comparator": {"function": "byHead"},
        },
        _number("main", "Score", 128, "score under the category's own rule", sort="desc"),
        {"field": "runner_up", "headerName": "Runner-up", "width": 138},
        _number("margin", "Margin", 104, "difference of the two score/threshold ratios"),
        {
            "field": "borderline",
            "headerName": "Borderline",
            "width": 116,
            "headerTooltip": "could flip within two standard errors",
        },
        {"field": "category", "headerName": "Category", "width": 138},
    ]


def _score(name: str) -> dict[str, Any]:
    definition = DEFINITIONS[name]
    return _number(name, definition.label, 150, definition.sentence)


def _number(field: str, label: str, width: int, tooltip: str, **more: Any) -> dict[str, Any]:
    return {
        "field": field,
        "headerName": label,
        "headerTooltip": tooltip,
        "width": width,
        "filter": "agNumberColumnFilter",
        "valueFormatter": {"function": "withError(params)"},
        **more,
    }

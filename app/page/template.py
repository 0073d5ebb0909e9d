"""The plotly template: type, spacing and ticks. Colours come from the theme's CSS."""

from typing import Any

#: The system's own sans serif; no font is fetched.
FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
)
#: Left and right margins that chart and map share, so that their layers line up (px).
MARGIN_LEFT, MARGIN_RIGHT = 58, 12
#: Above and below the bars (px): over them stands "What if", where thresholds are changed.
MARGIN_TOP, MARGIN_BOTTOM = 26, 46


def template() -> dict[str, Any]:
    """A small plotly template; ``assets/chart/theme.js`` adds the colours of the shown theme."""
    axis = {
        "zeroline": False,
        "automargin": False,
        "ticks": "outside",
        "ticklen": 4,
        "ticklabeloverflow": "allow",  # measuring every label costs a slider step 10 ms
        "title": {"standoff": 8, "font": {"size": 13}},
        "tickfont": {"size": 12},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": 13},
            "title": {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": 1,
                "yref": "container",
                "yanchor": "top",
                "pad": {"t": 6},
                "font": {"size": 13, "weight": 600},
            },
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
            "hoverlabel": {"align": "left", "namelength": -1, "font": {"family": FONT, "size": 13}},
        }
    }

"""What somebody would write in an hour: Dash, a slider, plotly.express; the rival of bench_page.

    python -m benchmarks.plain_app PORT MODEL [PROCESSES]

The same table (published tables come with the package), the same bins, served by gunicorn's
threads as the dashboard is.
"""

import sys
from typing import Any

import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from gunicorn.app.base import BaseApplication

from cache.bins import bin_heads
from cache.opening import open_store
from headstrata.settings import Settings


def create(model: str) -> Dash:
    """The app for one table."""
    store = open_store(Settings.load())
    table = store.read(store.find(model, store.tables()))
    layers = table.provenance.layers
    app = Dash(__name__, title="Plain", compress=True)
    app.layout = html.Div(
        [
            html.H1(table.provenance.title),
            dcc.Slider(
                1, layers, 1, value=round(layers / 4), id="width", marks=None, updatemode="drag"
            ),
            dcc.Graph(id="chart"),
        ]
    )

    @app.callback(Output("chart", "figure"), Input("width", "value"))
    def draw(width: int) -> Any:
        order = list(table.provenance.taxonomy.categories)
        binned = bin_heads(table.heads, width, "category", order, table.grid)
        return px.bar(binned, x="bin", y="heads", color="category", text="percent")

    return app


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, port: str, model: str, processes: str = "1") -> None:
        self.port, self.model, self.processes = port, model, int(processes)
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("workers", self.processes)
        self.cfg.set("threads", 8)
        self.cfg.set("loglevel", "warning")

    def load(self) -> Any:
        """Called by gunicorn."""
        return create(self.model).server


if __name__ == "__main__":
    _Server(*sys.argv[1:]).run()

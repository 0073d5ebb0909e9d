"""``/models``: every table as a small picture, drawn by the server; no Dash, no plotly."""

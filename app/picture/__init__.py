"""The chart as a picture (SVG), drawn from the binned table: no plotly, no browser."""

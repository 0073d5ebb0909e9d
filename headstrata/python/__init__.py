"""Headstrata in Python: scripts and notebooks.

``headstrata.score`` and the other names are made here, and reached through ``headstrata``,
which loads this package at the first use of one. torch and plotly are imported when a model is
scored or a figure drawn.
"""

from headstrata.python.head_table import HeadTable
from headstrata.python.scoring import score
from headstrata.python.tables import load, models

__all__ = ["HeadTable", "load", "models", "score"]

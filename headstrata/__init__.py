"""Headstrata: what the attention heads of a language model do, layer by layer.

This package holds what every side needs: the command line, the settings, the
one error type for mistakes that the user can mend. The work is done elsewhere:

- ``cache``: the contract between the two sides (tables, provenance, jobs);
- ``classify``: the worker that scores heads (torch, transformers);
- ``app``: the dashboard that only reads (dash).
"""

__version__ = "0.1.0"

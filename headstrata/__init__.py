"""Headstrata: what the attention heads of a language model do, layer by layer.

This package holds what all others use: ``errors``, for mistakes that the user can
correct, and ``settings``. Its sub-package ``cli`` is the command line, which uses the others:

- ``vocabulary``: scores, categories, rules, citations: plain data;
- ``cache``: the contract between worker and dashboard (tables, provenance, jobs);
- ``classify``: the worker that scores heads (torch, transformers);
- ``app``: the dashboard, which only reads (dash).
"""

__version__ = "0.1.0"

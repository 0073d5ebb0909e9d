"""The worker: scores every attention head of a model and puts it in a category.

Modules here may import torch. ``request`` must not (``make run`` uses it before torch is
installed), and ``worker`` must not while it waits for jobs.
"""

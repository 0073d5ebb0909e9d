"""The worker: scores every attention head of a model and puts it in a category.

``taxonomy``, ``rules`` and ``citations`` are plain data and numpy, so that the
dashboard can import them; every other module may import torch, and nothing is
imported from here.
"""

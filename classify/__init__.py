"""The worker: scores every attention head of a model and puts it in a category.

Any module here may import torch; nothing is imported from here.
"""

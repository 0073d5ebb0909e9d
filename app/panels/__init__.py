"""Panels of the page: what-if thresholds, further views, comparison, reference, observations."""

"""What heads are called and why: scores, categories, rules, papers, operations.

Plain data and numpy. Worker, cache, dashboard, README and API all read names, sentences,
thresholds and colours from here; nothing here imports any of them.
"""

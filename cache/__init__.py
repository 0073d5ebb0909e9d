"""The contract between worker and dashboard: tables, provenance, store, job records.

It imports neither dash nor torch, so that either side can be replaced.
"""

"""The dashboard: reads the cache, draws, answers HTTP. It never imports torch."""

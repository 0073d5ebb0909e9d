"""What the page computes from tables: pure functions, no dash, no torch, no figures."""

"""The ways to look at a table, and what is needed to draw and download them; no dash here."""

"""The views of a table, and what is needed to draw and download them; no dash here."""

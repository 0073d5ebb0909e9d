"""All heads of the shown table, ranked by any score."""

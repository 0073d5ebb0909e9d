"""What-if thresholds: the same rules with other numbers."""

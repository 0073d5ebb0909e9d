"""What scoring costs: scripts that print tables, kept under results/."""

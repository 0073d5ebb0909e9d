"""Key observations: computed sentences about what is shown."""

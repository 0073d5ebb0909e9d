"""What stands in the page's first HTML, before its scripts run: the same page, not yet alive."""

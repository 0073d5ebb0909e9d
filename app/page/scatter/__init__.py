"""The drawer that plots every head by two of its scores."""

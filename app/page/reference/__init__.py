"""The figure that the project began from, and its integrity check on what is shown."""

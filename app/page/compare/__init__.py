"""A second table beside the shown one."""

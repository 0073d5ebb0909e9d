"""The drawer that shows how a category's number of heads depends on its threshold."""

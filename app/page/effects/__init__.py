"""The drawer that weighs the categories by their heads' effects."""

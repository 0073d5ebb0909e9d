"""What is chosen: a segment's heads, and one head's card."""

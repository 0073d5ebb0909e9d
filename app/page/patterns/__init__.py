"""Many heads' attention patterns at once: thumbnails of the listed heads, pinned ones beside."""

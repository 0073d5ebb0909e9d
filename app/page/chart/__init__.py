"""The bars, the chips and the map, with the controls over them."""

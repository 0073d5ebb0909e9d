"""What heads do, as the predicates of a page's heading: of several heads, of one."""

#: By segment: a category, a group of categories, a family of operations; those that are not here
#: have no habit, and no heading leads with them.
DOES: dict[str, tuple[str, str]] = {
    "induction": ("show the induction pattern", "shows the induction pattern"),
    "duplicate_token": (
        "look at earlier copies of the token",
        "looks at earlier copies of the token",
    ),
    "previous_token": ("look at the previous token", "looks at the previous token"),
    "current_token": ("look at the current token", "looks at the current token"),
    "local_window": ("look at the last five tokens", "looks at the last five tokens"),
    "first_token": ("rest on the first token", "rests on the first token"),
    "learned_sink": ("rest on a learned sink", "rests on a learned sink"),
    "delimiter": ("look at delimiters", "looks at delimiters"),
    "broad": ("spread their attention widely", "spreads its attention widely"),
    "long_range": ("look at ordinary tokens far back", "looks at ordinary tokens far back"),
    "content": ("look for a token by what it is", "looks for a token by what it is"),
    "positional": ("look at a place nearby", "looks at a place nearby"),
    "sink": ("rest on a sink", "rests on a sink"),
    "diffuse": ("show no single habit", "shows no single habit"),
    "copying": ("copy tokens", "copies tokens"),
    "algorithmic": ("follow rules", "follows rules"),
    "knowledge": ("write facts", "writes facts"),
    "linguistic": ("write related forms", "writes related forms"),
}
#: What sets the other heads apart, where some are of this segment.
ELSE: dict[str, tuple[str, str]] = {
    "not_measured": ("can be named", "can be named"),
    "no_operation": ("carry out a known operation", "carries out a known operation"),
}
#: Told wherever a head has it, since most readers look for it.
FAMOUS = ("induction",)

"""Which rule goes before which, in words: for heads whose scores reach several thresholds."""

from collections.abc import Sequence

from vocabulary.taxonomy import CATEGORIES, Category

#: A rival whose score reaches a smaller share of its threshold is not near.
NEAR = 0.5


def why_not(own: Category, reached: Sequence[Category]) -> list[str]:
    """Why a head is not named after further rules whose thresholds its scores reach.

    Args:
        own: The head's category.
        reached: The other categories whose scores reach their thresholds.

    Returns:
        A sentence for each way in which ``own`` goes before some of them (``rules.py``). Those
        that compete with it by score/threshold are left out.
    """
    resting = [c for c in reached if own.tier == 1 and c.tier == 2]
    later = [c for c in reached if own.tier == c.tier == 2]
    near = [CATEGORIES[name] for name in ("previous_token", "current_token")]
    claimed = own.tier == 1 and any(c in near for c in (own, *reached))
    local = [c for c in reached if c.name == "local_window" and claimed]
    told = (
        (
            resting,
            "but a head is named for what it does at its trigger before where it rests.",
        ),
        (later, f"but {own.label} comes first among the ways to rest."),
        (local, f"but it counts only where neither {near[0].label} nor {near[1].label} does."),
    )
    return [f"{_also(which)}, {why}" for which, why in told if which]


def _also(categories: Sequence[Category]) -> str:
    """``First token also reaches its threshold``; of several: ``… also reach their thresholds``."""
    *others, last = [category.label for category in categories]
    if not others:
        return f"{last} also reaches its threshold"
    return f"{', '.join(others)} and {last} also reach their thresholds"

"""How scores were measured: Headstrata's own protocol, and those of papers whose scores ship.

A score's definition is its probe, its formula and what was done to the attention before. Two
tables' scores of one name mean the same only if all three do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vocabulary.taxonomy import SCORES, Probe


@dataclass(frozen=True)
class Protocol:
    """One way to measure scores."""

    attention: str
    """What was done to the attention before it was read."""
    start: str
    """What starts a prompt, where that is part of the protocol; else the provenance tells."""
    probes: Mapping[str, Probe] = field(default_factory=dict)
    """Score to the probe it was measured on, where that is not the score's own."""
    formulas: Mapping[str, str] = field(default_factory=dict)
    """Score to its formula, likewise."""

    def probe(self, score: str) -> Probe:
        """The probe that a score was measured on."""
        return self.probes.get(score, SCORES[score].probe)

    def formula(self, score: str) -> str:
        """The score's formula."""
        return self.formulas.get(score, SCORES[score].formula)


OWN = Protocol(attention="read as it is", start="")

#: By the paper whose scores a published table holds (``Provenance.citations``).
PUBLISHED: dict[str, Protocol] = {
    # removal-ih/IH_list/prep.py of the paper's repository; repeated in classify/song2024.py
    "song2024": Protocol(
        attention="first row and column dropped, rows renormalised",
        start="none",
        probes={"previous_token": "repeated"},
        formulas={
            "induction": "mean of A'[q, q-(n-1)], q in the second copy; A': A without its first "
            "row and column, rows renormalised",
            "previous_token": "mean of A'[q, q-1]; A': A without its first row and column, rows "
            "renormalised",
        },
    ),
}

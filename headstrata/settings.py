"""All settings, read from the environment (``HEADSTRATA_…``) and overridden by flags."""

from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from headstrata.errors import UserError


def default_cache() -> str:
    """The per-user cache folder, created on first use."""
    return str(Path(platformdirs.user_cache_dir("headstrata")))


class Settings(BaseSettings):
    """One field per setting. The README lists all of them (a test checks that)."""

    model_config = SettingsConfigDict(env_prefix="HEADSTRATA_", frozen=True)

    cache: str = Field(
        default_factory=default_cache,
        min_length=1,
        description="Where the tables are: a folder, or any fsspec URL such as s3://bucket/heads.",
    )
    published: bool = Field(
        default=True,
        description="Whether the published tables that ship with Headstrata are listed too.",
    )
    host: str = Field(
        default="127.0.0.1", description="The address the dashboard listens on.", min_length=1
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8050,
        validation_alias=AliasChoices("PORT", "HEADSTRATA_PORT", "port"),
        description="The port the dashboard listens on (PORT, as hosts set it).",
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=2, description="Gunicorn's worker processes."
    )
    threads: Annotated[int, Field(ge=1, le=64)] = Field(
        default=8, description="Threads of each worker process."
    )
    refresh_s: Annotated[float, Field(ge=0.2, le=3600)] = Field(
        default=2.0,
        description="How often, in seconds, an open page asks whether a job moved or a table came.",
    )

    @classmethod
    def load(cls, **overrides: object) -> "Settings":
        """Settings from the environment, with the given flags (``None`` means not given).

        Raises:
            UserError: naming the setting, the bad value and what is allowed.
        """
        given = {name: value for name, value in overrides.items() if value is not None}
        try:
            return cls(**given)  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else "settings"
            raise UserError(
                f"setting {name}={first.get('input')!r} is not usable: {first['msg']}"
            ) from None

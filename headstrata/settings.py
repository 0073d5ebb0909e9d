"""All settings, read from the environment (``HEADSTRATA_…``) and overridden by flags."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from headstrata.errors import UserError

_ORIGIN = r"https?://[\w.*-]+(:\d{1,5})?"
#: A path of plain parts, such as ``/heads/``: no dots that would lead out of it.
_PATH = r"/([A-Za-z0-9_~@-][A-Za-z0-9._~@-]*/)*([A-Za-z0-9_~@-][A-Za-z0-9._~@-]*)?"
#: Models of the hub by their ids or short forms, with spaces or commas between.
_MODELS = r"([A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?([ ,]+|$))*"
_SOURCE = rf"('self'|{_ORIGIN})"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


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
        description="Whether the tables that ship with Headstrata are listed too.",
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
    answers_mb: Annotated[int, Field(ge=0, le=65_536)] = Field(
        default=64,
        description="Memory for finished answers in each worker process, in MB; 0: none.",
    )
    base_path: Annotated[str, Field(pattern=rf"^{_PATH}$")] = Field(
        default="/",
        description="The path under which the dashboard is reached, such as `/heads/`, "
        "whether or not a proxy takes it off.",
    )
    trusted_proxies: str = Field(
        default="none",
        description="The addresses or networks of proxies whose `X-Forwarded-For`, `-Proto`, "
        "`-Host` and `-Prefix` are believed, such as `127.0.0.1 10.0.0.0/8`.",
    )
    refresh_s: Annotated[float, Field(ge=0.2, le=3600)] = Field(
        default=2.0,
        description="How often, in seconds, an open page asks whether a job moved or a table came.",
    )
    allowed_models: Annotated[str, Field(pattern=rf"^{_MODELS}$", max_length=10_000)] = Field(
        default="",
        description="The hub's models that visitors may ask the worker for, such as "
        "`gpt2 EleutherAI/pythia-70m`; the dashboard must then be able to write to the cache.",
    )
    asks_a_minute: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=6,
        description="How often a minute one address may do so, in each worker process.",
    )

    metrics_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=0,
        description="The port of `/metrics` for Prometheus, which is no other's; 0: none.",
    )
    metrics_host: str = Field(
        default="127.0.0.1", description="The address that port listens on.", min_length=1
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="How `headstrata serve` and `work` log: `text`, or `json` for programs.",
    )
    access_log: bool = Field(
        default=False, description="Whether there is a line in the log for each request."
    )
    frame_ancestors: Annotated[str, Field(pattern=rf"^({_SOURCE}( {_SOURCE})*|'none')$")] = Field(
        default="'self'",
        description="Whose pages may show the whole dashboard in a frame, such as "
        "`'self' https://huggingface.co`; any page may show `/embed`.",
    )
    api_origin: Annotated[str, Field(pattern=rf"^(\*|none|{_ORIGIN})$")] = Field(
        default="*",
        description="From which origin's pages a browser may read `/api`: all, one, or `none`.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        _networks(text)
        return text

    @property
    def root(self) -> str:
        """The base path without the slash at its end; empty for the top."""
        return self.base_path.rstrip("/")

    @property
    def models_allowed(self) -> list[str]:
        """The models that visitors may ask for."""
        return self.allowed_models.replace(",", " ").split()

    @property
    def proxies(self) -> list[Network]:
        """The networks of trusted proxies."""
        return _networks(self.trusted_proxies)

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


def _networks(text: str) -> list[Network]:
    named = text.replace(",", " ").split()
    return [] if named == ["none"] else [ipaddress.ip_network(one) for one in named]

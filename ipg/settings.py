"""Settings of the command line: environment variables with the prefix ``IPG_``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.fingerprint import BuildOptions
from etl.identifiers import BASE

__all__ = ["Settings"]


class Settings(BaseSettings):
    """What a build and its commands are told from outside."""

    model_config = SettingsConfigDict(env_prefix="IPG_", extra="ignore")

    root: Path = Field(
        default=Path(__file__).parent.parent, description="checkout with ontology, shapes and data; this one by default"
    )
    home: Path | None = Field(default=None, description="folder of the snapshots; `build` in the checkout by default")
    sources: Path | None = Field(
        default=None, description="folder of the documents; `data/sources` in the checkout by default, if it is there"
    )
    base_iri: str = Field(default=BASE, description="base of the IRIs minted; absolute, ending in a slash")
    publish_user: str | None = Field(
        default=None, description="user of the engine that `ipg publish` writes to, if it asks for one"
    )
    publish_password: SecretStr | None = Field(default=None, description="password of that user")

    @field_validator("base_iri")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith("/"):
            raise ValueError(f"{value!r} is not an absolute http IRI that ends in '/'")
        return value

    @field_validator("sources", "home", "publish_user", "publish_password", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return value or None

    @property
    def releases(self) -> Path:
        """The ledger of releases."""
        return self.root / "data" / "releases"

    def build_options(self, sources: Path | None = None) -> BuildOptions:
        """Options of a build; ``sources`` from the command line wins over the environment."""
        named = sources or self.sources
        return BuildOptions(
            root=self.root,
            home=self.home or self.root / "build",
            sources=named or self.root / "data" / "sources",
            sources_named=named is not None,
            base=self.base_iri,
        )

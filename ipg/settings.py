"""Settings of the command line: environment variables with the prefix ``IPG_``."""

from __future__ import annotations

from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.fingerprint import BuildOptions
from etl.identifiers import BASE

__all__ = ["Settings"]


class Settings(BaseSettings):
    """What a build and its commands are told from outside.

    :ivar root: the checkout with ontology, shapes and data.
    :ivar home: folder of the snapshots; default ``build`` in the checkout.
    :ivar sources: folder of the documents; default ``data/sources`` in the checkout, if it is there.
    :ivar base_iri: base of the IRIs minted; absolute, ending in ``/``.
    """

    model_config = SettingsConfigDict(env_prefix="IPG_", extra="ignore")

    root: Path = Path(__file__).parent.parent
    home: Path | None = None
    sources: Path | None = None
    base_iri: str = BASE

    @field_validator("base_iri")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith("/"):
            raise ValueError(f"{value!r} is not an absolute http IRI that ends in '/'")
        return value

    @field_validator("sources", "home", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return value or None

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

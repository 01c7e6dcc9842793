"""Settings of the service: one typed class, read from ``IPG_*`` by whoever starts it."""

from __future__ import annotations

import ipaddress
import tempfile
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["ServiceSettings"]


def _base_url(value: str | None) -> str | None:
    """Check that a URL can have paths appended, and drop its last slash."""
    if value is None:
        return None
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        message = "expected an http or https URL without query or fragment, such as https://data.example.org"
        raise ValueError(message)
    return value.rstrip("/")


class ServiceSettings(BaseSettings):
    """What can be set, with the environment variable that sets it: ``IPG_`` and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix="IPG_", env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    public_url: Annotated[str | None, AfterValidator(_base_url)] = Field(
        default=None, description="address that clients use, where a proxy stands before the service"
    )
    max_body_bytes: int = Field(
        default=128 * 1024, ge=1, description="longest request body, and query string of a URL, that is read"
    )
    upload_bytes: int = Field(default=2 * 1024**2, ge=1024, description="longest file of own practices that is read")
    upload_unpacked_bytes: int = Field(
        default=20 * 1024**2, ge=1024, description="most bytes that such a file may unpack to, if it is a workbook"
    )
    upload_rows: int = Field(default=200, ge=1, description="most practices of such a file")
    upload_seconds: float = Field(default=30, gt=0, description="longest time that such a file may take to be read and compared")
    upload_memory_bytes: int = Field(
        default=256 * 1024**2, ge=64 * 1024**2, description="memory that the process which reads such a file may take"
    )

    workers: int = Field(default=4, ge=1, le=256, description="worker processes, each of which answers one query at a time")
    page_workers: int = Field(default=1, ge=1, le=64, description="worker processes more, for what pages ask")
    query_seconds: float = Field(default=30, gt=0, description="longest time one query may take")
    query_memory_bytes: int = Field(
        default=512 * 1024**2, ge=16 * 1024**2, description="memory one query may take beyond that of the store"
    )
    max_queue: int = Field(default=64, ge=0, description="queries that may wait for a worker; more are answered with 503")
    workers_per_client: int = Field(default=2, ge=1, description="workers that the queries of one client may occupy at once")
    max_rows: int | None = Field(default=None, ge=1, description="most rows of an answer; none sets no limit")
    max_answer_bytes: int = Field(default=2 * 1024**3, ge=1024, description="most bytes of an answer before compression")
    max_spool_bytes: int = Field(
        default=4 * 1024**3, ge=1024**2, description="most bytes kept on disk of all answers that clients are reading"
    )
    spool_dir: Path | None = Field(default=None, description="folder for answers being read; that of the system by default")
    cache_bytes: int = Field(default=32 * 1024**2, ge=0, description="memory for whole answers kept; 0 keeps none")
    client_seconds: float = Field(
        default=30, gt=0, description="time a client has to send its request, or to take the next part of its answer"
    )
    rate_query_seconds: float | None = Field(
        default=None, gt=0, description="seconds of query time one client may use per minute; none sets no limit"
    )
    rate_requests: int | None = Field(
        default=None, ge=1, description="requests one client may make per minute; none sets no limit"
    )
    trusted_proxies: str = Field(
        default="", description="addresses or networks, separated by commas, whose X-Forwarded-For is believed"
    )
    store_in_memory: bool = Field(
        default=True, description="hold the store in memory; off, workers read it from disk (for more than 2 million triples)"
    )
    pinned_versions: int = Field(default=2, ge=0, description="older versions kept ready for queries at the same time")
    sparql_endpoint: str | None = Field(
        default=None,
        description="SPARQL endpoints to ask instead of the own engine, separated by blanks: replicas of one dataset",
    )
    remote_check_seconds: float = Field(
        default=30, ge=0, description="how long it is believed, before a query, that such an endpoint holds the right version"
    )
    remote_retry_seconds: float = Field(
        default=5, gt=0, description="how long such an endpoint is left alone after it could not be asked"
    )

    releases_dir: Path | None = Field(
        default=Path(__file__).parent.parent / "data" / "releases",
        description="ledger of releases, of which event stream and feed are made; `data/releases` in the checkout by default",
    )

    access_log: Path | None = Field(
        default=None, description="file for a line of JSON per request, without personal data; `-` is the standard output"
    )
    publish_text: bool = Field(
        default=False, description="let everybody query the wording of the documents; whoever holds the rights may"
    )

    @property
    def endpoints(self) -> tuple[str, ...]:
        """Endpoints to ask instead of the own engine."""
        return tuple((self.sparql_endpoint or "").split())

    @property
    def spool_folder(self) -> Path:
        """Folder for answers being read."""
        return self.spool_dir or Path(tempfile.gettempdir())

    @property
    def shows_private(self) -> bool:
        """Whether graphs that are not public can be queried: by the holder of the documents, on the own machine."""
        return not self.endpoints and (self.is_local or self.publish_text)

    @property
    def address(self) -> str:
        """Absolute URL before every route: what was set, or the address served; never a Host header."""
        if self.public_url:
            return self.public_url
        # A wildcard is an address to listen on, not one to call: this machine reaches it at its loopback address.
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether only this machine is served: a loopback address, and no public one."""
        if self.public_url:
            return False
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

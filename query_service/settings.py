"""Settings of the service: one typed class, read from ``IPG_*`` by whoever starts it."""

from __future__ import annotations

import ipaddress
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
    max_body_bytes: int = Field(default=128 * 1024, ge=1, description="longest request body that is read")

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

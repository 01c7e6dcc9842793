"""HTTP to an engine: one request, one whole reply kept on disk, one deadline. The one place that imports httpx.

A reply is handed on only when it has come whole. HTTP itself tells that for a body with a length or in chunks; a body
that ends with its connection may have been cut anywhere, so that it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, Final
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from query_service.errors import AnswerTooLarge, EngineLost, NotReady, TimeExceeded

__all__ = ["HttpClient", "Reply", "without_credentials"]

_IN_MEMORY: Final = 1024 * 1024
_SECONDS_TO_CONNECT: Final = 5.0
_SHORTEST: Final = 0.001
_TEXT_READ: Final = 4096
_Values = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Reply:
    """A reply that has come whole.

    :param status: HTTP status.
    :param headers: headers, names in small letters.
    :param body: the body, to be read from its beginning; it is gone when the request's context ends.
    :param size: bytes of the body.
    """

    status: int
    headers: Mapping[str, str]
    body: IO[bytes]
    size: int

    @property
    def media_type(self) -> str:
        """Media type without parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def text(self) -> str:
        """The beginning of the body as text, for messages."""
        self.body.seek(0)
        return self.body.read(_TEXT_READ).decode("utf-8", "replace")

    def json(self) -> object:
        """The body as JSON.

        :raises ValueError: when it is not JSON from the first byte to the last.
        """
        self.body.seek(0)
        return json.loads(self.body.read())


class HttpClient:
    """A client for engines that belong together: connections are kept, credentials are sent when asked for.

    :param user: name for engines that ask for one; one in a URL goes before it.
    :param password: its password.
    :param max_bytes: most bytes of a reply.
    """

    def __init__(self, user: str | None = None, password: str | None = None, *, max_bytes: int | None = None) -> None:
        self._given = (user, password or "") if user else None
        self._known: dict[tuple[str, str], _Credentials] = {}
        self._max_bytes = max_bytes
        # Neither proxies nor credentials from the environment: settings are read by the settings classes alone.
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    @contextmanager
    def send(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        form: _Values | None = None,
        parameters: _Values | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[Reply]:
        """Send a request and read its reply.

        :param seconds: time for all of it.
        :param form: fields of a form to post.
        :param parameters: parameters to add to the URL.
        :raises NotReady: when no connection can be had.
        :raises EngineLost: when the connection breaks before the reply is whole.
        :raises TimeExceeded: when the time is up.
        :raises AnswerTooLarge: when the reply has more bytes than the client reads.
        """
        deadline = monotonic() + seconds
        limits = httpx.Timeout(max(seconds, _SHORTEST), connect=max(min(seconds, _SECONDS_TO_CONNECT), _SHORTEST))
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            try:
                request = self._client.build_request(
                    method,
                    without_credentials(url),
                    data=form,
                    params=parameters,
                    content=content,
                    # Compressed bodies are not asked for: how they end is not checked on the way.
                    headers={"Accept-Encoding": "identity", **(headers or {})},
                    timeout=limits,
                )
                with closing(self._begin(request, url, is_update=form is not None and "update" in form)) as response:
                    size = self._keep(response, body, deadline)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
                raise NotReady(f"The engine at {without_credentials(url)} cannot be reached.", found=str(error)) from None
            except httpx.TimeoutException:
                raise _too_slow(seconds) from None
            except httpx.HTTPError as error:
                raise EngineLost(
                    "The engine broke off its answer.", found=f"{without_credentials(url)}: {error or type(error).__name__}"
                ) from None
            body.seek(0)
            yield Reply(response.status_code, dict(response.headers), body, size)

    def _begin(self, request: httpx.Request, url: str, *, is_update: bool) -> httpx.Response:
        """Send a request, and once more when a kept connection turns out to have been closed meanwhile.

        An update is not sent again: it may have been carried out.
        """
        auth = self._credentials(url)
        try:
            return self._client.send(request, stream=True, auth=auth)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            if is_update:
                raise
        return self._client.send(request, stream=True, auth=auth)

    def _keep(self, response: httpx.Response, body: IO[bytes], deadline: float) -> int:
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            body.write(chunk)
            if monotonic() > deadline:
                raise httpx.ReadTimeout("the time is up")
            if self._max_bytes is not None and size > self._max_bytes:
                raise AnswerTooLarge(
                    "The answer of the engine is too large.",
                    expected=f"at most {self._max_bytes} bytes",
                    mend="ask for less, or in parts with ORDER BY, LIMIT and OFFSET",
                )
        has_length = "content-length" in response.headers
        if size and not has_length and "chunked" not in response.headers.get("transfer-encoding", "").lower():
            raise httpx.RemoteProtocolError("nothing in the reply tells whether it is whole")
        return size

    def _credentials(self, url: str) -> httpx.Auth | None:
        parts = urlsplit(url)
        user = (unquote(parts.username), unquote(parts.password or "")) if parts.username else self._given
        if user is None:
            return None
        # One per path: the realms of one server may ask for different schemes.
        key = (parts.netloc, parts.path)
        return self._known.setdefault(key, _Credentials(*user))


def without_credentials(url: str) -> str:
    """A URL that may be shown: without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


class _Credentials(httpx.Auth):
    """Basic or Digest, whichever the server asks for; nothing before it asks."""

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send with the scheme chosen before; choose one when the server asks."""
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            self._chosen = self._digest if asked.startswith("digest") else self._basic
        yield from self._chosen.auth_flow(request)


def _too_slow(seconds: float) -> TimeExceeded:
    return TimeExceeded(
        "The engine did not answer in time.", expected=f"an answer within {seconds:g} s", mend="ask for less, or add LIMIT"
    )

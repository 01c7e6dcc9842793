"""A form with a file, as browsers and programs send it (multipart/form-data, RFC 7578), read within limits."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import IO, Any, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.types import Receive
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import MultiPartParser
from werkzeug.http import parse_options_header

from query_service.delivery import Asked
from query_service.errors import Busy, MalformedRequest, TooLarge, UnsupportedMediaType
from query_service.settings import ServiceSettings

__all__ = ["FORM_TYPE", "SentForm", "Uploads"]

FORM_TYPE: Final = "multipart/form-data"
#: What the fields of a form take beside the file.
_FIELDS_BYTES: Final = 64 * 1024
_MOST_PARTS: Final = 20
#: Forms that are being received at once; each is held in memory.
_MOST_AT_ONCE: Final = 8
#: A browser shows an answer only once it has sent everything, so that much more is read and forgotten.
_FORGOTTEN: Final = 20


class SentForm(NamedTuple):
    """A form.

    :ivar file: the file; none where none was chosen.
    :ivar name: name of the file, as it was sent.
    """

    fields: MultiDict[str, str]
    file: bytes | None
    name: str


class Uploads:
    """Receives forms.

    :param settings: limits.
    """

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self._at_once = 0

    async def receive(self, asked: Asked) -> SentForm:
        """The form of a request.

        :raises UnsupportedMediaType: when it is none.
        :raises MalformedRequest: when it ends early, does not arrive in time or is not well formed.
        :raises TooLarge: when it is longer than the service reads.
        :raises Busy: when too many are being received.
        """
        media_type, parameters = parse_options_header(asked.headers.get("content-type"))
        if media_type.lower() != FORM_TYPE or not parameters.get("boundary"):
            raise UnsupportedMediaType(
                "Own practices are sent as a form with a file.",
                found=asked.headers.get("content-type") or "no Content-Type",
                expected=FORM_TYPE,
                mend="send the file in a field called file, e.g. with curl --form file=@practices.csv",
            )
        if self._at_once >= _MOST_AT_ONCE:
            raise Busy("Too many files are being received.", mend="send the file again after some seconds", retry_after=5)
        self._at_once += 1
        try:
            body = await self._read(asked)
        finally:
            self._at_once -= 1
        return await run_in_threadpool(_parse, body, parameters["boundary"])

    async def _read(self, asked: Asked) -> bytes:
        settings = self._settings
        most = settings.upload_bytes + _FIELDS_BYTES
        try:
            async with asyncio.timeout(settings.client_seconds):
                return await _read_body(asked.receive, most, settings.upload_bytes)
        except TimeoutError:
            raise MalformedRequest("The file did not arrive in time.", mend="send it again, or a smaller one") from None


async def _read_body(receive: Receive, most: int, told: int) -> bytes:
    body, read = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise MalformedRequest("The request ended before its body did.")
        piece = message.get("body", b"")
        read += len(piece)
        if read <= most:
            body += piece
        else:
            body.clear()
        is_over = not message.get("more_body")
        if read > most and (is_over or read > most * _FORGOTTEN):
            raise TooLarge(
                "The file is too long.",
                expected=f"at most {told} bytes",
                mend="send fewer practices at a time, or take pictures out of the workbook",
            )
        if is_over:
            return bytes(body)


def _parse(body: bytes, boundary: str) -> SentForm:
    def hold(*_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()

    parser = MultiPartParser(stream_factory=hold, max_form_memory_size=len(body) + 1, max_form_parts=_MOST_PARTS)
    try:
        fields, files = parser.parse(BytesIO(body), boundary.encode("latin-1"), len(body))
    except (ValueError, LookupError, UnicodeError, RequestEntityTooLarge) as error:
        raise MalformedRequest("The form is not well formed.", found=type(error).__name__, expected=FORM_TYPE) from None
    sent = files.get("file")
    content = sent.read() if sent else None
    # A form without a chosen file has a part for it that is empty and has no name.
    if sent is None or (not content and not sent.filename):
        return SentForm(fields, None, "")
    return SentForm(fields, content, (sent.filename or "").replace("\\", "/").rpartition("/")[2][:120])

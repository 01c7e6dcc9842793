"""What the web front, the zygote and the workers say to one another.

Every message is one packet of a local socket that keeps packets whole (``SOCK_SEQPACKET``); what is too long for one
goes beside it, in a file. Nothing is pickled: a worker that a query had taken over could make the front run code.

::

    front  -> zygote   {"do": "fork"}                     front  -> worker   a job
    zygote -> front    {"ready": ...}, {"born": pid},     worker -> front    an outcome
                       {"exited": pid, "status": ...}

Each born worker comes with three descriptors: our end of the conversation, its process (pidfd_open(2)), and a pipe whose end
tells it that the front is gone.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from query_service import errors
from query_service.errors import EngineFailure, ServiceError
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS

__all__ = [
    "LONGEST_PACKET",
    "Outcome",
    "decode_error",
    "encode_error",
    "pair_of_sockets",
    "receive_job",
    "receive_message",
    "receive_outcome",
    "send_done",
    "send_error",
    "send_job",
    "send_message",
    "send_progress",
    "send_whole",
]

#: Bytes that surely fit into one packet; Linux allows about 200 kB by default (net.core.wmem_default).
LONGEST_PACKET: Final = 128 * 1024
_MOST_DESCRIPTORS: Final = 3
_FORMATS: Final = {(format_.kind.name, format_.key): format_ for format_ in FORMATS}
_ERROR_FIELDS: Final = ("detail", "found", "expected", "mend", "line", "column", "retry_after")
_BESIDE: Final = b"F"
_INLINE: Final = b"J"
_WHOLE, _PROGRESS, _DONE, _ERROR = b"W", b"P", b"D", b"X"


class Outcome(NamedTuple):
    """What a worker says of the answer it is writing.

    :ivar kind: ``whole``, ``progress``, ``done`` or ``error``.
    :ivar body: the whole answer, of ``whole``.
    :ivar written: bytes in the file so far, of ``progress`` and ``done``.
    :ivar file: descriptor of the file, with the first ``progress``.
    :ivar error: what the client is to be told, of ``error``.
    """

    kind: str
    body: bytes = b""
    written: int = 0
    file: int | None = None
    error: ServiceError | None = None


def pair_of_sockets() -> tuple[socket.socket, socket.socket]:
    """Two ends of a conversation."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send_message(to: socket.socket, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send a message between front and zygote."""
    socket.send_fds(to, [json.dumps(message).encode()], list(descriptors))


def receive_message(at: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Receive a message between front and zygote, with descriptors; none when the other end is gone.

    :raises BlockingIOError: when there is none now and the socket does not wait.
    """
    packet, descriptors, _, _ = socket.recv_fds(at, LONGEST_PACKET, _MOST_DESCRIPTORS)
    return (json.loads(packet), descriptors) if packet else None


def send_job(to: socket.socket, job: QueryJob) -> None:
    """Send a job to a worker that has none.

    :raises OSError: when the worker is gone.
    """
    packet = json.dumps({**vars(job), "format": [job.format.kind.name, job.format.key]}).encode()
    if len(packet) < LONGEST_PACKET:
        to.send(_INLINE + packet)
        return
    beside = os.memfd_create("job")
    try:
        os.write(beside, packet)
        socket.send_fds(to, [_BESIDE], [beside])
    finally:
        os.close(beside)


def receive_job(at: socket.socket) -> QueryJob | None:
    """Wait for a job; none when the front is gone."""
    packet, descriptors, _, _ = socket.recv_fds(at, LONGEST_PACKET + 1, 1)
    if not packet:
        return None
    text = packet[1:]
    if packet[:1] == _BESIDE:
        with os.fdopen(descriptors[0], "rb") as beside:
            beside.seek(0)
            text = beside.read()
    fields = json.loads(text)
    fields["format"] = _FORMATS[tuple(fields["format"])]
    for name in ("default_graphs", "named_graphs"):
        fields[name] = tuple(fields[name])
    return QueryJob(**fields)


def send_whole(to: socket.socket, body: bytes) -> None:
    """Send a whole answer that fits into a packet."""
    to.send(_WHOLE + body)


def send_progress(to: socket.socket, written: int, file: int | None) -> None:
    """Say how much of an answer is in its file; the first time, hand over the file."""
    socket.send_fds(to, [_PROGRESS + str(written).encode()], [] if file is None else [file])


def send_done(to: socket.socket, written: int) -> None:
    """Say that an answer is whole in its file."""
    to.send(_DONE + str(written).encode())


def send_error(to: socket.socket, error: ServiceError) -> None:
    """Say that there is no answer; whatever was written of it is void."""
    to.send(_ERROR + json.dumps(encode_error(error)).encode())


def receive_outcome(at: socket.socket) -> Outcome | None:
    """Receive what a worker says; none when it is gone.

    :raises BlockingIOError: when it has said nothing more.
    """
    packet, descriptors, _, _ = socket.recv_fds(at, LONGEST_PACKET + 1, 1)
    if not packet:
        return None
    kind, rest = packet[:1], packet[1:]
    if kind == _WHOLE:
        return Outcome("whole", body=rest)
    if kind == _ERROR:
        return Outcome("error", error=decode_error(json.loads(rest)))
    return Outcome("done" if kind == _DONE else "progress", written=int(rest), file=descriptors[0] if descriptors else None)


def encode_error(error: ServiceError) -> dict[str, Any]:
    """An error as plain values."""
    return {"class": type(error).__name__} | {name: getattr(error, name) for name in _ERROR_FIELDS}


def decode_error(values: dict[str, Any]) -> ServiceError:
    """The error that plain values describe; what is not of our tree is a failure of the engine."""
    known = getattr(errors, str(values.pop("class")), None)
    cls = known if isinstance(known, type) and issubclass(known, ServiceError) else EngineFailure
    return cls(values.pop("detail"), **values)

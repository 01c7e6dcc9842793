"""The service as a process: one uvicorn server over one snapshot.

Bind to loopback: limits for public use are not there yet.
"""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from query_service.app import create_app
from query_service.errors import AddressUnavailable
from query_service.settings import ServiceSettings

__all__ = ["bind", "serve"]

_BACKLOG: Final = 2048
_SECONDS_TO_STOP: Final = 10
_REASONS: Final = {
    errno.EADDRINUSE: ("the port is in use", "stop the other program, or name another port with IPG_PORT"),
    errno.EACCES: ("no permission for this port", "name a port above 1023 with IPG_PORT"),
    errno.EADDRNOTAVAIL: ("this machine does not have this address", "name one of its addresses with IPG_HOST"),
}


def serve(settings: ServiceSettings, snapshot_dir: Path) -> None:
    """Serve a snapshot until SIGINT or SIGTERM, then finish the requests that have begun.

    :param settings: settings of the service.
    :param snapshot_dir: folder of the snapshot, or a link to it.
    :raises AddressUnavailable: when the address cannot be had.
    :raises SnapshotUnusable: when the snapshot cannot be served.
    """
    with bind(settings) as listening:
        port = listening.getsockname()[1]
        app = create_app(settings.model_copy(update={"port": port}), snapshot_dir)
        config = uvicorn.Config(
            app,
            access_log=False,  # it would hold addresses of people
            lifespan="off",
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_STOP,
        )
        with _signals_end_quietly():
            uvicorn.Server(config).run(sockets=[listening])


def bind(settings: ServiceSettings) -> socket.socket:
    """Take the address to listen on.

    :raises AddressUnavailable: when it cannot be had; the message names IPG_HOST or IPG_PORT.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except socket.gaierror as error:
        found, mend = f"no such host ({error.strerror})", "name an address of this machine with IPG_HOST"
    except OSError as error:
        found, mend = _REASONS.get(error.errno or 0, (error.strerror or str(error), "check IPG_HOST and IPG_PORT"))
    else:
        # asyncio sets it only on sockets that name their protocol; without it each small answer waits 40 ms for its body.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    raise AddressUnavailable(f"cannot listen on {settings.host}, port {settings.port}", found=found, mend=mend)


@contextmanager
def _signals_end_quietly() -> Iterator[None]:
    """Let a stop by signal be a success: uvicorn raises the signal again once it has stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ignore(_signal: int, _frame: FrameType | None) -> None:
        """Do nothing: the server has stopped."""

    before = {number: signal.signal(number, ignore) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""The service as a process: one uvicorn server, whose application has processes of its own for the queries."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import WatchedFileHandler
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from query_service.connections import protocol_with_patience
from query_service.errors import AddressUnavailable, StartError
from query_service.settings import ServiceSettings
from query_service.snapshot import read_snapshot
from query_service.workers.nursery import begin_zygote
from query_service.workers.plan import plan_of

__all__ = ["bind", "configure", "serve"]

_BACKLOG: Final = 2048
_SECONDS_TO_STOP: Final = 10
_REASONS: Final = {
    errno.EADDRINUSE: ("the port is in use", "stop the other program, or name another port with IPG_PORT"),
    errno.EACCES: ("no permission for this port", "name a port above 1023 with IPG_PORT"),
    errno.EADDRNOTAVAIL: ("this machine does not have this address", "name one of its addresses with IPG_HOST"),
}


def serve(settings: ServiceSettings, snapshot_dir: Path, *, is_writable: bool = False) -> None:
    """Serve a snapshot until SIGINT or SIGTERM, then finish the requests that have begun.

    :param settings: settings of the service.
    :param snapshot_dir: folder of the snapshot, or a link to it.
    :param is_writable: whether graphs may be written, for test suites.
    :raises AddressUnavailable: when the address cannot be had, or is not loopback although graphs may be written.
    :raises SnapshotUnusable: when the snapshot cannot be served.
    """
    if is_writable and not settings.is_local:
        raise AddressUnavailable(
            "graphs can be written on the own machine alone", found=settings.address, mend="leave out IPG_HOST and IPG_PUBLIC_URL"
        )
    snapshot = read_snapshot(snapshot_dir)  # what is wrong with it is told before anything is started
    with bind(settings) as listening, _line_writer(settings.access_log) as write_log:
        settings = settings.model_copy(update={"port": listening.getsockname()[1]})
        begun = begin_zygote(plan_of(settings, snapshot))
        from query_service.app import create_app  # noqa: PLC0415 - the zygote loads the store while the web is loaded

        app = create_app(settings, snapshot_dir, begun=begun, write_log=write_log, is_writable=is_writable)
        server = uvicorn.Server(configure(app, settings))
        with _signals_end_quietly():
            server.run(sockets=[listening])
    if error := getattr(app.state, "start_error", None):
        raise error


def configure(app: ASGIApp, settings: ServiceSettings) -> uvicorn.Config:
    """How the server is to run the application."""
    return uvicorn.Config(
        app,
        access_log=False,  # it would hold addresses of people
        http=protocol_with_patience(settings.client_seconds, settings.max_body_bytes),
        ws="none",
        lifespan="on",
        log_level="critical",  # what matters is logged by the application; the rest is noise of clients who leave
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=_SECONDS_TO_STOP,
    )


@contextmanager
def _line_writer(file: Path | None) -> Iterator[Callable[[str], None] | None]:
    """What writes lines to a file, which may be moved away meanwhile, or to the standard output."""
    if file is None:
        yield None
        return
    try:
        handler = logging.StreamHandler(sys.stdout) if str(file) == "-" else WatchedFileHandler(file, encoding="utf-8")
    except OSError as error:
        raise StartError(f"the file {file} cannot be written", found=str(error), mend="set IPG_ACCESS_LOG") from None
    try:
        yield lambda line: handler.emit(logging.makeLogRecord({"msg": line}))
    finally:
        handler.close()


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

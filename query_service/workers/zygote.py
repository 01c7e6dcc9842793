"""The zygote: a process with the store in memory and nothing else, from which workers are forked in milliseconds.

It is started before the front opens a socket and has no thread of its own, so that a fork is a clean copy. It never
runs a query itself. ``python -m query_service.workers.zygote FD`` runs it, with one end of a conversation as a descriptor.
"""

from __future__ import annotations

import gc
import logging
import os
import select
import signal
import socket
import sys
from typing import Any, Final

from query_service.engine import Engine, open_engine, open_store, read_prefixes
from query_service.errors import ServiceError
from query_service.jobs import QueryEngine
from query_service.snapshot import read_snapshot
from query_service.workers.confinement import confine
from query_service.workers.plan import Plan
from query_service.workers.wire import encode_error, pair_of_sockets, receive_message, send_message
from query_service.workers.worker import run_worker

__all__ = ["main"]

_log = logging.getLogger(__name__)
_SLACK: Final = 1024**2  # the worker itself tells of an answer that is too large, before the kernel does
_FAILED: Final = 70  # EX_SOFTWARE of sysexits(3)


class _Zygote:
    """The process while it runs.

    :param control: to the front; when the front is gone, so is the zygote.
    """

    def __init__(self, control: socket.socket, plan: Plan) -> None:
        self._control = control
        self._plan = plan
        self._engine = _open(plan)
        self._children: dict[int, int] = {}  # descriptor of the process -> its number
        self._ready = select.poll()
        self._ready.register(control, select.POLLIN)

    def run(self) -> None:
        """Fork workers when asked, and tell how each ended, until the front is gone."""
        gc.freeze()  # the collector would write to every page that is shared with the workers
        prefixes = self._engine.prefixes
        send_message(self._control, {"ready": {"prefixes": prefixes}})
        while True:
            for descriptor, _ in self._ready.poll():
                if descriptor != self._control.fileno():
                    self._bury(descriptor)
                    continue
                message = receive_message(self._control)
                if message is None:
                    return
                self._obey(message[0], message[1])

    def _obey(self, message: dict[str, Any], descriptors: list[int]) -> None:
        if message["do"] == "fork":
            self._fork()
        elif message["do"] == "write" and isinstance(self._engine, Engine):
            with os.fdopen(descriptors[0], "rb") as body:
                body.seek(0)
                try:
                    written = self._engine.write(message["method"], message["graph"], message["format"], body.read())
                except ServiceError as error:
                    send_message(self._control, {"refused": encode_error(error)})
                else:
                    send_message(self._control, {"written": written})

    def _fork(self) -> None:
        ours, theirs = pair_of_sockets()
        front_lives, lifeline = os.pipe()
        try:
            number = os.fork()
        except OSError as error:
            _log.error("no worker could be forked: %s", error)
            send_message(self._control, {"unborn": str(error)})
            for descriptor in (front_lives, lifeline):
                os.close(descriptor)
            return
        if number == 0:
            ours.close()
            os.close(lifeline)
            self._become_worker(theirs, front_lives)
        theirs.close()
        os.close(front_lives)
        process = os.pidfd_open(number)
        self._children[process] = number
        self._ready.register(process, select.POLLIN)
        send_message(self._control, {"born": number}, [ours.fileno(), process, lifeline])
        ours.close()
        os.close(lifeline)

    def _become_worker(self, channel: socket.socket, front_lives: int) -> None:
        """Answer queries, then end; never returns."""
        status = _FAILED
        try:
            self._control.close()
            for descriptor in self._children:
                os.close(descriptor)
            self._engine.enter_worker()
            plan = self._plan
            confined = confine(
                plan.query_memory_bytes, plan.query_seconds, plan.max_answer_bytes + _SLACK, network=bool(plan.endpoints)
            )
            if not (confined.memory and (confined.filter or plan.endpoints)):
                _log.warning("this system does not confine a worker: %s", confined)
            run_worker(channel, front_lives, self._engine, self._plan)
            status = 0
        except BaseException:  # noqa: BLE001 - it must not run on as a second zygote
            _log.exception("a worker failed")
        finally:
            os._exit(status)

    def _bury(self, descriptor: int) -> None:
        number = self._children.pop(descriptor)
        self._ready.unregister(descriptor)
        os.close(descriptor)
        _, status = os.waitpid(number, 0)
        send_message(self._control, {"exited": number, "status": os.waitstatus_to_exitcode(status)})


def _open(plan: Plan) -> QueryEngine:
    snapshot = read_snapshot(plan.snapshot)
    if plan.endpoints:
        from query_service.remote.engine import RemoteEngine  # noqa: PLC0415 - with HTTP, which an engine of our own does without

        # The engines are not asked here: the service starts while they are down, and no worker inherits a connection.
        return RemoteEngine(
            plan.endpoints,
            snapshot.manifest,
            plan.query_seconds,
            prefixes=read_prefixes(open_store(snapshot)),
            check_seconds=plan.remote_check_seconds,
            retry_seconds=plan.remote_retry_seconds,
            max_bytes=plan.max_answer_bytes,
        )
    return open_engine(snapshot, show_private=plan.show_private, in_memory=plan.in_memory)


def main() -> None:
    """Run a zygote over the descriptor that is the only argument."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    os.putenv("RUST_BACKTRACE", "0")  # a query that runs out of memory is no news
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the front, which lets the workers finish
    control = socket.socket(fileno=int(sys.argv[1]))
    control.setblocking(True)
    message = receive_message(control)
    if message is None:
        return
    try:
        zygote = _Zygote(control, Plan.from_message(message[0]))
    except ServiceError as error:
        send_message(control, {"failed": encode_error(error)})
        return
    try:
        zygote.run()
    except (BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    main()

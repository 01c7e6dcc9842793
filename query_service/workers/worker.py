"""A worker: a process that answers one query at a time and can be killed at any moment.

pyoxigraph cannot stop a query (measured with 0.5.13), and one that is deep or hungry enough ends its process. So each
query runs where nothing else is lost with it.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from io import FileIO
from time import process_time
from typing import Final

from query_service.errors import EngineFailure, ServiceError
from query_service.jobs import QueryEngine, QueryJob
from query_service.workers.confinement import limit_cpu
from query_service.workers.plan import Plan
from query_service.workers.spool_writer import SpoolWriter
from query_service.workers.wire import receive_job, send_error

__all__ = ["run_worker"]

_log = logging.getLogger(__name__)

#: A worker that has grown by this share of what a query may use leaves, so that the next query has all of it.
_GROWN: Final = 4
#: The front ends a query at its deadline; the kernel does if the front cannot.
_SECONDS_MORE: Final = 2
_STATM_BYTES: Final = 256
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def run_worker(channel: socket.socket, front_lives: int, engine: QueryEngine, plan: Plan) -> None:
    """Answer jobs until the front is gone or has no use for this worker any more.

    :param channel: to the front.
    :param front_lives: a pipe that ends when the front lets go of this worker; the process then ends at once, whatever it does.
    """
    threading.Thread(target=_leave_with_front, args=(front_lives,), daemon=True).start()
    with open("/proc/self/statm", "rb", buffering=0) as statm:
        most = _memory(statm) + plan.query_memory_bytes // _GROWN
        renew_at = 0.0
        for _ in range(plan.jobs_per_worker):
            job = receive_job(channel)
            if job is None:
                return
            if process_time() >= renew_at:  # a limit costs system calls, which is much for a query of a tenth of a millisecond
                limit_cpu(plan.query_seconds + _SECONDS_MORE)
                renew_at = process_time() + _SECONDS_MORE / 2
            _answer(channel, engine, plan, job)
            if _memory(statm) > most:
                return


def _answer(channel: socket.socket, engine: QueryEngine, plan: Plan, job: QueryJob) -> None:
    out = SpoolWriter(channel, plan.spool_dir, plan.max_answer_bytes)
    try:
        engine.answer(job, out)
        out.end()
    except ServiceError as error:
        send_error(channel, error)
    except (BrokenPipeError, ConnectionResetError):
        os._exit(0)
    except Exception:  # noqa: BLE001 - whatever it is, the next query is to be answered
        _log.exception("a worker failed")
        send_error(channel, EngineFailure("a worker failed"))
    finally:
        out.close()


def _leave_with_front(front_lives: int) -> None:
    """End the process as soon as the front lets go: nobody waits for the answer any more.

    A pipe of its own for this: who waits at the channel as well is woken by each job, which doubles what a job costs.
    """
    os.read(front_lives, 1)
    os._exit(0)


def _memory(statm: FileIO) -> int:
    """Size of the address space in bytes (proc(5), statm)."""
    return int(os.pread(statm.fileno(), _STATM_BYTES, 0).split(None, 1)[0]) * _PAGE

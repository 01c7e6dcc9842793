"""The workers of one snapshot, as the front sees them: who is free, who is at work on what, and what becomes of the lost.

A query has a deadline that ends its worker. A worker that died of its query is never given the same query again; one
that was killed from outside is, once. A zygote that dies is started anew, while its workers go on.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Literal, Protocol

from cachetools import LRUCache

from query_service.errors import (
    Busy,
    EngineFailure,
    EngineLost,
    MemoryExceeded,
    NoSpace,
    NotReady,
    QueryTooComplex,
    QueueFull,
    ServiceError,
    TimeExceeded,
)
from query_service.jobs import QueryJob
from query_service.settings import ServiceSettings
from query_service.workers.fair_queue import FairQueue
from query_service.workers.nursery import Begun, Newborn, Nursery
from query_service.workers.plan import Plan
from query_service.workers.spool import Answer, SpoolSpace
from query_service.workers.wire import Outcome, receive_outcome, send_job

__all__ = ["Lane", "PoolEvents", "WorkerPool"]

_log = logging.getLogger(__name__)

#: Queries of clients, and questions that the service itself asks for pages, which never wait behind them.
Lane = Literal["queries", "pages"]
_SPARE: Final = 1  # one more than may be at work, so that a killed one is replaced at once
_QUARANTINED: Final = 1024
_SECONDS_TO_LEARN_WHY: Final = 0.5
_SECONDS_TO_BE_BORN: Final = 60
_SECONDS_BETWEEN_FORKS: Final = 0.05
#: Signals by which the kernel ends a process for what it did itself.
_OWN_FAULT: Final = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGSYS, signal.SIGTRAP}


class PoolEvents(Protocol):
    """What a pool tells of itself, to be counted."""

    def worker_lost(self, why: str) -> None:
        """A worker was lost: ``deadline``, ``abandoned``, ``crash``, ``memory``, ``outside`` or ``retired``."""

    def zygote_lost(self) -> None:
        """The zygote was lost."""

    def query_done(self, client: str, seconds: float) -> None:
        """A query has left its worker, after this time."""


@dataclass(eq=False)
class _Ticket:
    """A query on its way."""

    job: QueryJob
    client: str
    lane: Lane
    answer: Answer
    has_tried: bool = False
    timer: asyncio.TimerHandle | None = None


@dataclass(eq=False)
class _Worker:
    """A worker process.

    :ivar channel: to it.
    :ivar process: descriptor of the process, which no other process can take over as it could a number.
    :ivar lifeline: it ends when this is closed.
    """

    number: int
    channel: socket.socket
    process: int
    lifeline: int
    ticket: _Ticket | None = None
    began: float = 0.0
    is_gone: bool = False
    is_judged: bool = False
    status: int | None = None
    timer: asyncio.TimerHandle | None = field(default=None, repr=False)


class WorkerPool:
    """Answers queries over one snapshot by worker processes.

    :param plan: what the zygote is told.
    :param settings: numbers of workers and limits.
    :param space: room on disk for answers.
    :param events: what is told of losses and times.
    :param begun: the first zygote, if it was begun already.
    """

    def __init__(
        self, plan: Plan, settings: ServiceSettings, space: SpoolSpace, events: PoolEvents, begun: Begun | None = None
    ) -> None:
        self._settings = settings
        self._space = space
        self._events = events
        self._queues: dict[Lane, FairQueue[_Ticket]] = {
            "pages": FairQueue(settings.page_workers),
            "queries": FairQueue(settings.workers_per_client),
        }
        self._most_at_work: dict[Lane, int] = {"pages": settings.page_workers, "queries": settings.workers}
        self._wanted = settings.workers + settings.page_workers + _SPARE
        self._quarantine: LRUCache[bytes, ServiceError] = LRUCache(_QUARANTINED)
        self._workers: dict[int, _Worker] = {}
        self._idle: list[_Worker] = []
        self._dying: dict[int, _Worker] = {}  # ended while at work; why is not known yet
        self._unborn = 0
        self._quiet = asyncio.Event()
        self._has_workers = asyncio.Event()
        self._is_closed = False
        self._nursery = Nursery(plan, self, begun)

    # Life ----------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start the zygote and its workers.

        :raises ServiceError: when the snapshot cannot be served.
        """
        self._loop = asyncio.get_running_loop()
        try:
            await self._nursery.start()
            await asyncio.wait_for(self._has_workers.wait(), _SECONDS_TO_BE_BORN)
        except TimeoutError:
            raise NotReady("The engine could not be started in time.", retry_after=_SECONDS_TO_BE_BORN) from None

    async def close(self) -> None:
        """End all workers and the zygote."""
        self._is_closed = True
        workers = list(self._workers.values())
        unanswered = [ticket for queue in self._queues.values() for ticket in queue.remove(lambda _: True)]
        unanswered += [worker.ticket for worker in [*workers, *self._dying.values()] if worker.ticket]
        for ticket in unanswered:
            self._fail(ticket, self._is_stopped())
        for worker in workers:
            self._drop(worker)
        await self._nursery.close()

    async def drain(self) -> None:
        """Wait until nothing is at work or waits."""
        while self.at_work or self.waiting or self._dying:
            self._quiet.clear()
            await self._quiet.wait()

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that the ontology declares."""
        return self._nursery.prefixes

    @property
    def is_alive(self) -> bool:
        """Whether there is a worker."""
        return bool(self._workers)

    @property
    def has_idle(self) -> bool:
        """Whether a worker has nothing to do."""
        return bool(self._idle)

    @property
    def waiting(self) -> int:
        """Queries that wait."""
        return sum(map(len, self._queues.values()))

    @property
    def at_work(self) -> int:
        """Queries that are being answered."""
        return len(self._workers) - len(self._idle)

    # Queries -------------------------------------------------------------------------------------------------------

    def submit(self, job: QueryJob, client: str, lane: Lane = "queries") -> Answer:
        """Take a query.

        :param client: whose turn it takes.
        :param lane: among whom it waits.
        :raises Busy: when too many wait, or there is no engine.
        :raises ServiceError: when an engine has died of this query before.
        """
        if self._is_closed:
            raise self._is_stopped()
        if self._quarantine and (known := self._quarantine.get(_key_of(job))):
            raise known.with_traceback(None)
        answer = Answer(self._space, lambda: self._abandon(ticket))
        ticket = _Ticket(job, client, lane, answer)
        queue = self._queues[lane]
        queue.put(client, ticket)
        self._pump()
        if len(queue) > self._settings.max_queue:
            self._turn_away(queue, ticket)
        if ticket.timer is None:
            ticket.timer = self._loop.call_later(self._settings.query_seconds, self._give_up, ticket)
        return answer

    def _turn_away(self, queue: FairQueue[_Ticket], newest: _Ticket) -> None:
        """Refuse one of those who wait: the last of the client with most of them, so that nobody fills the queue alone."""
        error = QueueFull(
            "Too many queries are waiting.",
            expected=f"at most {self._settings.max_queue}",
            mend="try again later",
            retry_after=1,
        )
        refused = queue.remove_last()
        if refused is newest:
            raise error
        self._fail(refused, error)

    def _pump(self) -> None:
        """Give work to who is free."""
        for lane, queue in self._queues.items():
            while self._idle and queue.at_work < self._most_at_work[lane] and (turn := queue.take()):
                self._give(self._idle.pop(), turn[1])
        if not self.at_work and not self.waiting and not self._dying:
            self._quiet.set()

    def _give(self, worker: _Worker, ticket: _Ticket) -> None:
        if ticket.timer:
            ticket.timer.cancel()
        worker.ticket, worker.began = ticket, monotonic()
        worker.timer = ticket.timer = self._loop.call_later(self._settings.query_seconds, self._expire, worker)
        try:
            send_job(worker.channel, ticket.job)
        except OSError:  # it was gone already, so that this was no attempt
            self._free(worker, ticket)
            self._wait_first(ticket)
            self._lose(worker)

    def _wait_first(self, ticket: _Ticket) -> None:
        """Let a query wait that has had its turn, before all others of its client."""
        ticket.timer = self._loop.call_later(self._settings.query_seconds, self._give_up, ticket)
        self._queues[ticket.lane].put(ticket.client, ticket, first=True)

    def _hear(self, worker: _Worker) -> None:
        """Take in what a worker says next; what it says after that comes in the next turn of the loop."""
        try:
            outcome = receive_outcome(worker.channel)
        except BlockingIOError:
            return
        except OSError:
            outcome = None
        if outcome is None:
            self._lose(worker)
        elif worker.ticket:
            self._take_in(worker, worker.ticket, outcome)

    def _take_in(self, worker: _Worker, ticket: _Ticket, outcome: Outcome) -> None:
        answer = ticket.answer
        if outcome.kind == "progress":
            if not answer.put_progress(outcome.written, outcome.file):
                error = NoSpace("There is no room for the answer now.", mend="try again later", retry_after=10)
                self._kill(worker, error, "abandoned")
            return
        self._free(worker, ticket)
        if outcome.kind == "whole":
            answer.put_whole(outcome.body)
        elif outcome.kind == "done":
            answer.put_done()
        else:
            answer.put_error(outcome.error or EngineFailure("no reason was given"))
        self._idle.append(worker)
        self._pump()

    def _free(self, worker: _Worker, ticket: _Ticket) -> None:
        """Take the query from a worker."""
        if worker.timer:
            worker.timer.cancel()
        worker.ticket = worker.timer = None
        self._queues[ticket.lane].finish(ticket.client)
        self._events.query_done(ticket.client, monotonic() - worker.began)

    # Ends ----------------------------------------------------------------------------------------------------------

    def _give_up(self, ticket: _Ticket) -> None:
        """End the wait of a query that nobody could take up."""
        if self._queues[ticket.lane].remove(lambda other: other is ticket):
            error = NotReady if not self.is_alive else Busy
            self._fail(ticket, error("The query has waited too long.", mend="try again later", retry_after=5))

    def _expire(self, worker: _Worker) -> None:
        """End a query at its deadline."""
        error = TimeExceeded(
            "The query was stopped at its time limit.",
            expected=f"at most {self._settings.query_seconds:g} seconds",
            mend="ask for less at a time, or put the most selective patterns first",
        )
        self._kill(worker, error, "deadline")

    def _abandon(self, ticket: _Ticket) -> None:
        """End a query that nobody waits for."""
        if self._queues[ticket.lane].remove(lambda other: other is ticket):
            if ticket.timer:
                ticket.timer.cancel()
            return
        for worker in self._workers.values():
            if worker.ticket is ticket:
                self._kill(worker, NotReady("Nobody waits for the answer."), "abandoned")
                return

    def _kill(self, worker: _Worker, error: ServiceError, why: str) -> None:
        ticket = worker.ticket
        if ticket:
            self._free(worker, ticket)
            self._fail(ticket, error)
        self._events.worker_lost(why)
        self._drop(worker)
        self._fill()
        self._pump()

    def _fail(self, ticket: _Ticket, error: ServiceError) -> None:
        if ticket.timer:
            ticket.timer.cancel()
        ticket.answer.put_error(error)

    @staticmethod
    def _is_stopped() -> NotReady:
        return NotReady("The service is being stopped.", retry_after=5)

    def _drop(self, worker: _Worker) -> None:
        """Be rid of a worker, whatever it does."""
        if worker.is_gone:
            return
        self._forget(worker)
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(worker.process, signal.SIGKILL)
        os.close(worker.process)

    def _forget(self, worker: _Worker) -> None:
        worker.is_gone = True
        self._workers.pop(worker.number, None)
        if worker in self._idle:
            self._idle.remove(worker)
        self._loop.remove_reader(worker.channel)
        worker.channel.close()
        os.close(worker.lifeline)

    def _lose(self, worker: _Worker) -> None:
        """A worker has ended by itself; its zygote says why."""
        if worker.is_gone:
            return
        self._forget(worker)
        os.close(worker.process)
        if worker.ticket is None:
            # Not at once: workers that cannot live would be forked without end.
            self._loop.call_later(_SECONDS_BETWEEN_FORKS, self._fill)
        else:
            self._fill()
        if worker.status is None and self._nursery.is_there:
            self._dying[worker.number] = worker
            self._loop.call_later(_SECONDS_TO_LEARN_WHY, self._judge, worker)
        else:
            self._judge(worker)
        self._pump()

    def _judge(self, worker: _Worker) -> None:
        """Decide what becomes of the query of a worker that has ended, once."""
        if worker.is_judged:
            return
        worker.is_judged = True
        self._dying.pop(worker.number, None)
        ticket, status = worker.ticket, worker.status
        if ticket is None:
            self._events.worker_lost("retired" if status == 0 else "outside")
            return
        self._free(worker, ticket)
        number = -status if status is not None and status < 0 else None
        if number == signal.SIGABRT:
            self._condemn(
                ticket,
                MemoryExceeded("The query needs more memory than one query may use.", mend="ask for less at a time"),
                "memory",
            )
        elif number in _OWN_FAULT:
            self._condemn(
                ticket,
                QueryTooComplex("The engine cannot run a query as deep or large as this.", mend="write it with less nesting"),
                "crash",
            )
        elif number == signal.SIGXCPU:
            self._events.worker_lost("deadline")
            self._fail(ticket, TimeExceeded("The query was stopped at its limit of processor time."))
        elif status == 0 and not (ticket.answer.is_over or ticket.answer.is_committed or self._is_closed):
            # It had left after its last query, before it took this one, which has lost nothing by it.
            self._events.worker_lost("retired")
            self._put_back(ticket)
        else:
            self._try_again(ticket)
        self._pump()

    def _condemn(self, ticket: _Ticket, error: ServiceError, why: str) -> None:
        """Answer with an error, and never run this query again."""
        key = _key_of(ticket.job)
        _log.warning("a query ended its worker (%s): %s", why, key.hex()[:16])
        self._events.worker_lost(why)
        self._quarantine[key] = error
        self._fail(ticket, error)

    def _try_again(self, ticket: _Ticket) -> None:
        """Repeat a query whose worker was ended from outside, once, and only if no client has seen a part of the answer."""
        self._events.worker_lost("outside")
        if ticket.answer.is_over:  # its client has left meanwhile
            return
        if ticket.has_tried or ticket.answer.is_committed or self._is_closed:
            self._fail(ticket, EngineLost("The engine was lost while it answered.", mend="try again", retry_after=1))
            return
        ticket.has_tried = True
        self._put_back(ticket)

    def _put_back(self, ticket: _Ticket) -> None:
        ticket.answer.begin_again()
        self._wait_first(ticket)

    # Writing, for test suites ---------------------------------------------------------------------------------------

    async def write(self, method: str, graph: str | None, format_key: str, body: bytes) -> bool:
        """Change the store by one operation of the Graph Store Protocol; whether the graph was there before.

        :raises ServiceError: when the body is not RDF.
        """
        existed = await self._nursery.write(method, graph, format_key, body)
        if method == "HEAD":
            return existed
        await self.drain()
        for worker in list(self._workers.values()):
            self._drop(worker)
        self._quarantine.clear()
        self._fill()
        return existed

    # What the nursery tells ------------------------------------------------------------------------------------------

    def zygote_ready(self) -> None:
        """Ask for workers."""
        self._fill()

    def zygote_lost(self) -> None:
        """Expect nothing more of it; workers that are there go on."""
        self._unborn = 0
        self._events.zygote_lost()

    def worker_born(self, newborn: Newborn) -> None:
        """Give the worker something to do."""
        self._unborn -= 1
        worker = _Worker(newborn.number, socket.socket(fileno=newborn.channel), newborn.process, newborn.lifeline)
        worker.channel.setblocking(False)
        self._workers[worker.number] = worker
        self._idle.append(worker)
        self._has_workers.set()
        self._loop.add_reader(worker.channel, self._hear, worker)
        self._pump()

    def worker_unborn(self) -> None:
        """Ask again in a while."""
        self._unborn -= 1
        self._loop.call_later(_SECONDS_BETWEEN_FORKS, self._fill)

    def worker_exited(self, number: int, status: int) -> None:
        """Learn how a worker ended."""
        if worker := self._workers.get(number):
            worker.status = status
            self._hear(worker)
        elif worker := self._dying.get(number):
            worker.status = status
            self._judge(worker)

    def _fill(self) -> None:
        """Ask for as many workers as there should be."""
        while len(self._workers) + self._unborn < self._wanted and not self._is_closed and self._nursery.ask_for_worker():
            self._unborn += 1


def _key_of(job: QueryJob) -> bytes:
    """By what a query is known again."""
    return hashlib.sha256(repr((job.query, job.default_graphs, job.named_graphs)).encode()).digest()

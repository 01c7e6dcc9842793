"""From a job to the answer of a request: kept answers, answers shared by who asks the same at once, and workers."""

from __future__ import annotations

from typing import Final

from query_service.answer_cache import AnswerCache
from query_service.exchange import HOLD_BYTES, Exchange
from query_service.generations import Generation
from query_service.jobs import QueryJob
from query_service.metrics import Metrics
from query_service.rates import RateLimiter
from query_service.settings import ServiceSettings
from query_service.workers.spool import Answer

__all__ = ["Answering"]

#: Who asks when the service asks itself.
_OURSELVES: Final = "the service"


class Answering:
    """Gives answers; all routes to the graph share one.

    :param settings: settings of the service.
    :param cache: answers that are kept.
    :param rates: shares of clients.
    """

    def __init__(self, settings: ServiceSettings, cache: AnswerCache, rates: RateLimiter, metrics: Metrics) -> None:
        self.settings = settings
        self.cache = cache
        self.rates = rates
        self._metrics = metrics
        self._running: dict[str, Answer] = {}

    async def answer(self, generation: Generation, job: QueryJob, tag: str | None, client: str, exchange: Exchange) -> None:
        """Answer a request by a job: from what is kept, together with who asks the same, or by a worker.

        :param tag: entity tag of the answer without a coding; none where answers differ each time.
        :param client: whose turn it takes.
        :raises ServiceError: when there is no answer, and no status has gone out.
        """
        coding = exchange.coding
        if tag and coding and (kept := self.cache.get(f"{tag}-{coding}")):
            self._metrics.cache("hit")
            await exchange.send_whole(kept.body, coding)
            return
        answer = self._find(tag) or self._submit(generation, job, tag, client)
        try:
            await exchange.settle(answer)
            if exchange.is_known(exists=True):
                await exchange.send_not_modified()
            elif answer.is_whole and answer.size <= HOLD_BYTES:
                await self._send_small(answer, tag, exchange)
            else:
                answer.is_committed = True
                await exchange.send_pieces(answer)
            if tag and answer.is_whole:
                self.cache.put(tag, answer)
        finally:
            answer.close()

    async def fetch(self, generation: Generation, job: QueryJob) -> bytes:
        """The whole answer to a question of the service itself.

        :raises ServiceError: when there is none.
        """
        answer = generation.pool.submit(job, _OURSELVES, "pages")
        try:
            await answer.settle()
            return await answer.read_all()
        finally:
            answer.close()

    def _find(self, tag: str | None) -> Answer | None:
        """An answer that is kept, or being written for somebody else."""
        if tag is None:
            return None
        if kept := self.cache.get(tag):
            self._metrics.cache("hit")
            return kept.keep()
        if running := self._running.get(tag):
            self._metrics.cache("shared")
            return running.keep()
        self._metrics.cache("miss")
        return None

    def _submit(self, generation: Generation, job: QueryJob, tag: str | None, client: str) -> Answer:
        answer = generation.pool.submit(job, client)
        if tag and not answer.is_over:
            self._running[tag] = answer
            answer.when_over(lambda: self._let_go(tag, answer))
        return answer

    def _let_go(self, tag: str, answer: Answer) -> None:
        """Keep a whole answer before it is no longer found as one being written: who asks between the two has it made again."""
        if answer.is_whole:
            self.cache.put(tag, answer)
        self._running.pop(tag, None)

    async def _send_small(self, answer: Answer, tag: str | None, exchange: Exchange) -> None:
        body = await answer.read_all()
        if tag and answer.on_disk:
            self.cache.put(tag, Answer.of(body))
        encoded = exchange.encode(body)
        if encoded is None:
            await exchange.send_whole(body, None)
            return
        if tag:
            self.cache.put(f"{tag}-{exchange.coding}", Answer.of(encoded))
        await exchange.send_whole(encoded, exchange.coding)

"""Answers are made once for all who ask the same, whenever they ask."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.types import Message

from query_service.answer_cache import AnswerCache
from query_service.answering import Answering
from query_service.exchange import Exchange
from query_service.generations import Generations
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS
from query_service.metrics import Metrics
from query_service.rates import RateLimiter
from query_service.settings import ServiceSettings
from tests.served import BASE, VERSION, write_snapshot

_TAG = "a-tag"
_SCOPE = {"type": "http", "method": "GET", "http_version": "1.1", "headers": []}


async def _receive() -> Message:
    stays: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await stays


def test_who_asks_while_an_answer_is_put_away_is_given_that_answer(tmp_path: Path) -> None:
    """In the very turn of the loop in which the worker is done, before the first who asked has gone on."""
    settings = ServiceSettings.model_validate({"workers": 2})
    snapshot, metrics, charged = write_snapshot(tmp_path / "snapshot"), Metrics(), list[str]()
    format_ = next(format_ for format_ in FORMATS if format_.key == "csv")
    job = QueryJob("SELECT ?n { VALUES ?n { 1 2 3 } }", format_, BASE, "")

    async def ask_twice() -> list[bytes]:
        generations = Generations(settings, snapshot, metrics, lambda client, _seconds: charged.append(client))
        await generations.start()
        generation = await generations.current()
        answering = Answering(settings, AnswerCache(1024**2, 0), RateLimiter(None, None), metrics)
        bodies: list[bytes] = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body":
                bodies.append(message["body"])

        async def ask(client: str) -> None:
            exchange = Exchange(_SCOPE, _receive, send, VERSION, "text/csv", _TAG)
            await answering.answer(generation, job, _TAG, client, exchange)

        try:
            first = asyncio.create_task(ask("first"))
            while not charged:
                await asyncio.sleep(0)
            await ask("second")
            await first
        finally:
            answering.cache.clear()
            await generations.close()
        return bodies

    assert asyncio.run(ask_twice()) == [b"n\r\n1\r\n2\r\n3\r\n"] * 2
    assert charged == ["first"]

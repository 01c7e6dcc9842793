"""Whether the service can answer now."""

from __future__ import annotations

from typing import Final

from query_service.errors import NotReady, QueueFull, ServiceError
from query_service.generations import Generations
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS

__all__ = ["check_readiness"]

_SECONDS: Final = 5
_CLIENT: Final = "readiness"


async def check_readiness(generations: Generations) -> None:
    """Ask a worker that has nothing to do; where all are at work, that is an answer too.

    :raises NotReady: when there is no worker, or the store does not answer.
    """
    generation = await generations.current()
    pool = generation.pool
    if not pool.is_alive:
        raise NotReady("The engine is gone.", mend="it is being started again", retry_after=1)
    if not pool.has_idle:
        return
    try:
        answer = pool.submit(QueryJob("ASK { ?s ?p ?o }", FORMATS[0], "urn:ipg:", generation.link), _CLIENT, "pages")
    except QueueFull:
        return
    try:
        if not await answer.settle(patience=_SECONDS):
            raise NotReady("The engine does not answer.", found=f"no answer within {_SECONDS} seconds", retry_after=5)
    except ServiceError as error:
        found = f"{error.detail.removesuffix('.')}: {error.found}" if error.found else error.detail
        raise NotReady(
            "The engine does not answer.",
            found=found,
            expected=error.expected,
            mend=error.mend,
            retry_after=error.retry_after or 5,
        ) from None
    finally:
        answer.close()

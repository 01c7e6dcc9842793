"""What is refused of a query by its text alone, before any engine sees it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from query_service.errors import FederationRefused, ReadOnly
from query_service.query_text import QueryText

__all__ = ["QueryLimits", "check_query"]


class QueryLimits(BaseModel):
    """How large and how deep a query may be."""

    model_config = ConfigDict(frozen=True)


def check_query(query: QueryText, limits: QueryLimits) -> None:  # noqa: ARG001 - limits follow
    """Refuse what must never reach the engine.

    :raises ReadOnly: when it is an update.
    :raises FederationRefused: when it holds SERVICE.
    """
    if query.update:
        raise ReadOnly(
            "This endpoint only reads, and this is an update.",
            found=query.update,
            expected="SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    place = query.find_service()
    if place is not None:
        line, column = query.position(place)
        raise FederationRefused(
            f"Line {line}, column {column}: SERVICE is not allowed, as this endpoint asks no other.",
            found="SERVICE",
            mend="query the other endpoint yourself; if service: is a prefix here, put a full stop before {",
            line=line,
            column=column,
        )

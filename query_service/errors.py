"""What can go wrong between a request and its answer, and the status that says so.

::

    ServiceError
    +-- MalformedRequest       the request is not one that the SPARQL Protocol describes
    |   +-- QueryRejected      the engine cannot run this query
    |   |   +-- QuerySyntax    the query is not SPARQL; says where
    |   |   +-- QueryTooComplex    larger or deeper than allowed, or an engine has died of it
    |   |   +-- AnswerTooLarge     the whole answer has more rows or bytes than may be sent
    |   +-- AmbiguousItem      a short name that several items have
    |   +-- TraceTooLarge      more paths, or a larger picture, than the reader asked for
    |   +-- UnusableUpload     a file of own practices that cannot be used as it is
    +-- Refused                the request is understood and will not be carried out
    |   +-- ReadOnly           an update
    |   +-- FederationRefused  a query that would fetch from elsewhere
    +-- NotFound               no such route
    |   +-- UnknownItem        no item has this name
    |   +-- UnknownVersion     there never was this version of the dataset
    +-- Withdrawn              there was this version, and it is no longer published
    |   +-- ItemGone           this item was in the graph, and has left it
    +-- MethodNotAllowed       the route does not answer this method
    +-- NotAcceptable          no format of the answer is one the client takes
    +-- TooLarge               the body is longer than the service reads
    |   +-- UrlTooLong         the query in the URL is
    +-- UnsupportedMediaType   the body is of a type or encoding that carries no query
    +-- TooManyRequests        this client has used up its share for now
    +-- Busy                   the service has no room now; the same request can be made again
    |   +-- NotReady           the engine does not answer
    |   +-- QueueFull          too many queries wait already
    |   +-- VersionNotHeld    this version was published, and is not on this machine
    |   +-- EngineLost         the engine died from outside, twice
    |   +-- NoSpace            there is no room to keep the answer until the client has read it
    +-- MemoryExceeded         the query needs more memory than one query may use
    +-- TimeExceeded           the query takes longer than one query may
    +-- EngineFailure          the engine failed on a query that should have worked
    +-- StartError             the service cannot start
        +-- SnapshotUnusable   the snapshot is missing, incomplete or of another format
        +-- LedgerUnusable     the ledger of releases cannot be read, or does not fit together
        +-- AddressUnavailable the port is taken, or may not be used
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = [
    "AddressUnavailable",
    "AmbiguousItem",
    "AnswerTooLarge",
    "Busy",
    "EngineFailure",
    "EngineLost",
    "FederationRefused",
    "ItemGone",
    "LedgerUnusable",
    "MalformedRequest",
    "MemoryExceeded",
    "MethodNotAllowed",
    "NoSpace",
    "NotAcceptable",
    "NotFound",
    "NotReady",
    "Problem",
    "QueryRejected",
    "QuerySyntax",
    "QueryTooComplex",
    "QueueFull",
    "ReadOnly",
    "Refused",
    "ServiceError",
    "SnapshotUnusable",
    "StartError",
    "TimeExceeded",
    "TooLarge",
    "TooManyRequests",
    "TraceTooLarge",
    "UnknownItem",
    "UnknownVersion",
    "UnsupportedMediaType",
    "UnusableUpload",
    "VersionNotHeld",
    "Withdrawn",
    "problem_kinds",
    "problem_of",
]

_PROBLEMS: Final = "https://w3id.org/ipg/problem/"


class ServiceError(Exception):
    """Base of all errors of this package.

    :param detail: one sentence on this very case.
    :param found: what was there.
    :param expected: what should have been there.
    :param mend: what the reader can do about it.
    :param line: line in the query, from 1.
    :param column: column in that line, from 1, in Unicode code points.
    :param retry_after: whole seconds after which the same request may succeed.
    """

    def __init__(
        self,
        detail: str,
        *,
        found: str = "",
        expected: str = "",
        mend: str = "",
        line: int | None = None,
        column: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.detail = detail
        self.found = found
        self.expected = expected
        self.mend = mend
        self.line = line
        self.column = column
        self.retry_after = retry_after
        notes = [("found", found), ("expected", expected), ("to mend", mend)]
        lines = [detail, *(f"  {name + ':':<9} {text}" for name, text in notes if text)]
        super().__init__("\n".join(lines))


class MalformedRequest(ServiceError):
    """The request is not one that the SPARQL Protocol describes."""


class QueryRejected(MalformedRequest):
    """The engine cannot run this query."""


class QuerySyntax(QueryRejected):
    """The query is not SPARQL."""


class QueryTooComplex(QueryRejected):
    """The query is larger or deeper than allowed, or an engine has died of it."""


class AnswerTooLarge(QueryRejected):
    """The whole answer has more rows or bytes than may be sent; a part of it is never sent instead."""


class AmbiguousItem(MalformedRequest):
    """Several items have this short name."""


class TraceTooLarge(MalformedRequest):
    """There are more paths than the limit, or more items than a picture can show.

    :ivar fitting: number of paths by fewer hops, where it is within the limit.
    """

    fitting: Mapping[int, int] = MappingProxyType({})


class UnusableUpload(MalformedRequest):
    """A file of own practices cannot be used as it is."""


class Refused(ServiceError):
    """The request is understood and will not be carried out."""


class ReadOnly(Refused):
    """An update was sent to an endpoint that only reads."""


class FederationRefused(Refused):
    """The query would make the service fetch from elsewhere."""


class NotFound(ServiceError):
    """There is no such route."""


class UnknownItem(NotFound):
    """No item has this name."""


class UnknownVersion(NotFound):
    """There never was this version of the dataset."""


class Withdrawn(ServiceError):
    """There was this version of the dataset, and it is no longer published."""


class ItemGone(Withdrawn):
    """The item was in the graph, and has left it."""


class MethodNotAllowed(ServiceError):
    """The route does not answer this method."""


class NotAcceptable(ServiceError):
    """No format that the answer can have is one the client takes."""


class TooLarge(ServiceError):
    """The body is longer than the service reads."""


class UrlTooLong(TooLarge):
    """The query string of the URL is longer than the service reads."""


class UnsupportedMediaType(ServiceError):
    """The body is of a media type or encoding that carries no query."""


class TooManyRequests(ServiceError):
    """This client has used up its share for now."""


class Busy(ServiceError):
    """The service has no room now; the same request can be made again."""


class NotReady(Busy):
    """The engine does not answer."""


class QueueFull(Busy):
    """Too many queries wait already."""


class VersionNotHeld(Busy):
    """This version of the dataset was published, and its snapshot is not on this machine."""


class EngineLost(Busy):
    """The engine died from outside while it worked on this query, and again when the query was repeated."""


class NoSpace(Busy):
    """There is no room to keep the answer until the client has read it."""


class MemoryExceeded(ServiceError):
    """The query needs more memory than one query may use."""


class TimeExceeded(ServiceError):
    """The query takes longer than one query may."""


class EngineFailure(ServiceError):
    """The engine failed on a query that should have worked."""


class StartError(ServiceError):
    """The service cannot start."""


class SnapshotUnusable(StartError):
    """The snapshot is missing, incomplete or of a format this version does not read."""


class LedgerUnusable(StartError):
    """The ledger of releases cannot be read, or does not fit together."""


class AddressUnavailable(StartError):
    """The service cannot listen where it was told to."""


class _Kind(NamedTuple):
    status: int
    name: str
    title: str


# The one table from exception to status; a class that is not listed has its base's row.
_KINDS: Final[dict[type[Exception], _Kind]] = {
    MalformedRequest: _Kind(400, "malformed-request", "The request is not well formed"),
    QueryRejected: _Kind(400, "query-rejected", "The query cannot be run"),
    QuerySyntax: _Kind(400, "query-syntax", "The query is not valid SPARQL"),
    QueryTooComplex: _Kind(400, "query-too-complex", "The query is too complex"),
    AnswerTooLarge: _Kind(400, "answer-too-large", "The answer is too large to be sent"),
    AmbiguousItem: _Kind(400, "ambiguous-item", "Several items have this name"),
    TraceTooLarge: _Kind(400, "trace-too-large", "There is more than was asked for"),
    UnusableUpload: _Kind(400, "unusable-upload", "The file cannot be used as it is"),
    Refused: _Kind(403, "refused", "The service does not do this"),
    ReadOnly: _Kind(403, "read-only", "The endpoint is read-only"),
    FederationRefused: _Kind(403, "no-federation", "SERVICE is not allowed here"),
    NotFound: _Kind(404, "not-found", "There is nothing at this address"),
    UnknownItem: _Kind(404, "unknown-item", "No item has this name"),
    UnknownVersion: _Kind(404, "unknown-version", "There is no such version of the dataset"),
    Withdrawn: _Kind(410, "withdrawn", "This version of the dataset is no longer published"),
    ItemGone: _Kind(410, "item-gone", "This item has left the graph"),
    MethodNotAllowed: _Kind(405, "method-not-allowed", "The method is not allowed here"),
    NotAcceptable: _Kind(406, "not-acceptable", "No acceptable format"),
    TooLarge: _Kind(413, "too-large", "The request is too large"),
    UrlTooLong: _Kind(414, "url-too-long", "The URL is too long"),
    UnsupportedMediaType: _Kind(415, "unsupported-media-type", "The media type of the request is not supported"),
    TooManyRequests: _Kind(429, "too-many-requests", "Too many requests"),
    Busy: _Kind(503, "busy", "The service is busy"),
    NotReady: _Kind(503, "not-ready", "The service is not ready"),
    QueueFull: _Kind(503, "queue-full", "Too many queries are waiting"),
    VersionNotHeld: _Kind(503, "version-not-held", "This version is not held here"),
    EngineLost: _Kind(503, "engine-lost", "The engine was lost"),
    NoSpace: _Kind(503, "no-space", "There is no room for the answer"),
    MemoryExceeded: _Kind(503, "memory-exceeded", "The query needs too much memory"),
    TimeExceeded: _Kind(504, "time-exceeded", "The query takes too long"),
    Exception: _Kind(500, "internal-error", "The service failed"),
}


def problem_kinds() -> dict[str, tuple[int, str]]:
    """Status and title of each kind of problem by its name, the last part of its IRI."""
    return {kind.name: (kind.status, kind.title) for kind in _KINDS.values()}


class Problem(NamedTuple):
    """Status and body of the answer to a failed request."""

    status: int
    body: dict[str, str | int]


def problem_of(error: Exception) -> Problem:
    """Word an error for the client, as RFC 9457 (problem details) asks.

    :param error: any exception; one that the table does not know becomes a 500 that tells nothing of the inside.
    """
    kind = next(_KINDS[cls] for cls in type(error).__mro__ if cls in _KINDS)
    body: dict[str, str | int] = {"type": _PROBLEMS + kind.name, "title": kind.title, "status": kind.status}
    if not isinstance(error, ServiceError) or kind.status == _KINDS[Exception].status:
        return Problem(kind.status, body | {"detail": "The request could not be answered. The failure has been logged."})
    body["detail"] = error.detail
    for name in ("line", "column", "found", "expected", "mend", "retry_after"):
        value = getattr(error, name)
        if value:
            body[name] = value
    return Problem(kind.status, body)

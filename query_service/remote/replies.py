"""What the replies of engines mean: errors told as ours, and answers that look whole but are not.

Measured with Virtuoso 7.2.5: past its row limit SELECT ends with status 200 and ``X-SPARQL-MaxRows``, CONSTRUCT and
DESCRIBE with 200 and nothing that tells; past ``timeout`` it answers 200 (newer ones 206) with what it has, and
``X-SQL-State: S1TAT``; errors of the query come as 500 with their SQLSTATE, 37000 or 42000. Oxigraph 0.5.13 (``serve
--timeout-s``) ends the answer with status 200 and the words of :data:`CANCELLED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from query_service.errors import (
    AnswerTooLarge,
    EngineFailure,
    EngineLost,
    NotReady,
    QueryRejected,
    ServiceError,
    TimeExceeded,
)
from query_service.remote.http import Reply

__all__ = ["check_reply", "count_whole", "in_standard_form", "is_virtuoso"]

#: What Oxigraph writes at the end of an answer whose time was up.
CANCELLED: Final = b"operation has been cancelled"
_ODD_TERM: Final = re.compile(
    rb'(?P<before_label>"type": "bnode", "value": ")nodeID://'
    rb'|(?P<before_truth>"datatype": "http://www\.w3\.org/2001/XMLSchema#boolean", "value": ")(?P<truth>[01])(?P<after_truth>")'
)
_IN_MEMORY: Final = 1024 * 1024
_TAIL: Final = 400
_LONGEST_TOLD: Final = 300
_TAG: Final = re.compile(r"<(?:style|script|title)\b.*?</(?:style|script|title)>|<[^>]{1,300}>", re.DOTALL | re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_VIRTUOSO_QUERY: Final = re.compile(r"\s*SPARQL query:.*", re.DOTALL)
_TOO_SLOW: Final = re.compile(r"Virtuoso S1T\w\w Error|estimated execution time|Transaction timed out", re.IGNORECASE)
_BAD_QUERY: Final = re.compile(r"Virtuoso (?:37000|42000|S0022|22\w{3}) Error")
#: Statuses that say that the address is wrong, or closed to us; no query changes that.
_UNUSABLE: Final = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405, 406, 407, 410, 415, 421, 501, 505})
_BUSY: Final = frozenset({429, 502, 503})
_SLOW: Final = frozenset({408, 504})


def is_virtuoso(reply: Reply) -> bool:
    """Whether the engine says that it is Virtuoso."""
    return reply.headers.get("server", "").lower().startswith("virtuoso")


def check_reply(reply: Reply, where: str, media_types: tuple[str, ...]) -> None:
    """Check that a reply is the whole answer to a query, as far as status and headers tell.

    :param where: address of the engine, for messages.
    :param media_types: media types of which the answer must have one.
    :raises TimeExceeded: when the engine gave up, whatever status it used to say so.
    :raises AnswerTooLarge: when the engine left rows out.
    :raises QueryRejected: when it cannot run this query; says what the engine said.
    :raises NotReady: when this engine cannot be asked now.
    :raises EngineFailure: when it failed.
    """
    _check_whole(reply)
    if reply.status != 200:
        raise _refusal(reply, where)
    if reply.media_type not in media_types:
        raise EngineFailure("The engine answered in another format.", found=f"{where}: {reply.media_type or 'no media type'}")


@contextmanager
def in_standard_form(reply: Reply, *, is_ask: bool) -> Iterator[Reply]:
    """Virtuoso's answer in SPARQL JSON as the standard has it.

    It labels blank nodes ``nodeID://b1``, writes booleans as 1 and 0, and answers some ASK with a table of one row or
    none. It writes one row per line; inside a value the quotes of what is replaced here would be escaped.

    :param is_ask: whether a boolean is to be given back.
    :raises EngineLost: when an answer to ASK is not whole.
    """
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
        size = 0
        for line in reply.body:
            size += body.write(_ODD_TERM.sub(_standard_term, line))
        fresh = Reply(reply.status, reply.headers, body, size)
        if is_ask and b'"boolean":' not in fresh.text().encode():
            truth = _has_rows(fresh)
            body.seek(0)
            body.truncate()
            size = body.write(b'{"head":{},"boolean":%s}' % (b"true" if truth else b"false"))
        body.seek(0)
        yield Reply(reply.status, reply.headers, body, size)


def _has_rows(reply: Reply) -> bool:
    try:
        return bool(reply.json()["results"]["bindings"])  # type: ignore[index]
    except (ValueError, KeyError, TypeError) as error:
        raise EngineLost("The answer of the engine is not whole.", found=str(error)) from None


def _standard_term(odd: re.Match[bytes]) -> bytes:
    truth = {b"1": b"true", b"0": b"false", None: b""}[odd["truth"]]
    return (odd["before_truth"] or b"") + truth + (odd["after_truth"] or b"") if truth else odd["before_label"]


def count_whole(reply: Reply, where: str, graph: RdfFormat | None, base: str | None = None) -> int:
    """Rows of an answer in SPARQL JSON, or triples of a graph, which is parsed from its first byte to its last.

    :param where: address of the engine, for messages.
    :param graph: format of a graph; none for rows.
    :param base: base IRI of relative IRIs in a graph.
    :raises EngineLost: when it does not parse to its end.
    :raises TimeExceeded: when the engine says there that it gave up.
    """
    try:
        return _parse_all(reply, graph, base)
    except (SyntaxError, ValueError) as error:
        found = str(error)
    # Raised outside the handler: the parser's error carries what was parsed, which belongs to this thread.
    raise _find_cut(reply, where, found)


def _parse_all(reply: Reply, graph: RdfFormat | None, base: str | None) -> int:
    reply.body.seek(0)
    if graph:
        return sum(1 for _ in parse(reply.body, graph, base_iri=base))
    result = parse_query_results(reply.body, QueryResultsFormat.JSON)
    if isinstance(result, QuerySolutions):
        return sum(1 for _ in result)
    # The parser stops at the boolean, whatever follows.
    reply.json()
    return 1


def _find_cut(reply: Reply, where: str, error: str) -> ServiceError:
    """Say what is wrong with an answer that does not parse to its end.

    :param error: what the parser said.
    """
    reply.body.seek(max(0, reply.size - _TAIL))
    if CANCELLED in reply.body.read():
        return _too_slow("the engine cancelled the query")
    return EngineLost("The answer of the engine is not whole.", found=f"{where}: {error}")


def _check_whole(reply: Reply) -> None:
    state = reply.headers.get("x-sql-state", "")
    if reply.status == 206 or state.startswith("S1T"):
        raise _too_slow("the engine gave a part of the answer")
    most = reply.headers.get("x-sparql-maxrows")
    if reply.status == 200 and most:
        raise AnswerTooLarge(
            "The answer has more rows than the engine sends.",
            expected=f"fewer than {most} rows",
            mend="ask for less, or in parts with ORDER BY, LIMIT and OFFSET",
        )


def _refusal(reply: Reply, where: str) -> ServiceError:
    told, mend = _told(reply)
    if reply.status in _SLOW or _TOO_SLOW.search(told):
        return _too_slow("the engine gave up")
    if reply.status in _BUSY:
        return NotReady(f"The engine at {where} has no room now.", found=told, retry_after=_retry_after(reply))
    if reply.status in _UNUSABLE:
        moved = reply.headers.get("location")
        found = f"status {reply.status} {f'it has moved to {moved}' if moved else told}".strip()
        return NotReady(f"The engine at {where} cannot be asked.", found=found, mend="check the address")
    if 400 <= reply.status < 500 or _BAD_QUERY.search(told):
        return QueryRejected("The engine cannot run this query.", found=told, mend=mend or "write it in another way")
    return EngineFailure("The engine failed.", found=f"{where}: status {reply.status} {told}".strip())


def _told(reply: Reply) -> tuple[str, str]:
    """What the engine said, as one line of plain text, and how it says that it can be mended (RFC 9457, of our kind)."""
    problem = _problem(reply)
    if problem is not None:
        notes = [problem["detail"], problem.get("found"), problem.get("expected") and f"expected {problem['expected']}"]
        return _shorten("; ".join(str(note) for note in notes if note)), str(problem.get("mend", ""))
    text = _VIRTUOSO_QUERY.sub("", _TAG.sub(" ", reply.text()))
    return _shorten(text), ""


def _shorten(text: str) -> str:
    text = " ".join(_CONTROL.sub(" ", text).split())
    return text if len(text) <= _LONGEST_TOLD else text[:_LONGEST_TOLD] + "..."


def _problem(reply: Reply) -> dict[str, object] | None:
    if reply.media_type not in {"application/problem+json", "application/json"}:
        return None
    try:
        body = reply.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) and isinstance(body.get("detail"), str) else None


def _retry_after(reply: Reply) -> int | None:
    """Seconds of ``Retry-After``; a date is left out, as clocks differ."""
    value = reply.headers.get("retry-after", "").strip()
    return int(value) if value.isascii() and value.isdigit() else None


def _too_slow(found: str) -> TimeExceeded:
    return TimeExceeded("The query takes longer than it may.", found=found, mend="ask for less, or add LIMIT")

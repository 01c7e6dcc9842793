"""Whether peers give the same answers, found out before anything is timed, so that a fast wrong one is seen.

Rows and triples are compared as multisets, in any order. Terms are compared by what they mean where peers are known to
write them differently: a number by its value to nine digits, a boolean also as 0 or 1, a string with or without its
datatype, a language in any case. Blank nodes are all alike.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import httpx
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from tests.benchmarks.figures import Difference
from tests.benchmarks.mix import GRAPH_TYPE, MixQuery
from tests.benchmarks.peers import Peer

__all__ = ["Answer", "compare_answers", "fetch_answers"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = frozenset(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long"))
_TRUTH: Final = {"1": "true", "0": "false"}
_TIMEOUT_SECONDS: Final = 60


class Answer(NamedTuple):
    """An answer, in a form in which two can be compared.

    :param content: rows or triples with their number, a truth value, or None when the peer failed.
    :param size: bytes of the body, or None when it was not fetched whole.
    """

    content: Counter[Any] | bool | None
    size: int | None
    failure: str = ""


def fetch_answers(peer: Peer, queries: Iterable[MixQuery]) -> dict[MixQuery, Answer]:
    """Ask a peer every query once, as hot requests do."""
    found = {}
    with httpx.Client(timeout=_TIMEOUT_SECONDS, headers={"Accept-Encoding": "identity"}) as client:
        for query in queries:
            try:
                reply = client.get(peer.url(query.plain), headers={"Accept": query.accept})
            except httpx.HTTPError as error:
                found[query] = Answer(None, None, f"no answer: {type(error).__name__}")
                continue
            found[query] = _read(query, reply)
    return found


def compare_answers(peer: str, found: dict[MixQuery, Answer], right: dict[MixQuery, Answer]) -> list[Difference]:
    """Differences from the peer that others are compared with, one for each template."""
    unlike: dict[tuple[str, str], list[str]] = {}
    for query, answer in found.items():
        if answer.failure or answer.content != right[query].content:
            reason = answer.failure or _explain(answer.content, right[query].content)
            unlike.setdefault((query.kind, query.template), []).append(reason)
    return [
        Difference(peer=peer, kind=kind, template=template, queries=len(reasons), example=reasons[0])
        for (kind, template), reasons in unlike.items()
    ]


def _read(query: MixQuery, reply: httpx.Response) -> Answer:
    if reply.status_code != 200:
        return Answer(None, None, f"status {reply.status_code}: {' '.join(reply.text.split())[:120]}")
    try:
        content = _graph(reply.content) if query.accept == GRAPH_TYPE else _rows(reply.content)
    except (ValueError, KeyError, SyntaxError) as error:
        return Answer(None, len(reply.content), f"not readable: {' '.join(str(error).split())[:120]}")
    return Answer(content, len(reply.content))


def _rows(body: bytes) -> Counter[Any] | bool:
    document = json.loads(body)
    if "boolean" in document:
        return bool(document["boolean"])
    return Counter(frozenset((name, _term(term)) for name, term in row.items()) for row in document["results"]["bindings"])


def _term(term: dict[str, str]) -> tuple[str, ...]:
    if term["type"] == "uri":
        return ("iri", term["value"])
    if term["type"] == "bnode":
        return ("blank",)
    return _literal(term["value"], term.get("datatype", ""), term.get("xml:lang", ""))


def _literal(value: str, datatype: str, language: str) -> tuple[str, ...]:
    if datatype in _NUMBERS:
        return ("number", f"{float(value):.9g}")
    if datatype == f"{_XSD}boolean":
        return ("boolean", _TRUTH.get(value, value))
    return ("literal", value, "" if language or datatype == f"{_XSD}string" else datatype, language.lower())


def _graph(body: bytes) -> Counter[Any]:
    # A graph is a set: what a server writes twice counts once.
    return Counter({tuple(map(_node, (quad.subject, quad.predicate, quad.object))) for quad in parse(body, RdfFormat.N_TRIPLES)})


def _node(node: NamedNode | BlankNode | Literal | Triple) -> tuple[str, ...]:
    if isinstance(node, NamedNode):
        return ("iri", node.value)
    if isinstance(node, Literal):
        return _literal(node.value, node.datatype.value, node.language or "")
    return ("blank",)


def _explain(found: object, right: object) -> str:
    if not isinstance(found, Counter) or not isinstance(right, Counter):
        return f"{found} instead of {right}"
    extra, lacking = found - right, right - found
    text = f"{found.total()} rows instead of {right.total()}" if found.total() != right.total() else f"{found.total()} rows"
    shown = [f"{name} {_shown(rows)}" for name, rows in (("has", extra), ("lacks", lacking)) if rows]
    return "; ".join([text, *shown])


def _shown(rows: Counter[Any]) -> str:
    row = next(iter(sorted(rows, key=str)))
    terms = sorted(row) if isinstance(row, frozenset) else row
    return " ".join(str(term) for term in terms)[:160]

"""An engine into which graphs are loaded: what its query endpoint, update endpoint and graph store let one do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, RdfFormat, Triple, parse

from query_service.errors import EngineFailure, EngineLost, NotReady, ServiceError, StartError
from query_service.remote.contents import GraphContent
from query_service.remote.http import HttpClient, Reply, without_credentials
from query_service.remote.replicas import ask_rows, read_query
from query_service.remote.replies import check_reply

__all__ = ["Addresses", "Target"]

_TRIPLES: Final = ("application/n-triples", "text/plain")
_BATCH: Final = 500
#: Triples of a part of a graph, on average; the shortest limit known is 10,000.
_PART: Final = 6000
_BLANK: Final = re.compile(r"_:|<[^>]*> <[^>]*> _:")
_SECONDS: Final = 300.0


@dataclass(frozen=True)
class Addresses:
    """Where an engine can be reached; updates, graph store or both are needed to load anything.

    :param query: its query endpoint.
    :param update: its update endpoint (SPARQL 1.1 Protocol, 2.2).
    :param store: its graph store (SPARQL 1.1 Graph Store HTTP Protocol, 4.2), to which ``?graph=`` is added.
    """

    query: str
    update: str | None = None
    store: str | None = None


class Target:
    """An engine that is written to.

    :param addresses: where it is.
    :param client: by which it is asked, with the credentials that it wants.
    """

    def __init__(self, addresses: Addresses, client: HttpClient) -> None:
        self._at = addresses
        self._client = client

    @property
    def can_update(self) -> bool:
        """Whether several graphs can be changed in one request."""
        return self._at.update is not None

    def graphs(self) -> dict[str, int]:
        """Named graphs with their number of triples.

        :raises ServiceError: when the engine does not tell.
        """
        rows, _ = ask_rows(self._client, self._at.query, "remote_graphs", None, _SECONDS)
        return {row["graph"]: int(row["triples"]) for row in rows if "graph" in row}

    def read(self, iri: str) -> GraphContent:
        """What a graph holds; nothing when there is no such graph.

        :raises ServiceError: when the engine does not give the whole graph.
        """
        whole = self._read_store(iri) if self._at.store else self._construct(iri, read_query("remote_graph"))
        total = self.graphs().get(iri, 0)
        if len(whole) >= total:
            return GraphContent(iri, whole)
        # The engine has cut its answer (Virtuoso 7.2.5 does so in silence, in its graph store too).
        digits = 1
        while total / 16**digits > _PART:
            digits += 1
        found = set(self._construct(iri, read_query("remote_nameless")))
        query = read_query("remote_part")
        for number in range(16**digits):
            found |= self._construct(iri, query.replace('""', str(Literal(f"{number:0{digits}x}"))))
        return GraphContent(iri, frozenset(found))

    def put(self, content: GraphContent) -> None:
        """Have a graph hold these triples and no others.

        :raises ServiceError: when the engine does not take them.
        """
        if self._at.store is None:
            self.update([f"DROP SILENT GRAPH <{content.iri}>"])
            for lines in _batches(content.lines):
                self.update([f"INSERT DATA {{ GRAPH <{content.iri}> {{\n{''.join(lines)}}} }}"])
            return
        with self._client.send(
            "PUT",
            self._at.store,
            parameters={"graph": content.iri},
            seconds=_SECONDS,
            content="".join(content.lines).encode(),
            headers={"Content-Type": _TRIPLES[0]},
        ) as reply:
            _check_done(reply, self._at.store)

    def delete(self, iris: Iterable[str]) -> None:
        """Remove graphs; one that is not there is no error.

        :raises ServiceError: when the engine does not remove them.
        """
        if self._at.store is None:
            self.update([f"DROP SILENT GRAPH <{iri}>" for iri in iris])
            return
        for iri in iris:
            with self._client.send("DELETE", self._at.store, parameters={"graph": iri}, seconds=_SECONDS) as reply:
                if reply.status != 404:
                    _check_done(reply, self._at.store)

    def update(self, operations: Sequence[str]) -> None:
        """Run operations in one request.

        :raises ServiceError: when the engine does not run them.
        """
        if not operations:
            return
        if self._at.update is None:
            raise StartError("this engine has no update endpoint", mend="name it with --update-url")
        with self._client.send("POST", self._at.update, form={"update": " ;\n".join(operations)}, seconds=_SECONDS) as reply:
            _check_done(reply, self._at.update)

    def _read_store(self, iri: str) -> frozenset[Triple]:
        where = {"graph": iri}
        with self._client.send(
            "GET", self._at.store or "", parameters=where, seconds=_SECONDS, headers={"Accept": _TRIPLES[0]}
        ) as reply:
            return frozenset() if reply.status == 404 else _read(iri, reply, self._at.store or "")

    def _construct(self, iri: str, query: str) -> frozenset[Triple]:
        form: dict[str, str | list[str]] = {"query": query, "default-graph-uri": iri}
        with self._client.send("POST", self._at.query, form=form, seconds=_SECONDS, headers={"Accept": _TRIPLES[0]}) as reply:
            return _read(iri, reply, self._at.query)


def _read(iri: str, reply: Reply, url: str) -> frozenset[Triple]:
    where = without_credentials(url)
    check_reply(reply, where, _TRIPLES)
    reply.body.seek(0)
    try:
        quads = parse(reply.body, RdfFormat.N_TRIPLES)
        return frozenset(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    except (SyntaxError, ValueError) as error:
        raise EngineLost(f"The engine gave <{iri}> in part.", found=f"{where}: {error}") from None


def _batches(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Lines for one request each; those with blank nodes, which two requests cannot share, come together."""
    nameless = [line for line in lines if _BLANK.match(line)]
    named = [line for line in lines if not _BLANK.match(line)]
    if nameless:
        yield nameless
    yield from (named[start : start + _BATCH] for start in range(0, len(named), _BATCH))


def _check_done(reply: Reply, url: str) -> None:
    if 200 <= reply.status < 300:
        return
    where = without_credentials(url)
    if reply.status in {401, 403}:
        raise NotReady(
            f"The engine at {where} does not let us write.",
            found=f"status {reply.status}",
            mend="set IPG_PUBLISH_USER and IPG_PUBLISH_PASSWORD",
        )
    try:
        check_reply(reply, where, ())
    except NotReady:
        raise
    except ServiceError as error:
        raise EngineFailure(f"The engine at {where} did not carry out a change.", found=error.found or error.detail) from None

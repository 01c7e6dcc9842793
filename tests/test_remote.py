"""Queries over engines of others: the same answers as over the own store, and never a short one."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Triple, parse, parse_query_results

from query_service.engine import open_store
from query_service.errors import (
    AnswerTooLarge,
    EngineFailure,
    EngineLost,
    MalformedRequest,
    NotReady,
    QueryRejected,
    QuerySyntax,
    TimeExceeded,
)
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS, Format, Kind
from query_service.query_text import QueryText
from query_service.remote.engine import RemoteEngine
from query_service.remote.publish import publish
from query_service.remote.rewriting import rows_behind, text_to_send
from query_service.snapshot import Manifest, Snapshot
from tests.engines import PublishedEngine, quiet, start_engine
from tests.served import BASE, VERSION

LINK = "http://127.0.0.1/snapshot/v"
HERE = "http://127.0.0.1/sparql"
FIRST, SECOND, HIDDEN = (f"{BASE}graph/{name}" for name in ("source/first", "source/second", "text"))
ROWS = [format_ for format_ in FORMATS if format_.kind is Kind.ROWS]
GRAPHS = [format_ for format_ in FORMATS if format_.kind is Kind.GRAPH]
JSON, NT = ROWS[0], GRAPHS[1]
PARSED = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
RDF = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "n3": RdfFormat.N3,
}


_OPENED: list[RemoteEngine] = []


def opened(urls: list[str], manifest: Manifest, seconds: float, retry_seconds: float = 5) -> RemoteEngine:
    prefixes = {"ipg": f"{BASE}ontology#"}
    engine = RemoteEngine(urls, manifest, seconds, prefixes=prefixes, retry_seconds=retry_seconds)
    _OPENED.append(engine)
    return engine


@pytest.fixture(autouse=True)
def _connections_are_closed() -> Iterator[None]:
    yield
    while _OPENED:
        _OPENED.pop().close()


def remote(engine: PublishedEngine, seconds: float = 30) -> RemoteEngine:
    return opened([engine.url], engine.snapshot.manifest, seconds)


def ask(
    engine: RemoteEngine,
    query: str,
    format_: Format = JSON,
    *,
    default: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
    max_rows: int | None = None,
) -> bytes:
    out = io.BytesIO()
    engine.answer(QueryJob(query, format_, HERE, LINK, default, named, max_rows), out)
    return out.getvalue()


def rows(body: bytes, key: str = "json") -> list[tuple[str, ...]]:
    solutions = parse_query_results(body, PARSED[key])
    assert isinstance(solutions, QuerySolutions)
    return sorted(tuple(str(term) for term in solution) for solution in solutions)


def count(engine: RemoteEngine, pattern: str, **dataset: tuple[str, ...]) -> int:
    body = ask(engine, f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", **dataset)  # type: ignore[arg-type]
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def local_rows(snapshot: Snapshot, query: str) -> list[tuple[str, ...]]:
    solutions = open_store(snapshot).query(query)
    assert isinstance(solutions, QuerySolutions)
    return sorted(tuple(str(term) for term in solution) for solution in solutions)


@pytest.mark.parametrize("format_", ROWS, ids=lambda format_: format_.key)
def test_rows_keep_datatypes_and_languages(remote_engine: PublishedEngine, format_: Format) -> None:
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    body = ask(remote(remote_engine), query, format_)
    expected = local_rows(remote_engine.snapshot, query)
    if format_.key == "csv":
        assert body.count(b"\r\n") == len(expected) + 1
        assert "Intégration" in body.decode()
    else:
        assert rows(body, format_.key) == expected
        assert any('"@fr' in line[2] for line in expected)
        assert any("#boolean>" in line[2] for line in expected)
    if format_.key in {"json", "xml"}:
        assert LINK.encode() in body


@pytest.mark.parametrize("format_", ROWS, ids=lambda format_: format_.key)
@pytest.mark.parametrize(("pattern", "truth"), [("?s a ?class", "true"), ("?s a <http://example.org/Nothing>", "false")])
def test_booleans(remote_engine: PublishedEngine, format_: Format, pattern: str, truth: str) -> None:
    assert truth in ask(remote(remote_engine), f"ASK {{ {pattern} }}", format_).decode()


@pytest.mark.parametrize("format_", GRAPHS, ids=lambda format_: format_.key)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <https://w3id.org/ipg/id/practice/a>"], ids=["construct", "describe"]
)
def test_graphs_in_every_format(remote_engine: PublishedEngine, format_: Format, query: str) -> None:
    body = ask(remote(remote_engine), query, format_)
    found = {str(Triple(quad.subject, quad.predicate, quad.object)) for quad in parse(body, RDF[format_.key])}
    expected = open_store(remote_engine.snapshot).query(query)
    assert isinstance(expected, QueryTriples)
    assert found == {*map(str, expected)}
    assert found


def test_the_default_graph_is_the_published_one(remote_engine: PublishedEngine) -> None:
    engine = remote(remote_engine)
    # The city stands in two graphs; a union made by the engine would count it twice.
    assert count(engine, "<https://w3id.org/ipg/id/actor/city> a ?class") == 1
    assert count(engine, "GRAPH ?g { <https://w3id.org/ipg/id/actor/city> a ?class }") == 2
    graphs = rows(ask(engine, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
    assert [graph for (graph,) in graphs] == sorted(f"<{graph.iri}>" for graph in engine.graphs)


def test_datasets_of_query_and_request(remote_engine: PublishedEngine) -> None:
    engine = remote(remote_engine)
    size = {graph.iri: graph.triples for graph in engine.graphs}
    assert count(engine, "?s ?p ?o", default=(FIRST,)) == size[FIRST]
    assert count(engine, "GRAPH ?g { ?s ?p ?o }", default=(FIRST,)) == 0
    assert count(engine, "?s ?p ?o", named=(FIRST,)) == 0
    assert count(engine, "GRAPH ?g { ?s ?p ?o }", named=(SECOND,)) == size[SECOND]
    from_first = f"PREFIX graph: <{BASE}graph/> SELECT (COUNT(*) AS ?n) FROM graph:source\\/first WHERE {{ ?s ?p ?o }}"
    assert rows(ask(engine, from_first)) == [(f'"{size[FIRST]}"^^<http://www.w3.org/2001/XMLSchema#integer>',)]
    # What the request names replaces what the query names.
    assert rows(ask(engine, from_first, default=(SECOND,)))[0][0].startswith(f'"{size[SECOND]}"')
    named = f"SELECT DISTINCT ?g FROM NAMED <{SECOND}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert rows(ask(engine, named)) == [(f"<{SECOND}>",)]
    with pytest.raises(MalformedRequest, match="IRI of a graph"):
        ask(engine, "ASK {}", default=("not an iri",))


def test_hidden_graphs_are_nowhere(remote_engine: PublishedEngine) -> None:
    engine = remote(remote_engine)
    assert HIDDEN in {graph.iri for graph in remote_engine.snapshot.manifest.graphs.values()}
    assert HIDDEN not in {graph.iri for graph in engine.graphs}
    words = '?s ?p "printed words"'
    assert count(engine, words, default=(HIDDEN,)) == 0
    assert count(engine, f"GRAPH ?g {{ {words} }}", named=(HIDDEN,)) == 0
    assert b"true" not in ask(engine, f"ASK FROM <{HIDDEN}> {{ {words} }}")
    prefix = f"PREFIX g: <{BASE}graph/>"
    for pattern in (f"GRAPH g:text {{ {words} }}", f"GRAPH ?g {{ {words} }} FILTER(?g = <{HIDDEN}>)"):
        if remote_engine.name == "virtuoso":  # which would find it true of every graph that the request does not name
            with pytest.raises(QueryRejected, match="does not see"):
                ask(engine, f"{prefix} ASK {{ {pattern} }}")
        else:
            assert b"true" not in ask(engine, f"{prefix} ASK {{ {pattern} }}")
    assert b"true" not in ask(engine, f"ASK {{ GRAPH ?g {{ {words} }} }}")


def test_relative_iris_are_those_of_the_service(remote_engine: PublishedEngine) -> None:
    found = rows(ask(remote(remote_engine), "SELECT ?x WHERE { VALUES ?x { <here> } }"))
    assert found == [("<http://127.0.0.1/here>",)]


def test_syntax_errors_are_told_with_line_and_column(remote_engine: PublishedEngine) -> None:
    with pytest.raises(QuerySyntax) as caught:
        ask(remote(remote_engine), "SELECT *\nWHERE { ?s ?p ?o . FOO }")
    assert (caught.value.line, caught.value.column) == (2, 20)
    with pytest.raises(QuerySyntax, match="not declared") as caught:
        ask(remote(remote_engine), "SELECT * { ?s a ipg:Practice }")
    assert "https://w3id.org/ipg/ontology#" in caught.value.mend


def test_no_update_is_ever_sent(remote_engine: PublishedEngine) -> None:
    engine = remote(remote_engine)
    before = count(engine, "?s ?p ?o")
    for update in ("DROP ALL", f"CLEAR GRAPH <{FIRST}>", "INSERT DATA { <a:b> <a:c> <a:d> }"):
        with pytest.raises(QuerySyntax):
            ask(engine, update)
    assert count(engine, "?s ?p ?o") == before


def test_functions_of_one_engine_alone_are_refused(remote_engine: PublishedEngine) -> None:
    with pytest.raises(QueryRejected, match="function"):
        ask(remote(remote_engine), "SELECT (<http://example.org/f>(1) AS ?x) WHERE {}")


#: More combinations of the few triples of the small snapshot than any engine tries in the time there is.
_ENDLESS = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(9))


def test_a_slow_query_ends_in_time_exceeded(engine_to_tire: PublishedEngine) -> None:
    query = f"SELECT * WHERE {{ {_ENDLESS} FILTER(CONCAT(STR(?o0), STR(?o4), STR(?o8)) = 'x') }}"
    with pytest.raises(TimeExceeded):
        ask(remote(engine_to_tire, seconds=2), query)


def test_a_slow_graph_is_never_a_short_one(engine_to_tire: PublishedEngine) -> None:
    query = f"CONSTRUCT {{ ?s0 ?p0 ?o8 }} WHERE {{ {_ENDLESS} FILTER(STRLEN(STR(?o0)) > 1) }}"
    with pytest.raises((TimeExceeded, AnswerTooLarge)):
        ask(remote(engine_to_tire, seconds=2), query, NT)


def test_the_row_limit_of_an_engine_is_no_end_of_an_answer(real_engine: PublishedEngine) -> None:
    engine, size = remote(real_engine), real_engine.snapshot.manifest.default_graph.triples
    asked: list[tuple[str, Format, Callable[[bytes], int]]] = [
        ("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", JSON, lambda body: len(rows(body))),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", NT, lambda body: len(body.splitlines())),
        ("CONSTRUCT WHERE { ?s ?p ?o }", NT, lambda body: len(body.splitlines())),
    ]
    for query, format_, length in asked:
        if real_engine.name == "virtuoso":
            with pytest.raises(AnswerTooLarge):
                ask(engine, query, format_)
        else:
            assert length(ask(engine, query, format_)) == size
    if real_engine.name == "virtuoso":
        with pytest.raises(AnswerTooLarge):
            ask(engine, "DESCRIBE ?s WHERE { ?s ?p ?o }", NT)
    assert len(rows(ask(engine, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 9999"))) == 9999


def test_rows_of_the_service_are_limited_too(remote_engine: PublishedEngine) -> None:
    engine = remote(remote_engine)
    assert len(rows(ask(engine, "SELECT * WHERE { ?s ?p ?o } LIMIT 3", max_rows=3))) == 3
    with pytest.raises(AnswerTooLarge, match="more rows"):
        ask(engine, "SELECT * WHERE { ?s ?p ?o } LIMIT 4", max_rows=3)


def test_blank_nodes_of_the_ontology_can_be_read(real_engine: PublishedEngine) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o FILTER(ISBLANK(?o)) }"
    expected = int(local_rows(real_engine.snapshot, query)[0][0].split('"')[1])
    found = rows(ask(remote(real_engine), "SELECT ?o WHERE { ?s ?p ?o FILTER(ISBLANK(?o)) }"))
    assert len(found) == expected
    assert all(node.startswith("_:") for (node,) in found)


def test_another_replica_takes_over(tmp_path: Path, small_published: Snapshot) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    with start_engine("oxigraph", folders[0]) as first, start_engine("oxigraph", folders[1]) as second:
        for each in (first, second):
            publish(small_published, each.addresses, quiet)
        urls = [first.addresses.query, second.addresses.query]
        engine = opened(urls, small_published.manifest, 30, retry_seconds=0.01)
        size = count(engine, "?s ?p ?o")
        first.process.kill()
        first.process.wait()
        assert [count(engine, "?s ?p ?o") for _ in range(4)] == [size] * 4
        assert engine.is_ready()
        second.process.kill()
        second.process.wait()
        assert not engine.is_ready()
        with pytest.raises(NotReady) as caught:
            count(engine, "?s ?p ?o")
        assert caught.value.retry_after


def test_an_engine_with_another_version_is_not_asked(remote_engine: PublishedEngine) -> None:
    manifest = remote_engine.snapshot.manifest.model_copy(update={"version": "9.9.9+000000000000"})
    engine = opened([remote_engine.url], manifest, 30)
    assert not engine.is_ready()
    with pytest.raises(NotReady) as caught:
        ask(engine, "ASK {}")
    assert VERSION in caught.value.found


def test_credentials_are_not_told(small_published: Snapshot) -> None:
    engine = opened(["http://somebody:secret@127.0.0.1:9/sparql"], small_published.manifest, 5)
    with pytest.raises(NotReady) as caught:
        ask(engine, "ASK {}")
    assert "127.0.0.1:9" in str(caught.value)
    assert "secret" not in str(caught.value)


# A server that stands for a broken engine: right on the version, and then whatever the test says.

WHOLE = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "x"}}]}}).encode()
JSON_TYPE = "application/sparql-results+json"


@contextmanager
def broken_engine(manifest: Manifest, reply: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if "versionInfo" not in form["query"][0]:
                reply(self)
                return
            row = {"dataset": f"{manifest.base}id/dataset/integration-policy-graph", "version": manifest.version}
            terms = {name: {"type": "literal", "value": value} for name, value in row.items()}
            body = json.dumps({"head": {"vars": [*row]}, "results": {"bindings": [terms]}}).encode()
            send(self, body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, *, length: int | None = None, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": JSON_TYPE, **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = True


def send_chunk_and_vanish(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON_TYPE)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(WHOLE), WHOLE))
    handler.close_connection = True


def send_without_length(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON_TYPE)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(WHOLE)
    handler.close_connection = True


BOOLEAN = b'{"head":{},"boolean":true}'
CANCELLED = b"The SPARQL operation has been cancelled"
NTRIPLES = b'<http://a/> <http://b/> "c" .\n'
NT_TYPE = "application/n-triples"
BROKEN: dict[str, tuple[str, Callable[[BaseHTTPRequestHandler], None], type[Exception]]] = {
    "cut": ("SELECT * {}", lambda h: send(h, WHOLE[:-9]), EngineLost),
    "cut before the last brace": ("SELECT * {}", lambda h: send(h, WHOLE[:-1]), EngineLost),
    "text after the answer": ("SELECT * {}", lambda h: send(h, WHOLE + b"\nsomething"), EngineLost),
    "a second answer": ("SELECT * {}", lambda h: send(h, WHOLE + WHOLE), EngineLost),
    "cancelled": ("SELECT * {}", lambda h: send(h, WHOLE[:-9] + CANCELLED), TimeExceeded),
    "cut boolean": ("ASK {}", lambda h: send(h, BOOLEAN[:-1]), EngineLost),
    "text after a boolean": ("ASK {}", lambda h: send(h, BOOLEAN + b" x"), EngineLost),
    "cut graph": ("CONSTRUCT {} {}", lambda h: send(h, NTRIPLES + NTRIPLES[:-3], Content_Type=NT_TYPE), EngineLost),
    "text after a graph": ("CONSTRUCT {} {}", lambda h: send(h, NTRIPLES + b"oh", Content_Type=NT_TYPE), EngineLost),
    "cancelled graph": ("CONSTRUCT {} {}", lambda h: send(h, NTRIPLES + CANCELLED, Content_Type=NT_TYPE), TimeExceeded),
    "fewer bytes than said": ("SELECT * {}", lambda h: send(h, WHOLE, length=len(WHOLE) + 5), EngineLost),
    "chunks that do not end": ("SELECT * {}", send_chunk_and_vanish, EngineLost),
    "neither length nor chunks": ("SELECT * {}", send_without_length, EngineLost),
    "anytime": ("SELECT * {}", lambda h: send(h, WHOLE, X_SQL_State="S1TAT"), TimeExceeded),
    "partial content": ("SELECT * {}", lambda h: send(h, WHOLE, 206), TimeExceeded),
    "row limit": ("SELECT * {}", lambda h: send(h, WHOLE, X_SPARQL_MaxRows="1"), AnswerTooLarge),
    "another format": ("SELECT * {}", lambda h: send(h, WHOLE, Content_Type="text/html"), EngineFailure),
    "gateway time-out": ("SELECT * {}", lambda h: send(h, b"", 504), TimeExceeded),
    "overload": ("SELECT * {}", lambda h: send(h, b"", 503, Retry_After="7"), NotReady),
    "server error": ("SELECT * {}", lambda h: send(h, b"<p>Oops</p>", 500), EngineFailure),
    "query error": ("SELECT * {}", lambda h: send(h, b"<p>Not <b>implemented</b></p>", 400), QueryRejected),
    "closed to us": ("SELECT * {}", lambda h: send(h, b"", 401), NotReady),
    "virtuoso's time-out": ("SELECT * {}", lambda h: send(h, b"Virtuoso S1T00 Error SR171", 500), TimeExceeded),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_wrong_with_an_answer_is_an_error(name: str, small_published: Snapshot) -> None:
    query, reply, error = BROKEN[name]
    with broken_engine(small_published.manifest, reply) as url:
        engine = opened([url], small_published.manifest, 10)
        out = io.BytesIO()
        with pytest.raises(error) as caught:
            engine.answer(QueryJob(query, NT if "CONSTRUCT" in query else JSON, HERE, LINK), out)
        assert type(caught.value) is error
        assert out.getvalue() == b""
        if name == "overload":
            assert caught.value.retry_after == 7  # type: ignore[attr-defined]
        if name == "query error":
            assert caught.value.found == "Not implemented"  # type: ignore[attr-defined]


def test_a_cut_answer_is_asked_of_the_next_replica(small_published: Snapshot) -> None:
    manifest = small_published.manifest
    with (
        broken_engine(manifest, send_chunk_and_vanish) as cut,
        broken_engine(manifest, lambda h: send(h, b"", 500)) as failing,
        broken_engine(manifest, lambda h: send(h, WHOLE)) as good,
    ):
        engine = opened([cut, failing, good], manifest, 10)
        assert [rows(ask(engine, "SELECT * {}")) for _ in range(4)] == [[('"x"',)]] * 4


def test_an_answer_during_a_change_of_version_is_none(small_published: Snapshot) -> None:
    with broken_engine(small_published.manifest, lambda h: send(h, WHOLE)) as url:
        engine = opened([url], small_published.manifest, 10)
        assert engine.is_ready()
        changed = small_published.manifest.model_copy(update={"version": "2.0.0"})
        engine._replicas._manifest = changed  # as if the engine had changed after it was checked
        out = io.BytesIO()
        with pytest.raises(NotReady):
            engine.answer(QueryJob("SELECT * {}", JSON, HERE, LINK), out)
        assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("SELECT * FROM <g:a> FROM NAMED <g:b> { ?s ?p ?o }", "BASE <b:>\nSELECT *     { ?s ?p ?o }"),
        ('ASKFROM<g:a>{ ?s ?p "FROM <x:y>" }', 'BASE <b:>\nASK { ?s ?p "FROM <x:y>" }'),
        ("BASE <a:b> SELECT * {}", "BASE <a:b> SELECT * {}"),
        ("PREFIX base: <a:b> SELECT * {}", "BASE <b:>\nPREFIX base: <a:b> SELECT * {}"),
    ],
)
def test_what_is_sent(query: str, sent: str) -> None:
    assert text_to_send(QueryText(query), "b:") == sent


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5", "SELECT (1 AS ?ipg_row_behind)  WHERE { ?s ?p ?o } LIMIT 5"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "SELECT (1 AS ?ipg_row_behind)  WHERE { ?s ?p ?o }"),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", "SELECT (1 AS ?ipg_row_behind) WHERE { ?s ?p ?o }"),
        ("DESCRIBE ?s { ?s ?p ?o }", "SELECT (1 AS ?ipg_row_behind) { ?s ?p ?o }"),
        ("DESCRIBE <a:b>", None),
    ],
)
def test_rows_behind_a_graph(query: str, expected: str | None) -> None:
    found = rows_behind(QueryText(query))
    assert (found.strip() if found else None) == expected

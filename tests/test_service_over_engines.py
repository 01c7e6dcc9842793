"""The service in front of engines of others: the suites of the endpoint once more, every example, and engines that fail.

What an engine answers otherwise is listed in ``engine_deviations.tsv`` (:mod:`tests.deviations`).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import RDFS

from etl.examples import Example, read_examples
from query_service.remote.publish import publish
from query_service.snapshot import Snapshot, read_snapshot
from tests import test_query_service as service
from tests import test_sparql_protocol as protocol
from tests.engines import METADATA, PublishedEngine, free_port, published, quiet, start_engine
from tests.renew_examples import EXAMPLES, write_triples
from tests.served import BASE, VERSION, live_server, running, write_snapshot
from tests.test_remote import broken_engine
from tests.w3c import UT, Cases

ALL = list(read_examples(EXAMPLES))
ROWS = "SELECT ?s ?p ?o { ?s ?p ?o }"
cases = protocol.cases


@pytest.fixture(scope="module")
def snapshot(small_published: Snapshot) -> Path:
    """Folder of the small snapshot."""
    return small_published.folder


@pytest.fixture(scope="module")
def app(remote_engine: PublishedEngine, snapshot: Path) -> Iterator[httpx.Client]:
    """The service in front of an engine; what is hidden never gets there, on one's own machine neither."""
    with running(snapshot, sparql_endpoint=remote_engine.url) as client:
        yield client


@pytest.fixture(scope="module")
def public_app(remote_engine: PublishedEngine, snapshot: Path) -> Iterator[httpx.Client]:
    """The same behind a public address."""
    with running(snapshot, sparql_endpoint=remote_engine.url, public_url="https://data.example.org/ipg/") as client:
        yield client


@pytest.fixture(scope="module")
def endpoint(remote_engine: PublishedEngine, snapshot: Path) -> Iterator[str]:
    """URL of the endpoint in front of an engine, as it is called."""
    with live_server(snapshot, sparql_endpoint=remote_engine.url) as address:
        yield f"{address}/sparql"


@pytest.fixture(scope="module", params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Name of an engine."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def w3c_endpoint(engine_name: str, cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the service in front of an engine that holds the graphs which the cases name."""
    texts = {}
    for data in cases.graph.objects(None, UT.graphData):
        texts[cases.graph.value(data, RDFS.label)] = cases.file(cases.graph.value(data, UT.graph)).read_text(encoding="utf-8")
    trig = "\n".join(f"<{iri}> {{ {triples} }}" for iri, triples in texts.items())
    folder = write_snapshot(tmp_path_factory.mktemp("w3c") / "snapshot", trig + METADATA, "")
    with (
        published(engine_name, tmp_path_factory.mktemp("engine"), read_snapshot(folder)) as engine,
        live_server(folder, sparql_endpoint=engine.url) as address,
    ):
        yield address


# The suites of the endpoint once more ----------------------------------------------------------------------------------

test_w3c_case = protocol.test_w3c_case
test_w3c_update_is_refused = protocol.test_w3c_update_is_refused
test_sparqlwrapper_reads_rows = protocol.test_sparqlwrapper_reads_rows
test_sparqlwrapper_reads_graphs = protocol.test_sparqlwrapper_reads_graphs
test_sparqlwrapper_asks_and_is_told_of_errors = protocol.test_sparqlwrapper_asks_and_is_told_of_errors
test_rdflib_store_reads = protocol.test_rdflib_store_reads
test_head_leaves_the_connection_in_step = protocol.test_head_leaves_the_connection_in_step
test_a_host_header_is_never_trusted = protocol.test_a_host_header_is_never_trusted
test_a_query_too_long_for_a_url_can_be_posted = protocol.test_a_query_too_long_for_a_url_can_be_posted
test_trailing_slash_serves_without_a_redirect = protocol.test_trailing_slash_serves_without_a_redirect

test_rows_keep_every_term_as_it_is = service.test_rows_keep_every_term_as_it_is
test_graphs_keep_every_term_as_it_is = service.test_graphs_keep_every_term_as_it_is
test_ask_has_a_value_in_every_format = service.test_ask_has_a_value_in_every_format
test_an_empty_answer_is_whole = service.test_an_empty_answer_is_whole
test_relative_iris_stand_on_the_endpoint = service.test_relative_iris_stand_on_the_endpoint
test_the_default_graph_is_the_union_counted_once = service.test_the_default_graph_is_the_union_counted_once
test_the_dataset_of_the_request_replaces_the_others = service.test_the_dataset_of_the_request_replaces_the_others
test_a_graph_needs_an_absolute_iri = service.test_a_graph_needs_an_absolute_iri
test_no_way_of_naming_the_dataset_uncovers_the_wording = service.test_no_way_of_naming_the_dataset_uncovers_the_wording
test_service_is_refused_however_it_is_written = service.test_service_is_refused_however_it_is_written
test_an_update_sent_as_a_query_is_named = service.test_an_update_sent_as_a_query_is_named
test_a_syntax_error_says_where = service.test_a_syntax_error_says_where
test_an_undeclared_prefix_is_named_with_the_declaration = service.test_an_undeclared_prefix_is_named_with_the_declaration
test_other_bad_queries_say_what_is_wrong = service.test_other_bad_queries_say_what_is_wrong
test_every_answer_says_its_version = service.test_every_answer_says_its_version_and_may_be_read_by_any_page
test_head_is_get_without_its_body = service.test_head_is_get_without_its_body
test_a_known_answer_is_not_sent_again = service.test_a_known_answer_is_not_sent_again
test_a_kept_answer_costs_no_query = service.test_a_kept_answer_costs_no_query
test_an_answer_that_changes_is_not_tagged = service.test_an_answer_that_changes_is_not_tagged
test_the_service_describes_itself = service.test_the_service_describes_itself


@pytest.mark.parametrize("text", service.HIDDEN_QUERIES)
def test_hidden_graphs_are_empty(app: httpx.Client, text: str) -> None:
    assert service.number(service.query(app, text)) == 0


def test_graphs_can_be_had_whole(app: httpx.Client, small_published: Snapshot) -> None:
    first = f"{BASE}graph/source/first"
    answer = app.get("/store", params={"graph": first}, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    assert len(list(parse(answer.content, RdfFormat.N_TRIPLES))) == 5
    whole = app.get("/store?default", headers={"Accept": "application/n-triples"})
    assert len(list(parse(whole.content, RdfFormat.N_TRIPLES))) == small_published.manifest.default_graph.triples
    assert app.get("/store", params={"graph": f"{BASE}graph/text"}).status_code == 404


def test_rows_are_limited(remote_engine: PublishedEngine, snapshot: Path) -> None:
    with running(snapshot, sparql_endpoint=remote_engine.url, max_rows=3) as client:
        assert service.query(client, f"{ROWS} LIMIT 3").status_code == 200
        assert service.query(client, f"{ROWS} LIMIT 4").json()["type"].endswith("/answer-too-large")


# Every example over the built snapshot ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real_service(real_engine: PublishedEngine) -> Iterator[httpx.Client]:
    """The service in front of an engine that holds the built snapshot."""
    with running(real_engine.snapshot.folder, sparql_endpoint=real_engine.url, query_seconds=10) as client:
        yield client


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.key)
def test_an_example_gives_the_expected_answer(real_service: httpx.Client, example: Example) -> None:
    is_graph = example.form in {"CONSTRUCT", "DESCRIBE"}
    answer = real_service.get(f"/examples/{example.key}", params={"format": "nt" if is_graph else "csv"})
    assert answer.status_code == 200, answer.text
    body = answer.content
    if is_graph:
        body = write_triples(sorted({quad.triple for quad in parse(body, RdfFormat.N_TRIPLES)}, key=str))
    assert body.strip() == example.expected.read_bytes().strip()


def test_examples_are_listed(real_service: httpx.Client) -> None:
    listed = real_service.get("/examples", params={"format": "json"}).json()["examples"]
    assert {example["key"] for example in listed} == {example.key for example in ALL}


# Engines that fail -----------------------------------------------------------------------------------------------------


def await_status(client: httpx.Client, path: str, status: int) -> httpx.Response:
    deadline = monotonic() + 30
    while (answer := client.get(path)).status_code != status and monotonic() < deadline:
        sleep(0.1)
    assert answer.status_code == status, answer.text
    return answer


def test_a_replica_that_dies_under_load_costs_no_answer(tmp_path: Path, small_published: Snapshot) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    found: list[tuple[int, str]] = []
    with start_engine("oxigraph", folders[0]) as first, start_engine("oxigraph", folders[1]) as second:
        for each in (first, second):
            publish(small_published, each.addresses, quiet)
        urls = f"{first.addresses.query} {second.addresses.query}"
        with running(small_published.folder, sparql_endpoint=urls, cache_bytes=0, workers=4, workers_per_client=4) as client:

            def ask(number: int) -> None:
                for turn in range(40):
                    answer = client.get("/sparql", params={"query": f"{ROWS} # {number} {turn}", "format": "csv"})
                    found.append((answer.status_code, answer.text))
                    if turn == 10 and number == 0:
                        first.process.kill()

            threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
            assert client.get("/readyz").status_code == 200
    assert len(found) == 160
    size = small_published.manifest.default_graph.triples
    assert {(status, len(text.split("\r\n"))) for status, text in found} == {(200, size + 2)}


def test_an_engine_with_another_version_is_not_asked(remote_engine: PublishedEngine, snapshot: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "store").symlink_to(snapshot / "store")
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    (other / "manifest.json").write_text(json.dumps(manifest | {"version": "9.9.9+feedc0ffee12"}), encoding="utf-8")
    with running(other, sparql_endpoint=remote_engine.url) as client:
        for path in ("/sparql?query=ASK%7B%7D", "/readyz"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert VERSION in answer.json()["found"]
            assert "9.9.9+feedc0ffee12" in answer.json()["expected"]
            assert answer.headers["Retry-After"]


def test_the_service_starts_before_its_engine_and_outlives_it(tmp_path: Path, small_published: Snapshot) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/query"
    with running(small_published.folder, sparql_endpoint=url, remote_retry_seconds=0.2) as client:
        for turn in range(2):
            told = await_status(client, "/readyz", 503).json()
            assert url in told["found"]
            refused = client.get("/sparql", params={"query": f"ASK {{}} # {turn} before"})
            assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[1]) == (503, "not-ready")
            assert client.get("/healthz").status_code == 200
            problem = client.get("/sparql", params={"query": "ASK { ?s a ipg:Practice }"}).json()
            assert "https://w3id.org/ipg/ontology#" in problem["mend"]
            folder = tmp_path / str(turn)
            folder.mkdir()
            with start_engine("oxigraph", folder, port) as engine:
                publish(small_published, engine.addresses, quiet)
                await_status(client, "/readyz", 200)
                await_status(client, f"/sparql?query=ASK%7B%7D%23{turn}", 200)


def test_a_query_is_ended_at_its_time_with_its_worker(small_published: Snapshot) -> None:
    never = threading.Event()

    def hang(_: BaseHTTPRequestHandler) -> None:
        never.wait(30)

    silent: Callable[[BaseHTTPRequestHandler], None] = hang
    with broken_engine(small_published.manifest, silent) as url:
        try:
            with running(small_published.folder, sparql_endpoint=url, query_seconds=1) as client:
                answer = client.get("/sparql", params={"query": ROWS})
                assert (answer.status_code, answer.json()["type"].rsplit("/", 1)[1]) == (504, "time-exceeded")
                assert 'why="deadline"' in client.get("/metrics").text
        finally:
            never.set()

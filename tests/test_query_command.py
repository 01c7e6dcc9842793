"""``ipg query``: what is asked is found, what is answered is whole and exact, and what fails says so and writes nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from rich.console import Console

from etl.errors import EtlError
from ipg.cli import cli
from ipg.query_formats import QUERY_FORMATS
from ipg.remote import RemoteEndpoint
from ipg.result_parquet import write_parquet
from ipg.result_table import draw_table, read_table
from ipg.settings import Settings
from query_service.asking import answer_whole
from query_service.errors import AnswerTooLarge, EngineFailure, EngineLost, NotReady, QueryRejected, ServiceError, TimeExceeded
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS
from tests.checkout import clean_environment
from tests.served import DATA, VERSION, live_server, write_snapshot

ROOT = Path(__file__).parent.parent
JSON = next(format_ for format_ in FORMATS if format_.key == "json")
TTL = next(format_ for format_ in FORMATS if format_.key == "ttl")
LABELS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?item ?label WHERE { ?item skos:prefLabel ?label } ORDER BY ?item ?label"""
TYPES = "CONSTRUCT WHERE { ?s a ?type }"
EXAMPLE = '''PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX id: <https://w3id.org/ipg/id/>
<https://w3id.org/ipg/graph/examples> {
  <https://w3id.org/ipg/id/example/label-of> a sh:SPARQLExecutable ; rdfs:comment "Which labels?"@en ;
    sh:parameter <https://w3id.org/ipg/id/example/label-of/item> ;
    sh:select """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
      SELECT ?l { VALUES ?item { <https://w3id.org/ipg/id/practice/a> } ?item skos:prefLabel ?l }""" .
  <https://w3id.org/ipg/id/example/label-of/item> sh:name "item" ; sh:defaultValue <https://w3id.org/ipg/id/practice/a> ;
    sh:description "the item"@en .
  <https://w3id.org/ipg/id/practice/b> <http://www.w3.org/2004/02/skos/core#prefLabel> "=1+1"@en .
}
'''


@pytest.fixture(scope="module")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home with two snapshots, the one with an example in service."""
    folder = tmp_path_factory.mktemp("home")
    write_snapshot(folder / "snapshots" / f"{VERSION}.feedc0ffee12", DATA + EXAMPLE)
    old = write_snapshot(folder / "snapshots" / "0.0.9+000000000000.feedc0ffee12")
    manifest = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    (old / "manifest.json").write_text(json.dumps(manifest | {"version": "0.0.9+000000000000"}), encoding="utf-8")
    (folder / "current").symlink_to(f"snapshots/{VERSION}.feedc0ffee12")
    return folder


class Outcome(NamedTuple):
    """How a run of the command ended."""

    returncode: int
    stdout: bytes
    stderr: bytes


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    """The command takes the handler of interrupts away; here it comes back."""
    handler = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, handler)


def run(home: Path, *arguments: str | Path, stdin: bytes = b"") -> Outcome:
    """Run the command in this process: starting one for each case would take minutes."""
    result = CliRunner().invoke(
        cli, ["query", *map(str, arguments)], input=stdin, obj=(Settings(home=home), Console()), env={"IPG_PUBLIC_URL": None}
    )
    if isinstance(result.exception, EtlError | ServiceError):
        return Outcome(1, result.stdout_bytes, str(result.exception).encode())
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Outcome(result.exit_code, result.stdout_bytes, result.stderr_bytes)


def run_process(home: Path, *arguments: str | Path) -> Outcome:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "ipg", "query", *map(str, arguments)]
    result = subprocess.run(command, env=clean_environment(IPG_HOME=home), cwd=ROOT, capture_output=True, check=False)
    return Outcome(result.returncode, result.stdout, result.stderr)


def answered(result: Outcome) -> str:
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode()


def refused(result: Outcome, status: int) -> str:
    assert result.returncode == status, result.stderr.decode()
    assert result.stdout == b""
    assert b"Traceback" not in result.stderr
    return result.stderr.decode()


# --- What is asked ----------------------------------------------------------------------------------------------------


def test_a_query_comes_from_a_file_a_text_or_standard_input(small_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "labels.rq"
    file.write_text(f"\ufeff{LABELS}", encoding="utf-8")
    expected = answered(run(small_home, LABELS, "--format", "csv"))
    assert answered(run(small_home, file, "--format", "csv")) == expected
    assert answered(run(small_home, "-", "--format", "csv", stdin=LABELS.encode())) == expected
    assert len(list(csv.reader(io.StringIO(expected)))) == 5


def test_an_example_is_asked_by_name_with_other_values(small_home: Path) -> None:
    assert answered(run(small_home, "label-of", "--format", "csv")).startswith('l\r\n"a < b & ""c"", d')
    other = answered(run(small_home, "label_of", "--set", "item=b", "--format", "csv"))
    assert other == "l\r\n=1+1\r\n"  # exact: what a spreadsheet might run is not changed in SPARQL CSV
    listed = answered(run(small_home, "--list"))
    assert "label-of\n  Which labels?\n  --set item=practice/a  the item\n" in listed


def test_another_snapshot_is_asked_by_its_version(small_home: Path) -> None:
    for name in ("0.0.9+000000000000", str(small_home / "snapshots" / "0.0.9+000000000000.feedc0ffee12")):
        told = answered(run(small_home, LABELS, "--snapshot", name))
        assert told.endswith("3 rows; dataset 0.0.9+000000000000\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give a query"),
        (["ASK {}", "--list"], "not both"),
        (["nowhere/query.rq"], "no file, no example and no query"),
        (["nowhere of that name.rq"], "no file, no example and no query"),
        (["ASK {}", "--set", "item=b"], "--set is for the parameters"),
        (["label-of", "--set", "item"], "NAME=VALUE"),
        (["ASK {}", "--format", "ttl"], "no format ttl"),
        ([TYPES, "--format", "table"], "--format ttl"),
        ([TYPES, "--output", "rows.parquet"], "--format ttl"),
        ([TYPES, "--format", "csv"], "no format csv"),
        (["ASK {}", "--output", "rows.docx"], "does not end in a known format"),
        (["ASK {}", "--format", "docx"], "Invalid value for '--format'"),
        (["ASK {}", "--endpoint", "data.example.org"], "not the address"),
        (["ASK {}", "--endpoint", "http://127.0.0.1:9/sparql", "--snapshot", "current"], "not both"),
    ],
)
def test_wrong_usage_exits_with_2(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told in re.sub(r"\s+", " ", refused(run(small_home, *arguments), 2))
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such-example"], "No example query is called"),
        (["label-of", "--set", "item=nothing"], "No item is called"),
        (["label-of", "--set", "thing=a"], "no parameter 'thing'"),
        (["ASK { ?s a ipg:Practice }"], "begin the query with PREFIX ipg: <https://w3id.org/ipg/ontology#>"),
        (["SELECT ?s { ?s ?p }"], "line 1, column"),
        (["INSERT DATA { <x:y> <x:y> <x:y> }"], "only reads"),
        (["ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], "SERVICE is not allowed"),
        (["ASK {}", "--snapshot", "9.9.9"], "holds no snapshot"),
        (["-"], "The query is empty"),
    ],
)
def test_errors_exit_with_1_and_say_how_to_mend(small_home: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    output = tmp_path / "answer.csv"
    assert told.lower() in refused(run(small_home, *arguments, "--output", output), 1).lower()
    assert not any(tmp_path.iterdir())


def test_a_file_that_is_no_text_is_named(small_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "latin.rq"
    file.write_bytes("ASK { ?s ?p 'é' }".encode("latin-1"))
    assert "byte 13 is not UTF-8" in refused(run(small_home, file), 1)


def test_an_answer_that_cannot_be_written_leaves_what_was_there(small_home: Path, tmp_path: Path) -> None:
    output = tmp_path / "folder" / "rows.csv"
    assert "No such file" in refused(run(small_home, "ASK {}", "--output", output), 1)
    kept = tmp_path / "rows.csv"
    kept.write_text("kept", encoding="utf-8")
    refused(run(small_home, "ASK {", "--output", kept), 1)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["kept"]


# --- How it is answered -----------------------------------------------------------------------------------------------


def test_the_command_line_exits_as_it_should(small_home: Path) -> None:
    assert answered(run_process(small_home, "ASK {}", "--format", "csv")) == "true"
    assert "to mend:" in refused(run_process(small_home, "ASK { ?s a ipg:X }"), 1)
    assert "Usage:" in refused(run_process(small_home), 2)


@pytest.mark.parametrize("word", QUERY_FORMATS)
def test_every_format_is_written_by_its_name_and_by_the_name_of_the_file(small_home: Path, tmp_path: Path, word: str) -> None:
    text = TYPES if word in {"ttl", "nt", "jsonld", "rdf", "trig", "nq"} else LABELS
    file = tmp_path / f"answer.{'txt' if word == 'table' else word}"
    assert answered(run(small_home, text, "--output", file)) == ""
    printed = run(small_home, text, "--format", word)
    assert printed.returncode == 0, printed.stderr
    assert file.read_bytes() == printed.stdout
    assert file.stat().st_size > 0


def test_a_snapshot_answers_as_the_endpoint_over_it_does(small_home: Path) -> None:
    with live_server(small_home / "current") as address:
        for text, word in (
            (LABELS, "csv"),
            (LABELS, "tsv"),
            (LABELS, "xml"),
            (TYPES, "ttl"),
            (TYPES, "rdf"),
            (LABELS, "parquet"),
        ):
            far = run(small_home, text, "--format", word, "--endpoint", f"{address}/sparql").stdout
            near = run(small_home, text, "--format", word).stdout
            if word == "parquet":
                assert pq.read_table(io.BytesIO(far)).equals(pq.read_table(io.BytesIO(near)))
            elif word == "xml":
                assert far.count(b"<result>") == near.count(b"<result>") == 4
            elif word in {"ttl", "rdf"}:
                format_ = RdfFormat.TURTLE if word == "ttl" else RdfFormat.RDF_XML
                assert set(parse(far, format_)) == set(parse(near, format_))
            else:
                assert far == near
        url = f"{address}/sparql"
        assert answered(run(small_home, "label-of", "--set", "item=b", "--format", "csv", "--endpoint", url)) == "l\r\n=1+1\r\n"
        assert f"dataset {VERSION}" in answered(run(small_home, "ASK {}", "--endpoint", url))
        told = refused(run(small_home, "ASK { ?s a ipg:X }", "--endpoint", url), 1)
        assert "begin the query with PREFIX ipg:" in told
        gone = url
    assert "cannot be reached" in refused(run(small_home, "ASK {}", "--endpoint", gone), 1)


BINDINGS = {
    "head": {"vars": ["n", "d", "when", "mixed", "label", "none", "flag"]},
    "results": {
        "bindings": [
            {
                "n": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
                "d": {"type": "literal", "value": "1.50", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
                "when": {"type": "literal", "value": "2026-11-28", "datatype": "http://www.w3.org/2001/XMLSchema#date"},
                "mixed": {"type": "uri", "value": "http://example.org/a"},
                "label": {"type": "literal", "value": "eins", "xml:lang": "de"},
                "flag": {"type": "literal", "value": "true", "datatype": "http://www.w3.org/2001/XMLSchema#boolean"},
            },
            {
                "n": {"type": "literal", "value": "20", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
                "d": {"type": "literal", "value": "200", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
                "mixed": {"type": "literal", "value": "2", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
                "label": {"type": "literal", "value": "one\u001b[31m", "xml:lang": "en"},
            },
        ]
    },
}


def test_columns_of_parquet_are_typed_and_lose_nothing() -> None:
    body = write_parquet(read_table(json.dumps(BINDINGS).encode()), {"query": "SELECT *"})
    table = pq.read_table(io.BytesIO(body))
    assert table.to_pydict() == {
        "n": [1, 20],
        "d": [Decimal("1.50"), Decimal("200.00")],
        "when": [date(2026, 11, 28), None],
        "mixed": ["http://example.org/a", "2"],
        "mixed@type": ["iri", "http://www.w3.org/2001/XMLSchema#integer"],
        "label": ["eins", "one\x1b[31m"],
        "label@language": ["de", "en"],
        "none": [None, None],
        "flag": [True, None],
    }
    assert table.schema.metadata == {b"query": b"SELECT *"}
    assert table.schema.field("n").metadata == {b"type": b"http://www.w3.org/2001/XMLSchema#integer"}
    assert [str(table.schema.field(name).type) for name in ("n", "when", "flag", "none")] == [
        "int64",
        "date32[day]",
        "bool",
        "string",
    ]


@pytest.mark.parametrize(
    ("datatype", "values", "expected"),
    [
        ("integer", ["1", str(2**70)], ["1", str(2**70)]),
        ("date", ["2026-11-28", "2026-11-28Z"], ["2026-11-28", "2026-11-28Z"]),
        ("date", ["-0044-03-15"], ["-0044-03-15"]),
        ("gYear", ["2015"], ["2015"]),
        ("double", ["1.5E0", "-INF"], [1.5, float("-inf")]),
        ("decimal", ["0.1", "12345678901234567890.5"], [Decimal("0.1"), Decimal("12345678901234567890.5")]),
        ("decimal", ["1" * 30, "0." + "1" * 30], ["1" * 30, "0." + "1" * 30]),
        ("unsignedByte", ["0", "255"], [0, 255]),
        ("boolean", ["1", "false"], [True, False]),
        ("boolean", ["yes"], ["yes"]),
    ],
)
def test_a_column_that_does_not_fit_stays_text(datatype: str, values: list[str], expected: list[object]) -> None:
    iri = f"http://www.w3.org/2001/XMLSchema#{datatype}"
    rows = [{"v": {"type": "literal", "value": value, "datatype": iri}} for value in values]
    body = json.dumps({"head": {"vars": ["v"]}, "results": {"bindings": rows}}).encode()
    table = pq.read_table(io.BytesIO(write_parquet(read_table(body), {})))
    assert table.to_pydict() == {"v": expected}
    assert table.schema.field("v").metadata == {b"type": iri.encode()}


def test_a_table_is_whole_and_does_nothing_to_the_terminal() -> None:
    table = read_table(json.dumps(BINDINGS).encode())
    wide = draw_table(table, {"ex": "http://example.org/"}, "1.0", None)
    assert "ex:a" in wide
    assert "eins @de" in wide
    assert "\x1b" not in wide
    assert "one\\u001b[31m @en" in wide
    assert wide.endswith("\n\n2 rows; dataset 1.0\n")
    long = read_table(
        json.dumps(
            {"head": {"vars": ["v"]}, "results": {"bindings": [{"v": {"type": "uri", "value": "http://e.org/" + "x" * 300}}]}}
        ).encode()
    )
    narrow = draw_table(long, {}, None, 40)
    assert narrow.count("x") == 300
    assert max(map(len, narrow.splitlines())) <= 40
    assert narrow.endswith("\n\n1 row\n")
    assert draw_table(read_table(b'{"head":{},"boolean":false}'), {}, None, None).splitlines()[-3].strip() == "false"
    assert "0 rows" in draw_table(read_table(b'{"head":{"vars":["a"]},"results":{"bindings":[]}}'), {}, None, None)


# --- Endpoints elsewhere ----------------------------------------------------------------------------------------------


@contextmanager
def foreign_endpoint(response: bytes) -> Iterator[str]:
    """An endpoint of which only the bytes that it sends are known."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):  # of the listening socket, which is shut down at the end
                while True:
                    connection, _ = listening.accept()
                    with connection:
                        request = b""
                        while b"query=" not in request:
                            request += connection.recv(65536)
                        connection.sendall(response)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def reply(
    body: bytes, media_type: str = JSON.media_type, status: str = "200 OK", *headers: str, length: int | None = None
) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {media_type}",
        f"Content-Length: {length or len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


ROWS = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}}]}}'


PROBLEM = b'{"detail":"Too slow.","mend":"ask less"}'


@pytest.mark.parametrize(
    ("response", "format_", "error", "told"),
    [
        (reply(ROWS, length=500), JSON, EngineLost, "broke off"),
        (reply(ROWS[:-10]), JSON, EngineLost, "not whole"),
        (b"HTTP/1.0 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n" + ROWS[:40], JSON, EngineLost, "whole"),
        (b"HTTP/1.0 200 OK\r\nContent-Type: application/n-triples\r\n\r\n<x:s> <x:p> 1 .", TTL, EngineLost, "whether it"),
        (reply(b"<x:s> <x:p> ", "application/n-triples"), TTL, EngineLost, "not whole"),
        (reply(b"<p>hello</p>", "text/html"), TTL, EngineFailure, "another format"),
        (reply(b"<p>hello</p>", "text/html"), JSON, EngineFailure, "another format"),
        (reply(ROWS, JSON.media_type, "206 Partial Content"), JSON, TimeExceeded, "a part"),
        (reply(ROWS, JSON.media_type, "200 OK", "X-SQL-State: S1TAT", "X-SQL-Message: cut"), JSON, TimeExceeded, "a part"),
        (reply(ROWS, JSON.media_type, "200 OK", "X-SPARQL-MaxRows: 1"), JSON, AnswerTooLarge, "fewer than 1 rows"),
        (reply(b"Parse error\r\n at \x1b[31mline 1", "text/plain", "400 Bad Request"), JSON, QueryRejected, "at .31mline 1"),
        (reply(PROBLEM, "application/problem+json", "504 Gateway Timeout"), JSON, TimeExceeded, "gave up"),
        (reply(b"", "text/plain", "503 Service Unavailable"), JSON, NotReady, "no room"),
        (reply(b"", "text/plain", "301 Moved", "Location: https://example.org/new"), JSON, NotReady, "example.org/new"),
        (b"nonsense", JSON, EngineLost, "broke off"),
    ],
)  # fmt: skip
def test_a_part_of_an_answer_is_an_error(response: bytes, format_: object, error: type[ServiceError], told: str) -> None:
    chosen = TTL if format_ is TTL else JSON
    with foreign_endpoint(response) as url, pytest.raises(error, match=told):
        answer_whole(RemoteEndpoint(url), QueryJob("SELECT ?a {}", chosen, url, url))


def test_a_whole_answer_is_taken_in_any_format_that_shows_its_end() -> None:
    with foreign_endpoint(reply(ROWS)) as url:
        assert answer_whole(RemoteEndpoint(url), QueryJob("SELECT ?a {}", JSON, url, url)) == ROWS
    with foreign_endpoint(reply(b"@prefix x: <x:> . x:s x:p <o> .", "text/turtle; charset=utf-8")) as url:
        body = answer_whole(RemoteEndpoint(url), QueryJob("DESCRIBE <x:s>", TTL, url, url))
        assert b"<x:s> <x:p> <" in body


def test_an_interrupt_ends_a_long_query_and_leaves_no_file(small_home: Path, tmp_path: Path) -> None:
    numbers = " ".join(map(str, range(2000)))
    slow = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} VALUES ?c {{ {numbers} }} }}"
    command = [sys.executable, "-m", "ipg", "query", slow, "--output", str(tmp_path / "rows.csv")]
    environment = clean_environment(IPG_HOME=small_home)
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(4)
        process.send_signal(2)
        assert process.wait(30) in {-2, 130, 1}
    assert not os.listdir(tmp_path)

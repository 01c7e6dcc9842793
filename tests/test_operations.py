"""What operators and browsers see of the service: headers of all answers, figures, lines of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.front import Front, begins_and_never_ends, front, request
from tests.served import VERSION, write_snapshot

LINE = {"time", "route", "method", "status", "seconds", "bytes", "whole", "version"}
ROUTES = ("/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=ASK%7B", "/store", "/healthz", "/readyz", "/metrics", "/none")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File of the log."""
    return tmp_path_factory.mktemp("log") / "access"


@pytest.fixture(scope="module")
def served(log: Path) -> Iterator[Front]:
    """A service that writes a log."""
    with front(write_snapshot(log.parent / "snapshot"), access_log=log, query_seconds=1.5) as running:
        yield running


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "DELETE", "PATCH"])
@pytest.mark.parametrize("route", [*ROUTES, f"/snapshot/{VERSION}/sparql", "/snapshot/9/sparql"])
def test_every_answer_has_the_headers_of_all(served: Front, route: str, method: str) -> None:
    answer = httpx.request(method, served.address + route, timeout=60)
    assert answer.status_code < 500
    wanted = {"x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer"}
    assert wanted.items() <= dict(answer.headers).items()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["IPG-Dataset-Version"] == VERSION
    assert "Server" not in answer.headers
    assert "Access-Control-Allow-Credentials" not in answer.headers
    if method == "HEAD":
        assert not answer.content
    if method == "OPTIONS" and answer.status_code == 204:
        assert "GET" in answer.headers["Allow"]
    if answer.status_code == 405:
        assert answer.headers["Allow"]
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_head_is_get_without_a_body_and_keeps_the_connection_in_step(served: Front) -> None:
    with served.client() as client:
        for route in ROUTES:
            if route == "/metrics":
                continue
            head, get = client.head(route), client.get(route)
            assert (head.status_code, head.content) == (get.status_code, b"")
            assert head.headers.get("Content-Length") == get.headers.get("Content-Length")


def test_the_log_tells_of_no_person_and_no_query(served: Front, log: Path) -> None:
    word_asked = "a-word-of-the-query"
    headers = {"User-Agent": "a-name-of-a-program", "X-Forwarded-For": "192.0.2.7", "Cookie": "a-cookie", "Referer": "http://a/b"}
    httpx.get(f"{served.address}/sparql", params={"query": f"SELECT ('{word_asked}' AS ?x) {{}}"}, headers=headers)
    httpx.get(f"{served.address}/{word_asked}", headers=headers)
    request(served.port, begins_and_never_ends(), Accept="text/csv")
    text = log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) > 3
    assert all(set(line) == LINE for line in lines)
    for word in (word_asked, "127.0.0.1", "192.0.2.7", "a-name-of", "a-cookie", "http://", "SELECT"):
        assert word not in text
    assert any(line["status"] == 200 and not line["whole"] for line in lines)
    figures = httpx.get(f"{served.address}/metrics").text
    assert word_asked not in figures
    assert "127.0.0.1" not in figures


def test_the_figures_are_those_of_prometheus(served: Front) -> None:
    answer = httpx.get(f"{served.address}/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    assert {"ipg_requests", "ipg_request_seconds", "ipg_query_seconds", "ipg_queries_waiting", "ipg_dataset_info"} <= set(
        families
    )
    assert [sample.labels for sample in families["ipg_dataset_info"].samples] == [{"version": VERSION}]
    assert all(family.documentation for family in families.values())

"""A query is answered by following links alone, by a client that nobody here wrote: Comunica."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.npm import install_client

HERE = Path(__file__).parent / "comunica_client"
#: Follows only links from items that a pattern of the query names or has found, not all that a document holds.
FOLLOWS = HERE / "node_modules/@comunica/config-query-sparql-link-traversal/config/config-follow-match-pattern-bound.json"
BASE = "https://w3id.org/ipg/"
PRACTICE = f"{BASE}id/practice/citizen-coin"
QUERY = f"""PREFIX ipg: <{BASE}ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?principle ?title WHERE {{
  <{PRACTICE}> ipg:implementsPrinciple ?principle .
  ?principle skos:prefLabel ?title FILTER (LANG(?title) = "en")
}}"""


@contextmanager
def standing_before(address: str) -> Iterator[str]:
    """A proxy that sends what is asked of w3id.org to a service, as its rule there would, and lets nothing else through."""
    with httpx.Client(follow_redirects=True, timeout=60) as client:

        class Proxy(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = parse_qs(urlsplit(self.path).query)["uri"][0].partition("#")[0]
                wanted = asked.replace(BASE, f"{address}/")
                if not wanted.startswith(f"{address}/"):
                    self.send_error(502)
                    return
                told = client.get(wanted, headers={"Accept": self.headers["Accept"]})
                self.send_response(told.status_code)
                self.send_header("Content-Type", told.headers["content-type"])
                self.send_header("Content-Length", str(len(told.content)))
                self.end_headers()
                self.wfile.write(told.content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/?uri="
            server.shutdown()


@pytest.mark.node
@pytest.mark.thorough
def test_comunica_answers_by_following_links(served: str) -> None:
    command = install_client(HERE) / "comunica-dynamic-sparql-link-traversal"
    with standing_before(served) as proxy:
        result = subprocess.run(
            [command, PRACTICE, "--lenient", "-p", proxy, "-q", QUERY, "-l", "error"],
            env={**os.environ, "COMUNICA_CONFIG": str(FOLLOWS)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert result.returncode == 0, result.stderr
    found = {row["principle"]: row["title"] for row in json.loads(result.stdout)}
    there = httpx.post(f"{served}/sparql", data={"query": QUERY}, headers={"Accept": "application/sparql-results+json"}).json()
    assert found == {row["principle"]["value"]: f'"{row["title"]["value"]}"@en' for row in there["results"]["bindings"]}
    assert len(found) > 1

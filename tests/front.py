"""The service as a process of its own, its workers as the system sees them, and clients that see every byte."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.checkout import clean_environment

__all__ = [
    "ENDLESS",
    "HUNGRY",
    "MILLION",
    "Front",
    "Received",
    "begins_and_never_ends",
    "endless_graph",
    "front",
    "numbers",
    "request",
    "sent_by_hand",
    "wait_until",
]

_PATIENCE = 60.0
_SERVE = (
    "import sys; from pathlib import Path; from query_service.server import serve;"
    "from query_service.settings import ServiceSettings; serve(ServiceSettings(), Path(sys.argv[1]))"
)


def numbers(count: int) -> str:
    """The numbers below this, as the values of a variable."""
    return " ".join(map(str, range(count)))


#: Works without end and finds nothing.
ENDLESS = (
    f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {numbers(500)} }} VALUES ?b {{ {numbers(500)} }} VALUES ?c {{ {numbers(500)} }}"
    f" VALUES ?d {{ {numbers(500)} }} FILTER(?a + ?b + ?c + ?d < 0) }}"
)
#: A million rows, made of nothing.
MILLION = f"SELECT ?a ?b {{ VALUES ?a {{ {numbers(1000)} }} VALUES ?b {{ {numbers(1000)} }} }}"
#: Sorts more than any memory holds.
HUNGRY = (
    f"SELECT ?x {{ VALUES ?a {{ {numbers(800)} }} VALUES ?b {{ {numbers(800)} }} VALUES ?c {{ {numbers(800)} }}"
    ' BIND(CONCAT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", STR(?a + ?b + ?c)) AS ?x) } ORDER BY ?x LIMIT 5000000'
)
_NEVER = f"VALUES ?c {{ {numbers(800)} }} VALUES ?d {{ {numbers(800)} }} VALUES ?e {{ {numbers(800)} }} FILTER(?c + ?d + ?e < 0)"


def begins_and_never_ends(rows: int = 400, *, mark: int = 0) -> str:
    """A query with the square of this many rows at once, which then works without end."""
    squared = f"VALUES ?a {{ {numbers(rows)} }} VALUES ?b {{ {numbers(rows)} }}"
    return f"SELECT ?a ?b {{ {{ {squared} BIND({mark} AS ?mark) }} UNION {{ {_NEVER} }} }}"


def endless_graph(rows: int = 400) -> str:
    """The same as a graph."""
    squared = f"VALUES ?a {{ {numbers(rows)} }} VALUES ?b {{ {numbers(rows)} }}"
    node = 'BIND(IRI(CONCAT("http://example.org/", STR(?a), "/", STR(?b))) AS ?s)'
    return f"CONSTRUCT {{ ?s <http://example.org/p> ?b }} {{ {{ {squared} {node} }} UNION {{ {_NEVER} }} }}"


def wait_until(condition: Callable[[], object], what: str, seconds: float = _PATIENCE) -> None:
    """Wait for a condition."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, f"waited in vain for: {what}"
        sleep(0.02)


@dataclass(frozen=True)
class Front:
    """A running service.

    :ivar port: where it listens.
    :ivar process: the process of the web front.
    """

    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, own_address: str = "127.0.0.1") -> httpx.Client:
        """A client with this address of its own."""
        transport = httpx.HTTPTransport(local_address=own_address)
        return httpx.Client(
            base_url=self.address, transport=transport, timeout=120, headers={"Accept-Encoding": "identity", "Accept": "text/csv"}
        )

    def ask(self, query: str, own_address: str = "127.0.0.1", **headers: str) -> httpx.Response:
        """The answer to a query."""
        with self.client(own_address) as client:
            return client.post("/sparql", data={"query": query}, headers=headers)

    def read_while(self, harm: Callable[[], None], query: str) -> None:
        """Read the answer to a query to its end, and do harm once the first bytes are there."""
        with self.client() as client, client.stream("POST", "/sparql", data={"query": query}) as answer:
            pieces = answer.iter_raw()  # the answer is closed when the pieces are forgotten
            assert next(pieces)
            harm()
            for _ in pieces:
                pass

    def kill_workers(self) -> None:
        """Kill all workers."""
        for worker in self.workers():
            os.kill(worker, signal.SIGKILL)

    def zygotes(self) -> list[int]:
        """Numbers of its zygotes."""
        return _children(self.process.pid)

    def workers(self) -> list[int]:
        """Numbers of its workers, while their zygotes live."""
        return [worker for zygote in self.zygotes() for worker in _children(zygote)]

    def busy_workers(self) -> list[int]:
        """Numbers of the workers that are at work: their processor time grows."""
        before = {worker: _ticks(worker) for worker in self.workers()}
        sleep(0.1)
        return [worker for worker, ticks in before.items() if _ticks(worker) > ticks + 1]

    def figure(self, name: str, **labels: str) -> float:
        """A figure of the service, summed over the labels that are not given."""
        text = httpx.get(f"{self.address}/metrics", timeout=30).text
        samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
        return sum(sample.value for sample in samples if sample.name == name and labels.items() <= sample.labels.items())

    def kilobytes(self) -> int:
        """Memory that the front holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    def spool_files(self) -> int:
        """Files of answers that the front holds open."""
        return sum("(deleted)" in link and "memfd" not in link for link in _links(self.process.pid))


@contextmanager
def front(snapshot: Path, **settings: object) -> Iterator[Front]:
    """Serve a snapshot in a process of its own, and end it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = clean_environment(IPG_PORT=str(port), **{f"IPG_{name.upper()}": str(value) for name, value in settings.items()})
    command = [sys.executable, "-c", _SERVE, str(snapshot)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        served = Front(port, process)
        try:
            wait_until(lambda: process.poll() is not None or _is_ready(served.address), "the service to be ready")
            assert process.poll() is None, process.communicate()[1]
            yield served
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=30)
            process.kill()


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=30).is_success
    except httpx.HTTPError:
        return False


def _stat(number: int) -> list[str] | None:
    """State and what follows of a process (proc(5), stat); none when it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    return None


def _ticks(number: int) -> int:
    """Processor time of a process, in hundredths of a second."""
    stat = _stat(number)
    return int(stat[11]) + int(stat[12]) if stat else 0


def _children(parent: int) -> list[int]:
    numbers_of_all = [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]
    stats = {number: _stat(number) for number in numbers_of_all}
    return [number for number, stat in stats.items() if stat and stat[0] != "Z" and int(stat[1]) == parent]


def _links(number: int) -> Iterator[str]:
    folder = Path(f"/proc/{number}/fd")
    for entry in list(folder.iterdir()):
        with suppress(OSError):
            yield str(entry.readlink())


# What a client sees ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Received:
    """All that came over a connection until it was closed.

    :ivar is_whole: whether the body ended as its framing says it must.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    is_whole: bool


@contextmanager
def sent_by_hand(
    port: int, query: str, *, version: str = "1.1", own_address: str = "127.0.0.1", **headers: str
) -> Iterator[socket.socket]:
    """A connection over which a query was sent, and nothing has been read."""
    body = urlencode({"query": query}).encode()
    given = {"Host": "x", "Connection": "close", "Content-Length": str(len(body)), **headers}
    given["Content-Type"] = "application/x-www-form-urlencoded"
    head = f"POST /sparql HTTP/{version}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in given.items()) + "\r\n"
    with socket.create_connection(("127.0.0.1", port), 120, source_address=(own_address, 0)) as connection:
        connection.sendall(head.encode() + body)
        yield connection


def request(port: int, query: str, *, version: str = "1.1", own_address: str = "127.0.0.1", **headers: str) -> Received:
    """Send a query by hand and read until the connection is closed."""
    with sent_by_hand(port, query, version=version, own_address=own_address, **headers) as connection:
        raw = bytearray()
        with suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                raw += piece
    return _parsed(bytes(raw))


class _Recorded:
    """What was received, as a socket of which it can be read again."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def makefile(self, *_: object) -> object:
        import io  # noqa: PLC0415

        return io.BytesIO(self._raw)


def _parsed(raw: bytes) -> Received:
    head, _, body = raw.partition(b"\r\n\r\n")
    response = HTTPResponse(_Recorded(raw))  # type: ignore[arg-type]
    response.begin()
    headers = {name.lower(): value for name, value in response.getheaders()}
    if headers.get("transfer-encoding") == "chunked":
        return Received(response.status, headers, *_unchunked(body))
    if "content-length" in headers:
        return Received(response.status, headers, body, len(body) == int(headers["content-length"]))
    raise AssertionError(f"nothing tells where the body ends: {head!r}")


def _unchunked(body: bytes) -> tuple[bytes, bool]:
    """The body of chunks (RFC 9112, 7.1), and whether the last chunk came."""
    whole, place = bytearray(), 0
    while (end := body.find(b"\r\n", place)) >= 0:
        size = int(body[place:end], 16)
        if size == 0:
            return bytes(whole), body[end:] == b"\r\n\r\n"
        whole += body[end + 2 : end + 2 + size]
        place = end + 2 + size + 2
    return bytes(whole), False

"""Large answers: read to the end, one at a time or several, with the time to the first byte."""

from __future__ import annotations

import http.client
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from tests.benchmarks.figures import ExportFigures, PairedFigures, ParallelFigures
from tests.benchmarks.load import Load, settle
from tests.benchmarks.mix import Mix
from tests.benchmarks.peers import Peer
from tests.benchmarks.processes import watch_memory

__all__ = ["compare_exports", "measure_export", "measure_parallel"]

_PIECE: Final = 256 * 1024
_FIRST: Final = 64 * 1024
_VARIABLE: Final = re.compile(r"\?([A-Za-z]+_SERIAL)\b")


class _Read(NamedTuple):
    rows: int
    size: int
    seconds: float
    first_byte: float | None
    first_64k: float | None
    failure: str | None


def measure_export(peer: Peer, mix: Mix, kind: str, load: Load, *, limit_seconds: float) -> ExportFigures:
    """One export that the peer has not seen before; given up after some seconds."""
    settle(peer.trees)
    before = sum(tree.cpu_seconds() for tree in peer.trees)
    with watch_memory(peer.trees, peer.front) as peak:
        read = _read(peer, mix, kind, load.serial(), limit_seconds)
    after = sum(tree.cpu_seconds() for tree in peer.trees)
    expected = mix.rules.exports[kind]
    return ExportFigures(
        peer=peer.name,
        kind=kind,
        hot=False,
        rows=read.rows,
        bytes=read.size,
        seconds=round(read.seconds, 3),
        first_byte_ms=_ms(read.first_byte),
        first_64k_ms=_ms(read.first_64k),
        failure=read.failure or (f"{read.rows} rows instead of {expected}" if read.rows != expected else None),
        cpu_seconds=round(after - before, 2),
        peak_bytes=peak.whole,
        front_peak_bytes=peak.front or 0,
    )


def compare_exports(service: Peer, bare: Peer, mix: Mix, kind: str, load: Load, *, hot: bool, pairs: int) -> PairedFigures:
    """The same export from both in turn, several times; hot, the service has answered it before."""
    seconds: dict[str, list[float]] = {service.name: [], bare.name: []}
    serial = load.serial()
    if hot:
        for peer in (service, bare):
            _read(peer, mix, kind, serial, 60)
    for pair in range(pairs):
        for peer in (service, bare) if pair % 2 else (bare, service):
            settle(peer.trees)
            read = _read(peer, mix, kind, serial if hot else serial + 1 + pair, 60)
            seconds[peer.name].append(round(read.seconds, 3))
    ours, theirs = seconds[service.name], seconds[bare.name]
    ratio = round(statistics.median(ours) / statistics.median(theirs), 3)
    return PairedFigures(kind=kind, hot=hot, service_seconds=ours, bare_seconds=theirs, ratio=ratio)


def measure_parallel(service: Peer, mix: Mix, kind: str, load: Load, *, clients: int, limit_seconds: float) -> ParallelFigures:
    """Several different exports at a time, for the memory of the front."""
    settle(service.trees)
    serial, began = load.serial(), time.perf_counter()
    with watch_memory(service.trees, service.front) as peak, ThreadPoolExecutor(clients) as pool:
        reads = list(pool.map(lambda n: _read(service, mix, kind, serial + n, limit_seconds), range(clients)))
    return ParallelFigures(
        kind=kind,
        clients=clients,
        rows=[read.rows for read in reads],
        failures=[read.failure for read in reads if read.failure],
        seconds=round(time.perf_counter() - began, 3),
        front_peak_bytes=peak.front or 0,
        peak_bytes=peak.whole,
    )


def _read(peer: Peer, mix: Mix, kind: str, serial: int, limit_seconds: float) -> _Read:
    query = mix.export(kind)
    found = _VARIABLE.search(query.text)
    assert found is not None, f"{query.template} has no variable with a serial number"
    # Each row names the variable once, and so does the head; in a text the marks would be escaped.
    marker = f'"{found[1].replace("_SERIAL", f"_{serial}")}"'.encode()
    url = urlsplit(peer.url(query.numbered(serial)))
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=limit_seconds)
    began = time.perf_counter()
    first_byte = first_64k = None
    rows, size, rest, failure = -1, 0, b"", None
    try:
        connection.request("GET", f"{url.path}?{url.query}", headers={"Accept": query.accept})
        response = connection.getresponse()
        if response.status != 200:
            failure = f"status {response.status}: {' '.join(response.read(300).decode(errors='replace').split())[:120]}"
        while failure is None and (piece := response.read1(_PIECE)):
            now = time.perf_counter() - began
            first_byte = now if first_byte is None else first_byte
            size += len(piece)
            first_64k = now if first_64k is None and size >= _FIRST else first_64k
            rows += (rest + piece).count(marker)
            rest = piece[-len(marker) + 1 :]
            if now > limit_seconds:
                failure = f"not at its end after {limit_seconds:g} s"
    except TimeoutError:
        failure = f"nothing for {limit_seconds:g} s"
    except (OSError, http.client.HTTPException) as error:
        failure = f"broken off: {type(error).__name__}"
    finally:
        connection.close()
    if failure is None and response.length:
        failure = f"broken off: {response.length} bytes lack"
    return _Read(max(rows, 0), size, time.perf_counter() - began, first_byte, first_64k, failure)


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)

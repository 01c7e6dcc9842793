"""A confined process can answer queries, and can do nothing else."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, Store

from query_service.workers.confinement import confine, limit_cpu

MEMORY = 256 * 1024**2
LINUX = sys.platform == "linux"


def in_child(work: Callable[[], str], *, seconds: float = 20, memory: int = MEMORY, file_bytes: int = 1024**2) -> tuple[int, str]:
    """Run a function in a confined child; gives its end (negative for a signal) and what it returned or raised."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
            faulthandler.disable()
            confine(memory, seconds, file_bytes)
            try:
                said = work()
            except (OSError, RuntimeError, MemoryError) as error:
                said = f"{type(error).__name__}: {error}"
            os.write(writing, said.encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what it was sent by whoever connected."""
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    received.append(connection.recv(1000))

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], received
        stop.set()
        thread.join()


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_service_makes_no_connection(listener: tuple[int, list[bytes]], silent: str) -> None:
    port, received = listener
    text = f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"

    def ask() -> str:
        solutions = Store().query(text)
        assert isinstance(solutions, QuerySolutions)
        return f"rows: {len(list(solutions))}"

    status, said = in_child(ask)
    assert status == 0
    assert said == ("rows: 1" if silent else said)
    assert silent or "Error" in said
    time.sleep(0.3)
    assert received == []
    # The same query from a process that is not confined does connect: the listener would have seen it.
    with pytest.raises((OSError, RuntimeError)):
        list(Store().query(text.replace("SILENT ", "")))  # type: ignore[arg-type]
    assert len(received) == 1


def calls() -> dict[str, Callable[[], object]]:
    return {
        "socket": lambda: socket.socket(socket.AF_INET),
        "local socket": lambda: socket.socket(socket.AF_UNIX),
        "pair of sockets": socket.socketpair,
        "program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
        "signal to another": lambda: os.kill(os.getppid(), 0),
        "symbolic link": lambda: os.symlink("/etc/passwd", Path(tempfile.gettempdir()) / "never"),
        "memory file": lambda: os.memfd_create("x"),
        "process handle": lambda: os.pidfd_open(os.getppid()),
    }


@pytest.mark.parametrize("name", sorted(calls()))
def test_calls_that_no_query_needs_are_refused(name: str) -> None:
    def call() -> str:
        calls()[name]()
        return "done"

    status, said = in_child(call)
    assert status == 0
    assert said.startswith(("PermissionError", "OSError: [Errno 38]"))


def test_no_program_is_run_by_a_library() -> None:
    status, said = in_child(lambda: str(subprocess.run(["/bin/true"], check=False).returncode))
    assert status == 0
    assert said.startswith("PermissionError")


def test_memory_ends_the_child_alone() -> None:
    text = "SELECT (STRLEN(?x40) AS ?n) { BIND('0123456789abcdef' AS ?x0) "
    text += " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(40)) + " }"

    def ask() -> str:
        return str(len(list(Store().query(text))))  # type: ignore[arg-type]

    assert in_child(ask) == (-signal.SIGABRT, "")
    assert in_child(lambda: str(len(bytearray(MEMORY * 2)))) == (0, "MemoryError: ")


def test_the_budget_is_what_is_left_to_take() -> None:
    held = bytearray(MEMORY * 2)  # before the limit: it does not count
    assert in_child(lambda: str(len(bytearray(MEMORY // 2)) + len(held))) == (0, str(MEMORY // 2 + len(held)))


def test_processor_time_ends_the_child_by_a_signal_of_its_own() -> None:
    def spin() -> str:
        while True:
            pass

    assert in_child(spin, seconds=0.5) == (-signal.SIGXCPU, "")


def test_processor_time_is_given_anew() -> None:
    def work() -> str:
        for _ in range(3):
            limit_cpu(1)
        return str(resource.getrlimit(resource.RLIMIT_CPU)[0] <= time.process_time() + 2.5)

    assert in_child(work, seconds=1) == (0, "True")


def test_queries_and_answers_go_on(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.update("INSERT DATA { <urn:s> <urn:p> 1 }")
    store.flush()
    del store
    opened = Store.read_only(str(tmp_path / "store"))
    with (tmp_path / "answer").open("wb") as before:

        def work() -> str:
            result = opened.query("ASK { <urn:s> <urn:p> 1 }")
            assert isinstance(result, QueryBoolean)
            before.write(b"kept")
            before.flush()
            with tempfile.TemporaryFile(dir=tmp_path) as spool:
                spool.write(b"x" * 1000)
            thread = threading.Thread(target=before.write, args=(b" on",))
            thread.start()
            thread.join()
            before.flush()
            return str(bool(result))

        assert in_child(work) == (0, "True")
    assert (tmp_path / "answer").read_bytes() == b"kept on"


def test_a_file_grows_to_its_limit(tmp_path: Path) -> None:
    def write() -> str:
        with (tmp_path / "large").open("wb", buffering=0) as file:
            for _ in range(100):
                file.write(b"x" * 65536)
        return "written"

    status, said = in_child(write, file_bytes=100_000)
    assert status == 0
    assert said.startswith("OSError: [Errno 27]")
    assert (tmp_path / "large").stat().st_size == 100_000


def test_threads_that_run_already_are_confined_too() -> None:
    reading, writing = os.pipe()
    told: list[str] = []

    def connect() -> None:
        os.read(reading, 1)
        try:
            socket.socket()
        except PermissionError:
            told.append("refused")

    if (child := os.fork()) == 0:
        thread = threading.Thread(target=connect)
        thread.start()
        confine(MEMORY, 20, 1000)
        os.write(writing, b"x")
        thread.join()
        os._exit(0 if told == ["refused"] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_forked_child_of_the_child_is_confined_too() -> None:
    def fork() -> str:
        if os.fork() == 0:
            try:
                socket.socket()
            except PermissionError:
                os._exit(7)
            os._exit(0)
        return str(os.waitstatus_to_exitcode(os.wait()[1]))

    assert in_child(fork) == (0, "7")


def test_what_is_in_force_is_told() -> None:
    state = in_child(lambda: str(confine(MEMORY, 5, 1000)))
    assert state == (0, f"Confinement(memory={LINUX}, cpu=True, filter={LINUX})")

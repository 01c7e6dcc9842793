"""What the front and its workers say to one another arrives as it was sent, however long it is."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_service.errors import EngineFailure, ServiceError, TimeExceeded
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS
from query_service.workers import wire

TEXTS = st.text()
NUMBERS = st.none() | st.integers(min_value=0)
JOBS = st.builds(
    QueryJob,
    query=TEXTS,
    format=st.sampled_from(FORMATS),
    base=TEXTS,
    link=TEXTS,
    default_graphs=st.lists(TEXTS).map(tuple),
    named_graphs=st.lists(TEXTS).map(tuple),
    max_rows=NUMBERS,
)


@contextmanager
def conversation() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = wire.pair_of_sockets()
    with closing(ours), closing(theirs):
        yield ours, theirs


def kinds_of(kind: type[ServiceError]) -> list[type[ServiceError]]:
    return [kind, *(one for below in kind.__subclasses__() for one in kinds_of(below))]


@given(JOBS)
def test_a_job_arrives_as_it_was_sent(job: QueryJob) -> None:
    with conversation() as (front, worker):
        wire.send_job(front, job)
        assert wire.receive_job(worker) == job


@pytest.mark.parametrize("length", [wire.LONGEST_PACKET - 400, wire.LONGEST_PACKET, 10 * wire.LONGEST_PACKET])
def test_a_job_longer_than_a_packet_arrives_whole(length: int) -> None:
    job = QueryJob("ASK {} #" + "é" * (length // 6), FORMATS[0], "https://example.org/", "")
    with conversation() as (front, worker):
        wire.send_job(front, job)
        assert wire.receive_job(worker) == job


def test_sending_a_long_job_leaves_no_file_open() -> None:
    job = QueryJob("x" * wire.LONGEST_PACKET, FORMATS[0], "", "")
    with conversation() as (front, worker):
        before = len(os.listdir("/proc/self/fd"))
        wire.send_job(front, job)
        wire.receive_job(worker)
        assert len(os.listdir("/proc/self/fd")) == before


@given(
    st.sampled_from(kinds_of(ServiceError)),
    TEXTS,
    st.fixed_dictionaries({"found": TEXTS, "expected": TEXTS, "mend": TEXTS, "line": NUMBERS, "column": NUMBERS}),
    NUMBERS,
)
def test_an_error_keeps_its_kind_and_all_that_it_tells(
    kind: type[ServiceError], detail: str, told: dict[str, object], retry_after: int | None
) -> None:
    error = kind(detail, retry_after=retry_after, **told)  # type: ignore[arg-type]
    with conversation() as (front, worker):
        wire.send_error(worker, error)
        outcome = wire.receive_outcome(front)
    assert outcome is not None
    assert outcome.kind == "error"
    assert type(outcome.error) is kind
    assert vars(outcome.error) == vars(error)


@pytest.mark.parametrize("name", ["OSError", "problem_of", "no such name", "__builtins__"])
def test_an_error_that_is_none_of_ours_is_a_failure_of_the_engine(name: str) -> None:
    told = wire.encode_error(TimeExceeded("late")) | {"class": name}
    assert type(wire.decode_error(told)) is EngineFailure


@given(st.binary(max_size=4096))
def test_a_whole_answer_arrives_as_it_was_sent(body: bytes) -> None:
    with conversation() as (front, worker):
        wire.send_whole(worker, body)
        assert wire.receive_outcome(front) == wire.Outcome("whole", body=body)


def test_an_answer_in_a_file_is_handed_over_with_its_first_progress() -> None:
    file = os.memfd_create("answer")
    os.write(file, b"a,b\r\n")
    with conversation() as (front, worker):
        wire.send_progress(worker, 3, file)
        wire.send_progress(worker, 5, None)
        wire.send_done(worker, 5)
        first, second, last = (wire.receive_outcome(front) for _ in range(3))
    os.close(file)
    assert first is not None
    assert first.file is not None
    assert os.pread(first.file, 10, 0) == b"a,b\r\n"
    os.close(first.file)
    assert (first.kind, first.written) == ("progress", 3)
    assert second == wire.Outcome("progress", written=5)
    assert last == wire.Outcome("done", written=5)


def test_the_end_of_a_conversation_is_told_as_nothing() -> None:
    front, worker = wire.pair_of_sockets()
    front.close()
    assert wire.receive_job(worker) is None
    worker.close()
    front, worker = wire.pair_of_sockets()
    worker.close()
    assert wire.receive_outcome(front) is None
    assert wire.receive_message(front) is None
    front.close()


def test_descriptors_come_with_the_message_that_they_belong_to() -> None:
    with conversation() as (front, zygote), open(os.devnull, "rb") as one:
        wire.send_message(zygote, {"born": 7}, [one.fileno()])
        wire.send_message(zygote, {"exited": 7, "status": -9})
        born, exited = wire.receive_message(front), wire.receive_message(front)
        assert born is not None
        assert born[0] == {"born": 7}
        (received,) = born[1]
        assert os.path.sameopenfile(received, one.fileno())
        os.close(received)
    assert exited == ({"exited": 7, "status": -9}, [])

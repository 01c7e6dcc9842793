"""The engine over the built snapshot."""

from __future__ import annotations

from io import BytesIO

import pytest

from query_service.engine import open_engine
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS
from query_service.snapshot import Snapshot
from tests.served import BASE


@pytest.mark.parametrize("in_memory", [True, False])
def test_another_start_gives_the_same_bytes(built: Snapshot, *, in_memory: bool) -> None:
    """Labels of blank nodes too: an entity tag outlives the process that gave it, and names these very bytes."""
    format_ = next(format_ for format_ in FORMATS if format_.key == "csv")
    job = QueryJob("SELECT * { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) } ORDER BY ?s ?p ?o", format_, BASE, "")

    def answer() -> bytes:
        written = BytesIO()
        open_engine(built, show_private=False, in_memory=in_memory).answer(job, written)
        return written.getvalue()

    first = answer()
    assert first.count(b"_:") > 100
    assert answer() == first

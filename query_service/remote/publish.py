"""Load a snapshot into another engine, so that a reader finds the old version or the new one, or is told to wait.

Everything new is loaded beside what is there and read back before anything changes. Then the graph that names the
version goes, the graphs are exchanged, and the graph that names the version comes last; over an engine that carries
out one update request whole or not at all, all of that is one step. Where only a graph store can be written to, the
graphs are written one after the other between the same two steps. A run that was broken off is run again: what has
arrived already is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from query_service.errors import EngineFailure, StartError
from query_service.remote.contents import GraphContent, read_contents
from query_service.remote.http import HttpClient
from query_service.remote.target import Addresses, Target
from query_service.snapshot import Snapshot

__all__ = ["Progress", "PublishedGraph", "publish"]

_EXAMPLES_SHOWN = 3


class Progress(Protocol):
    """Is told of each step."""

    def step(self, name: str) -> AbstractContextManager[None]:
        """Show a step while it runs."""


@dataclass(frozen=True)
class PublishedGraph:
    """A graph as the engine gave it back after it was published.

    :param iri: its name.
    :param triples: how many it has.
    :param sha256: of its canonical N-Triples in the snapshot.
    :param rewritten: triples in which the engine writes a number or a boolean in another way, the value being the same.
    :param loaded: whether it was loaded now; if not, the engine held it already.
    """

    iri: str
    triples: int
    sha256: str
    rewritten: int
    loaded: bool


def publish(
    snapshot: Snapshot, addresses: Addresses, progress: Progress, *, user: str | None = None, password: str | None = None
) -> list[PublishedGraph]:
    """Load a snapshot into an engine and read it back; graphs that are not public stay here.

    :param progress: is told of each step.
    :param user: name for an engine that asks for one.
    :raises StartError: when the snapshot cannot be published, or no address lets one write.
    :raises ServiceError: when the engine cannot be reached or fails.
    :raises EngineFailure: when it does not hold afterwards what was sent.
    """
    if addresses.update is None and addresses.store is None:
        raise StartError("there is no address to write to", mend="name --graph-store, --update-url or both")
    client = HttpClient(user, password)
    try:
        return _publish(snapshot, Target(addresses, client), progress)
    finally:
        client.close()


def _publish(snapshot: Snapshot, target: Target, progress: Progress) -> list[PublishedGraph]:
    base = snapshot.manifest.base
    with progress.step("Read the snapshot"):
        contents = read_contents(snapshot)
    with progress.step("Compare with what is there"):
        there = target.graphs()
        missing = [content for content in contents if not _is_there(target, content, there)]
        wanted = {content.iri for content in contents}
        stale = [iri for iri in sorted(there) if iri.startswith(f"{base}graph/") and iri not in wanted]
    if missing or stale:
        # What names the version goes first and comes last, whatever else changes.
        last = contents[-1]
        missing = [content for content in missing if content.iri != last.iri]
        if target.can_update:
            _exchange(target, missing, last, stale, snapshot, progress)
        else:
            _overwrite(target, missing, last, stale, progress)
        missing.append(last)
    with progress.step("Read back what was published"):
        loaded = {content.iri for content in missing}
        return [_verify(target, content, loaded=content.iri in loaded) for content in contents]


def _is_there(target: Target, content: GraphContent, there: dict[str, int]) -> bool:
    return there.get(content.iri) == len(content.triples) and target.read(content.iri).values == content.values


def _load(target: Target, content: GraphContent, progress: Progress) -> None:
    with progress.step(f"Load {len(content.triples)} triples of {content.iri.partition('/graph/')[2]}"):
        target.put(content)
        _verify(target, content, loaded=True)


def _exchange(
    target: Target, missing: list[GraphContent], last: GraphContent, stale: list[str], snapshot: Snapshot, progress: Progress
) -> None:
    finals = [*missing, last]
    staged = [GraphContent(f"{content.iri}/staging-{snapshot.version}", content.triples) for content in finals]
    there = target.graphs()
    for content in staged:
        if not _is_there(target, content, there):
            _load(target, content, progress)
    with progress.step("Exchange the graphs"):
        names = {content.iri for content in staged}
        drops = [f"DROP SILENT GRAPH <{iri}>" for iri in stale if iri not in names]
        moves = [f"MOVE GRAPH <{new.iri}> TO GRAPH <{old.iri}>" for new, old in zip(staged, finals, strict=True)]
        target.update([f"DROP SILENT GRAPH <{last.iri}>", *drops, *moves])


def _overwrite(target: Target, missing: list[GraphContent], last: GraphContent, stale: list[str], progress: Progress) -> None:
    with progress.step("Take the version away, so that nobody reads what is half there"):
        target.delete([last.iri])
    for content in missing:
        _load(target, content, progress)
    with progress.step("Remove what is no part of this version, and put the version back"):
        target.delete(stale)
        target.put(last)


def _verify(target: Target, content: GraphContent, *, loaded: bool) -> PublishedGraph:
    """Compare what the engine holds with what was sent.

    :raises EngineFailure: when that differs by more than how a number or a boolean is written.
    """
    found = target.read(content.iri)
    if found.sha256 != content.sha256 and found.values != content.values:
        raise EngineFailure(
            f"The engine does not hold <{content.iri}> as it was sent.",
            found=f"{len(found.triples)} triples; {'; '.join(_examples(found, content))}",
            expected=f"{len(content.triples)} triples with SHA-256 {content.sha256}",
            mend="run the command again; if the same triples differ, this engine changes what it is given",
        )
    rewritten = len({*content.lines} - {*found.lines})
    return PublishedGraph(content.iri, len(found.triples), content.sha256, rewritten, loaded)


def _examples(found: GraphContent, content: GraphContent) -> Iterator[str]:
    for what, some in (("missing", content.values - found.values), ("too many", found.values - content.values)):
        for triple in sorted(map(str, some))[:_EXAMPLES_SHOWN]:
            yield f"{what}: {triple}"

"""The ledger of releases, read into what stream and feed need: the members of each page, packed, and what left the graph.

``ipg publish`` writes the ledger (``data/releases``); here it is read as plain files. A page holds every statement of
its members, so that none has to be put together from several releases when it is asked for.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pyoxigraph import Literal as Text
from pyoxigraph import RdfFormat, parse

from query_service.errors import LedgerUnusable

__all__ = ["Change", "Departure", "Event", "History", "Member", "Release", "ReleaseRecord", "Withdrawal", "read_history"]

#: What a release does to an item.
Change = Literal["added", "changed", "removed"]

_RECORD: Final = "release.json"
_CHANGES: Final = "items.jsonl.gz"
_MEND: Final = "restore data/releases from the repository"
#: What an item is called, the best first.
_LABELS: Final = (
    "<http://www.w3.org/2004/02/skos/core#prefLabel>",
    "<http://www.w3.org/2000/01/rdf-schema#label>",
    "<http://purl.org/dc/terms/title>",
    "<http://xmlns.com/foaf/0.1/name>",
)


class Withdrawal(BaseModel):
    """That a version is no longer published, since when and why."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    on: datetime
    reason: str


class ReleaseRecord(BaseModel):
    """The part of a record of the ledger that the service needs.

    :ivar number: counted from 1.
    :ivar note: why there is this release.
    :ivar base: base of the IRIs in its statements.
    :ivar page_size: members on a page.
    :ivar counts: number of items added, changed and removed.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int = Field(ge=1)
    version: str
    published: datetime
    note: str
    base: str
    page_size: int = Field(ge=1)
    counts: dict[Change, int]
    items: int
    statements: int
    sha256: str
    withdrawn: Withdrawal | None = None


class Event(NamedTuple):
    """A change of an item.

    :param title: what it is called, or was; empty where nothing says.
    """

    item: str
    change: Change
    reason: str
    title: str


class Member(NamedTuple):
    """A version of an item, as the stream tells it.

    :param lines: all its statements in N-Quads; none when it was removed.
    """

    item: str
    change: Change
    reason: str
    lines: tuple[str, ...]


class Departure(NamedTuple):
    """An item that left the graph.

    :param version: the first without it.
    :param published: when that was.
    """

    item: str
    title: str
    version: str
    published: datetime
    reason: str


class Release(NamedTuple):
    """A release with its events and its pages of members, which are packed."""

    record: ReleaseRecord
    events: tuple[Event, ...]
    pages: tuple[bytes, ...]

    def members(self, page: int) -> list[Member]:
        """Members of a page, counted from 1."""
        return [
            Member(item, change, reason, tuple(lines))
            for item, change, reason, lines in json.loads(zlib.decompress(self.pages[page - 1]))
        ]


class History(NamedTuple):
    """All releases, the first first, and the items that are in none of the last."""

    releases: tuple[Release, ...] = ()
    departures: Mapping[str, Departure] = {}

    def of_version(self, version: str) -> Release | None:
        """The last release of a version."""
        return next((release for release in reversed(self.releases) if release.record.version == version), None)


class _State:
    """Items and their titles while releases are read, each upon the one before."""

    def __init__(self) -> None:
        self.lines: dict[str, frozenset[str]] = {}
        self.titles: dict[str, str] = {}
        self.departures: dict[str, Departure] = {}

    def apply(self, record: ReleaseRecord, entry: Mapping[str, Any]) -> tuple[Event, Member]:
        item: str = entry["item"]
        before, came, gone = self.lines.get(item, frozenset()), entry.get("came", ()), entry.get("gone", ())
        if not before.issuperset(gone) or not before.isdisjoint(came):
            raise LedgerUnusable(f"release {record.number} does not follow on the one before", found=item, mend=_MEND)
        after = (before - frozenset(gone)) | frozenset(came)
        change: Change = entry["change"]
        reason = entry.get("reason") or record.note
        title = _find_title(after) or self.titles.get(item, "")
        if after:
            self.lines[item], self.titles[item] = after, title
            self.departures.pop(item, None)
        else:
            self.lines.pop(item, None)
            self.departures[item] = Departure(item, title, record.version, record.published, reason)
        return Event(item, change, reason, title), Member(item, change, reason, tuple(sorted(after)))


def read_history(folder: Path | None) -> History:
    """Read the ledger; a folder that is not there holds no release.

    :raises LedgerUnusable: when it cannot be read, or does not fit together.
    """
    state = _State()
    folders = sorted(folder.glob("[0-9]*/")) if folder else []
    return History(tuple(_read_release(path, number, state) for number, path in enumerate(folders, 1)), state.departures)


def _read_release(folder: Path, number: int, state: _State) -> Release:
    try:
        record = ReleaseRecord.model_validate_json((folder / _RECORD).read_text(encoding="utf-8"))
        lines = gzip.decompress((folder / _CHANGES).read_bytes()).decode().split("\n")
        if record.number != number:
            raise LedgerUnusable(f"release {number} is missing", found=str(folder), mend=_MEND)
        told = [state.apply(record, json.loads(line)) for line in lines if line]
    except (OSError, EOFError, KeyError, TypeError, ValueError, ValidationError) as error:
        raise LedgerUnusable(f"{folder} cannot be read", found=f"{error}", mend=_MEND) from None
    members = [member for _, member in told]
    return Release(record, tuple(event for event, _ in told), tuple(_pack(members, record.page_size)))


def _pack(members: list[Member], size: int) -> Iterator[bytes]:
    """Members by pages; a release that changes nothing but its version has a page without any."""
    for start in range(0, max(len(members), 1), size):
        yield zlib.compress(json.dumps(members[start : start + size], ensure_ascii=False).encode(), 1)


def _find_title(lines: Collection[str]) -> str:
    """What an item is called: in English where there is such a title, else without a language, else in any."""
    found: list[tuple[int, int, str]] = []
    for line, rank in _labels(lines):
        (quad,) = parse(line.encode(), format=RdfFormat.N_QUADS)
        if isinstance(quad.object, Text):
            found.append(({"en": 0, None: 1}.get(quad.object.language, 2), rank, quad.object.value))
    return min(found)[2] if found else ""


def _labels(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        predicate = line.split(" ", 2)[1]
        if predicate in _LABELS:
            yield line, _LABELS.index(predicate)

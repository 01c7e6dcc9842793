"""The page of releases for people: what each added, changed and removed, and why; the same as the feed says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from pydantic import BaseModel, ConfigDict, Field

from query_service.pages import Site, render_page
from query_service.releases.feed import CHANGES, MOST_NAMED, kind_of
from query_service.releases.history import Change, Event, History, Release
from query_service.urls import Urls

__all__ = ["ReleasePart", "ReleasesPage", "release_part", "render_releases_page"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NamedChange(_Record):
    """An item that a release changed."""

    title: str = Field(description="what it is called")
    url: str = Field(description="its page; empty where there is none here")
    reason: str = Field(description="why, where that is not why there is the release")


class ChangePart(_Record):
    """What a release does in one way."""

    change: Change = Field(description="added, changed or removed")
    count: int = Field(description="items")
    kinds: tuple[tuple[str, int], ...] = Field(description="kinds of these items with their numbers")
    named: tuple[NamedChange, ...] = Field(description="those of them with a name, our own first")
    more: int = Field(description="items with a name that are not among these")


class ReleasePart(_Record):
    """A release."""

    number: int = Field(description="counted from 1")
    version: str = Field(description="version of the dataset")
    day: str = Field(description="when it was published")
    note: str = Field(description="why there is it")
    withdrawn: str = Field(description="why it was taken back; empty where it was not")
    url: str = Field(description="what is said of the version")
    counts: dict[Change, int] = Field(description="items added, changed and removed")
    items: int = Field(description="items that the version has")
    changes: tuple[ChangePart, ...] = Field(description="what it does")


class ReleasesPage(_Record):
    """Context of ``releases.html``."""

    site: Site = Field(description="what all pages have in common")
    releases: tuple[ReleasePart, ...] = Field(description="releases, the last first")


def render_releases_page(history: History, urls: Urls, site: Site, items: Collection[str]) -> bytes:
    """Write the page.

    :param items: IRIs of what has a page.
    """
    parts = tuple(release_part(release, urls, items) for release in reversed(history.releases))
    return render_page("releases.html", ReleasesPage(site=site, releases=parts))


def release_part(release: Release, urls: Urls, items: Collection[str]) -> ReleasePart:
    """What is told of a release; parameters as :func:`render_releases_page`."""
    record = release.record
    return ReleasePart(
        number=record.number,
        version=record.version,
        day=record.published.date().isoformat(),
        note=record.note,
        withdrawn=record.withdrawn.reason if record.withdrawn else "",
        url=urls.at(f"snapshot/{record.version}"),
        counts=record.counts,
        items=record.items,
        changes=tuple(_changes(release, urls, items)),
    )


def _changes(release: Release, urls: Urls, items: Collection[str]) -> Iterator[ChangePart]:
    shipped = release.record.base
    for change in CHANGES:
        events = [event for event in release.events if event.change == change]
        if not events:
            continue
        named = sorted((event for event in events if event.title), key=lambda event: not event.item.startswith(shipped))
        yield ChangePart(
            change=change,
            count=len(events),
            kinds=tuple(sorted(Counter(kind_of(event, shipped) for event in events).items())),
            named=tuple(_named(event, release, urls, items) for event in named[:MOST_NAMED]),
            more=max(0, len(named) - MOST_NAMED),
        )


def _named(event: Event, release: Release, urls: Urls, items: Collection[str]) -> NamedChange:
    shipped = release.record.base
    iri = urls.base + event.item.removeprefix(shipped) if event.item.startswith(shipped) else event.item
    reason = event.reason if event.reason != release.record.note else ""
    return NamedChange(title=event.title, url=urls.page(iri) if iri.partition("#")[0] in items else "", reason=reason)

"""The feed of releases for people (Atom, RFC 4287): what each added, changed and removed, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Final
from xml.etree import ElementTree as ET

from query_service.releases.history import Change, Event, History, Release

__all__ = ["CHANGES", "FEED_TYPE", "MOST_NAMED", "kind_of", "render_feed"]

FEED_TYPE: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
#: Most items told one by one, of each change; all of them stand in the event stream.
MOST_NAMED: Final = 100
#: In the order in which they are told.
CHANGES: Final[tuple[Change, ...]] = ("removed", "changed", "added")


def render_feed(history: History, address: str, base: str) -> bytes:
    """Write the feed, the last release first.

    :param history: at least one release.
    :param address: absolute URL before every route.
    :param base: base of the IRIs in the snapshot in service.
    """
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", f"{base}feed.atom")
    _add(feed, "title", "Integration Policy Graph: releases")
    _add(feed, "subtitle", "What each release added, changed and removed, and why")
    _add(feed, "updated", max(_updated(release) for release in history.releases))
    _add(ET.SubElement(feed, "author"), "name", "Integration Policy Graph")
    ET.SubElement(feed, "link", {"rel": "self", "type": FEED_TYPE, "href": f"{address}/feed.atom"})
    ET.SubElement(feed, "link", {"rel": "alternate", "href": f"{address}/ldes"})
    ET.SubElement(feed, "link", {"rel": "license", "href": _LICENCE})
    for release in reversed(history.releases):
        _add_entry(feed, release, address, base)
    ET.indent(feed, " ")
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _add_entry(feed: ET.Element, release: Release, address: str, base: str) -> None:
    record = release.record
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", f"{base}ldes/{record.number}/1")
    counts = ", ".join(f"{record.counts.get(change, 0)} {change}" for change in reversed(CHANGES))
    withdrawn = " (withdrawn)" if record.withdrawn else ""
    _add(entry, "title", f"Release {record.number}, version {record.version}{withdrawn}: items {counts}")
    _add(entry, "published", _time(release))
    _add(entry, "updated", _updated(release))
    _add(entry, "summary", record.note)
    ET.SubElement(entry, "link", {"rel": "alternate", "href": f"{address}/snapshot/{record.version}"})
    ET.SubElement(entry, "link", {"rel": "related", "href": f"{address}/ldes/{record.number}/1"})
    content = _add(entry, "content", "\n".join(_content(release, base)))
    content.set("type", "html")


def _content(release: Release, base: str) -> Iterator[str]:
    record = release.record
    if record.withdrawn:
        yield f"<p>Withdrawn on {record.withdrawn.on.date().isoformat()}: {escape(record.withdrawn.reason)}</p>"
    yield f"<p>{escape(record.note)}</p>"
    for change in CHANGES:
        events = [event for event in release.events if event.change == change]
        if not events:
            continue
        kinds = Counter(kind_of(event, record.base) for event in events)
        yield f"<h2>{change.capitalize()}: {len(events)}</h2>"
        yield f"<p>{escape(', '.join(f'{number} {kind}' for kind, number in sorted(kinds.items())))}</p>"
        named = [event for event in events if event.title]
        named.sort(key=lambda event: not event.item.startswith(record.base))  # our own first
        yield "<ul>"
        yield from (_line(event, release, base) for event in named[:MOST_NAMED])
        yield "</ul>"
        if len(named) > MOST_NAMED:
            yield f"<p>and {len(named) - MOST_NAMED} more with a name</p>"


def _line(event: Event, release: Release, base: str) -> str:
    shipped, note = release.record.base, release.record.note
    iri = base + event.item.removeprefix(shipped) if event.item.startswith(shipped) else event.item
    reason = f": {escape(event.reason)}" if event.reason != note else ""
    return f'<li><a href="{escape(iri)}">{escape(event.title)}</a>{reason}</li>'


def kind_of(event: Event, shipped: str) -> str:
    """The kind of an item, as the path of its IRI says it."""
    if not event.item.startswith(shipped):
        return "outside term"
    parts = event.item.removeprefix(shipped).split("/")
    return parts[1].replace("-", " ") if parts[0] == "id" and len(parts) > 1 else parts[0].partition("#")[0]


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    # What XML cannot carry is no part of a title or a reason (https://www.w3.org/TR/xml/#charsets).
    element.text = "".join(character for character in text if character in "\t\n" or character >= " ")
    return element


def _time(release: Release) -> str:
    return release.record.published.strftime("%Y-%m-%dT%H:%M:%SZ")


def _updated(release: Release) -> str:
    withdrawn = release.record.withdrawn
    return max(_time(release), withdrawn.on.strftime("%Y-%m-%dT%H:%M:%SZ")) if withdrawn else _time(release)

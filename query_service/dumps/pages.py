"""What is said of a version and of its dumps: the same content as a page for people and as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.dumps.listing import DumpEntry
from query_service.dumps.records import CHECKSUMS, INDEX
from query_service.pages import Site, render_page
from query_service.releases.history import Release
from query_service.snapshot import Snapshot

__all__ = [
    "DumpsPage",
    "VersionPage",
    "describe_dumps",
    "describe_version",
    "latest_name",
    "render_dumps_page",
    "render_json",
    "render_version_page",
]

_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
#: Kinds of files, in the order of the page.
_FAMILIES: Final = ("rdf", "tables", "networks", "sssom")
_FORMAT: Final = re.compile(r"(.+) \(([^()]+)\)")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FilePart(_Record):
    """Files that hold the same in several formats."""

    title: str = Field(description="what they hold, in English")
    files: tuple[dict[str, Any], ...] = Field(description="the files, with the name of the format of each")


class FamilyPart(_Record):
    """Files of one kind."""

    name: str = Field(description="rdf, tables, networks or sssom")
    count: int = Field(description="files")
    parts: tuple[FilePart, ...] = Field(description="what they hold")


class DumpsPage(_Record):
    """Context of ``dumps.html``."""

    site: Site = Field(description="what all pages have in common")
    dumps: dict[str, Any] = Field(description="what the list says, as its JSON does")
    families: tuple[FamilyPart, ...] = Field(description="kinds of files")


class VersionPage(_Record):
    """Context of ``version.html``."""

    site: Site = Field(description="what all pages have in common")
    about: dict[str, Any] = Field(description="what is said of the version, as its JSON does")


def latest_name(name: str, version: str) -> str:
    """Name of a file without its version, by which the newest is always found."""
    return name.replace(f"-{version}", "", 1)


def describe_dumps(snapshot: Snapshot, entries: Mapping[str, DumpEntry], folder: str, address: str) -> dict[str, Any]:
    """What the list of dumps says.

    :param folder: absolute URL of the files.
    :param address: absolute URL before every route.
    """
    return {
        "version": snapshot.version,
        "about": f"{address}/snapshot/{snapshot.version}",
        "licence": _LICENCE,
        "checksums": f"{folder}/{CHECKSUMS}",
        "index": f"{folder}/{INDEX}",
        "files": [
            {
                "name": entry.name,
                "title": entry.title,
                "family": entry.family,
                "media_type": entry.media_type,
                "compressed": entry.compressed,
                "bytes": entry.size,
                "sha256": entry.sha256,
                "url": f"{folder}/{entry.name}",
                "latest": f"{address}/dumps/latest/{latest_name(entry.name, snapshot.version)}",
            }
            for entry in entries.values()
        ],
    }


def describe_version(
    version: str, snapshot: Snapshot | None, release: Release | None, address: str, *, in_service: bool
) -> dict[str, Any]:
    """What is said of a version.

    :param snapshot: its snapshot; none where it is not held here.
    :param release: its release; none while it is not published.
    """
    here = f"{address}/snapshot/{version}"
    about: dict[str, Any] = {"version": version, "in_service": in_service, "held": snapshot is not None, "licence": _LICENCE}
    if release:
        record = release.record
        about["release"] = {
            "number": record.number,
            "published": record.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "note": record.note,
            "items": record.items,
            **record.counts,
            "statements": record.statements,
            "sha256_of_canonical_nquads": record.sha256,
            "events": f"{address}/ldes/{record.number}/1",
        }
    if snapshot:
        about |= {"sparql": f"{here}/sparql", "dumps": f"{here}/dumps/"}
        about["graphs"] = {graph.iri: graph.triples for graph in snapshot.manifest.graphs.values() if graph.public}
    return about


def render_json(content: Mapping[str, Any]) -> bytes:
    """Write what is said as JSON."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def render_dumps_page(content: Mapping[str, Any], site: Site) -> bytes:
    """Write the list of dumps as a page."""
    by_family = {family: [file for file in content["files"] if file["family"] == family] for family in _FAMILIES}
    families = tuple(FamilyPart(name=name, count=len(files), parts=_parts(files)) for name, files in by_family.items() if files)
    return render_page("dumps.html", DumpsPage(site=site, dumps=dict(content), families=families))


def _parts(files: Sequence[Mapping[str, Any]]) -> tuple[FilePart, ...]:
    """Files by what they hold: their titles without the format in brackets at the end."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        told = _FORMAT.fullmatch(file["title"])
        title, name = (told[1], told[2]) if told else (file["title"], file["name"].rpartition(".")[2].upper())
        found.setdefault(title, []).append({**file, "format": name})
    return tuple(FilePart(title=title, files=tuple(some)) for title, some in found.items())


def render_version_page(content: Mapping[str, Any], site: Site) -> bytes:
    """Write what is said of a version as a page."""
    return render_page("version.html", VersionPage(site=site, about=dict(content)))

"""What is said of a version and of its dumps: the same content as a page for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Any, Final

from query_service.dumps.listing import DumpEntry
from query_service.dumps.records import CHECKSUMS, INDEX
from query_service.releases.history import Release
from query_service.snapshot import Snapshot

__all__ = ["describe_dumps", "describe_version", "latest_name", "render_dumps_page", "render_json", "render_version_page"]

_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title - Integration Policy Graph</title>
</head>
<body>
<main>
<h1>$title</h1>
$content
</main>
</body>
</html>
""")
_FAMILIES: Final = {
    "rdf": "RDF",
    "tables": "Tables",
    "networks": "Networks",
    "sssom": "Mapping set",
}


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


def describe_version(snapshot: Snapshot, release: Release | None, address: str, *, in_service: bool) -> dict[str, Any]:
    """What is said of a version that is held here.

    :param release: its release; none while it is not published.
    """
    here = f"{address}/snapshot/{snapshot.version}"
    about: dict[str, Any] = {"version": snapshot.version, "in_service": in_service, "licence": _LICENCE}
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
    about |= {"sparql": f"{here}/sparql", "dumps": f"{here}/dumps/"}
    about["graphs"] = {graph.iri: graph.triples for graph in snapshot.manifest.graphs.values() if graph.public}
    return about


def render_json(content: Mapping[str, Any]) -> bytes:
    """Write what is said as JSON."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def render_dumps_page(content: Mapping[str, Any]) -> bytes:
    """Write the list of dumps as a page."""
    version = f'<a href="{escape(content["about"])}"><code>{escape(content["version"])}</code></a>'
    parts = [
        f'<p>Files of version {version}, under <a rel="license" href="{_LICENCE}">CC BY 4.0</a>; '
        f'<a href="{escape(content["checksums"])}">their checksums</a>, and <a href="{escape(content["index"])}">this list as '
        "JSON</a>. The address of a file names its version; the one called <em>latest</em> leads to the newest.</p>"
    ]
    for family, title in _FAMILIES.items():
        files = [file for file in content["files"] if file["family"] == family]
        if files:
            parts.append(f"<h2>{title}</h2>\n{_table(files)}")
    return _PAGE.substitute(title="Dumps", content="\n".join(parts)).encode()


def _table(files: Iterable[Mapping[str, Any]]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("File", "Holds", "Bytes", "SHA-256", "Newest"))
    rows = "\n".join(_row(file) for file in files)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _row(file: Mapping[str, Any]) -> str:
    cells = (
        f'<a href="{escape(file["url"])}">{escape(file["name"])}</a>',
        escape(file["title"]),
        f"{file['bytes']:,}",
        f"<code>{file['sha256']}</code>",
        f'<a href="{escape(file["latest"])}">latest</a>',
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def render_version_page(content: Mapping[str, Any]) -> bytes:
    """Write what is said of a version as a page."""
    release = content.get("release")
    state = "This version is in service." if content["in_service"] else "This is an old version; its addresses stay."
    if release:
        told = (
            f"<p>{escape(release['note'])}</p>\n<p>Release {release['number']}, published on "
            f'<time datetime="{release["published"]}">{release["published"][:10]}</time>: {release["items"]} items, '
            f'{release["statements"]} statements; <a href="{escape(release["events"])}">{release["added"]} added, '
            f"{release['changed']} changed, {release['removed']} removed</a>. SHA-256 of the canonical N-Quads "
            f"without the description of the dataset: <code>{release['sha256_of_canonical_nquads']}</code></p>"
        )
    else:
        told = "<p>It has not been published as a release.</p>"
    graphs = "\n".join(f"<li><code>{escape(iri)}</code>: {triples} triples</li>" for iri, triples in content["graphs"].items())
    parts = [
        f"<p>{state}</p>",
        told,
        "<ul>",
        f'<li><a href="{escape(content["dumps"])}">Dumps</a></li>',
        f'<li><a href="{escape(content["sparql"])}">SPARQL endpoint of this version</a></li>',
        f'<li><a rel="license" href="{_LICENCE}">CC BY 4.0</a></li>',
        "</ul>",
        f"<h2>Graphs</h2>\n<ul>\n{graphs}\n</ul>",
    ]
    return _PAGE.substitute(title=f"Version {escape(content['version'])}", content="\n".join(parts)).encode()

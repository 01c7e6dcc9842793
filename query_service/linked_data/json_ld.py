"""JSON-LD that reads as plain JSON: names of the published context, the item itself outermost, all else beside it.

pyLD compacts (https://www.w3.org/TR/json-ld11-api/#compaction-algorithm); the context comes from the snapshot, and
nothing is ever fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pyld import jsonld
from pyoxigraph import RdfFormat, Triple, serialize

from query_service.errors import EngineFailure
from query_service.snapshot import Snapshot

__all__ = ["compact_triples", "read_context"]

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
#: What is left of a snapshot without context: names of JSON-LD alone.
_NO_CONTEXT: Final[dict[str, Any]] = {"@context": {"id": "@id", "type": "@type"}}


def read_context(snapshot: Snapshot) -> bytes | None:
    """The context of a snapshot, as it is published; none where the snapshot has none."""
    try:
        return (snapshot.folder / "context.jsonld").read_bytes()
    except FileNotFoundError:
        return None


def compact_triples(triples: Sequence[Triple], iri: str, context: bytes | None, url: str) -> bytes:
    """Write triples as compact JSON-LD.

    :param triples: without blank nodes.
    :param iri: what the document is about; its node is the outermost object.
    :param context: the context; none for a document that has full IRIs for names.
    :param url: where the context is published.
    """
    told: dict[str, Any] = json.loads(context) if context else _NO_CONTEXT
    nodes = [_native(node) for node in json.loads(serialize(triples, format=RdfFormat.JSON_LD) or b"[]")]

    def load(asked: str, _options: Mapping[str, Any]) -> dict[str, Any]:
        if asked != url:
            raise EngineFailure("a document other than the context was asked for")
        return {"contextUrl": None, "documentUrl": url, "document": told, "contentType": "application/ld+json"}

    compacted = jsonld.compact(nodes, url, {"documentLoader": load, "graph": True})
    return (json.dumps(_arranged(compacted, iri, url, told), ensure_ascii=False, indent=1) + "\n").encode()


def _arranged(compacted: Mapping[str, Any], iri: str, url: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """The node of the item, with the others as nodes included (JSON-LD 1.1, 4.7)."""
    nodes: list[dict[str, Any]] = sorted(compacted.get("@graph", []), key=lambda node: str(node["id"]))
    mains = [node for node in nodes if node["id"] in {iri, _short(iri, context)}]
    main = mains[0] if mains else {"id": iri}
    others = [node for node in nodes if node is not main]
    head: dict[str, Any] = {"@context": url if context is not _NO_CONTEXT else context["@context"]}
    return head | main | ({"@included": others} if others else {})


def _short(iri: str, context: Mapping[str, Any]) -> str:
    """A name that compaction may have given to an IRI: that of a prefix with what follows it."""
    spaces = [(name, space) for name, space in context["@context"].items() if isinstance(space, str) and iri.startswith(space)]
    name, space = max(spaces, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{name}:{iri.removeprefix(space)}" if name else iri


def _native(node: dict[str, Any]) -> dict[str, Any]:
    """A node with its types where JSON-LD has them, and with JSON's own numbers and booleans (JSON-LD 1.1 API, 8.4.2)."""
    made: dict[str, Any] = {}
    for key, values in node.items():
        if key == _TYPE:
            made["@type"] = [value["@id"] for value in values]
        elif isinstance(values, list):
            made[key] = [_native_value(value) for value in values]
        else:
            made[key] = values
    return made


def _native_value(value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("@value"), str):
        return value
    text, datatype = value["@value"], value.get("@type")
    if datatype == f"{_XSD}boolean" and text in {"true", "false"}:
        return {"@value": text == "true"}
    if datatype == f"{_XSD}integer" and text.lstrip("-").isascii() and text.lstrip("-").isdigit() and str(int(text)) == text:
        return {"@value": int(text)}
    return value

"""What the engine's serialisers leave to be done on finished results: the version in the head, and honest XML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from query_service.errors import NotAcceptable

__all__ = ["finish_graph", "finish_rows"]

_JSON_HEAD: Final = re.compile(rb'\s*\{\s*"head"\s*:\s*\{\s*')
_XML_HEAD_END: Final = re.compile(rb"</head\s*>|<head\s*/>")
# Everything outside Char of XML 1.0, 2.2, that UTF-8 can carry.
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# A predicate that ends in a character no XML name begins with: pyoxigraph 0.5.13 writes an element without local name.
_NAMELESS: Final = re.compile(rb"<[A-Za-z][^\s<>/:\"]*:[\s/>]")


def finish_rows(body: bytes, key: str, link: str) -> bytes:
    """Finish the answer to SELECT or ASK: ``head.link`` names the dataset version, and nothing else changes.

    CSV and TSV have no head. Sources: https://www.w3.org/TR/sparql11-results-json/#select-link and
    https://www.w3.org/TR/rdf-sparql-XMLres/#head.

    :param key: format of the table of media types.
    :param link: URL of the dataset version.
    :raises NotAcceptable: when XML cannot carry the answer.
    """
    finish = _ROWS.get(key)
    return finish(body, link) if finish else body


def finish_graph(body: bytes, key: str) -> bytes:
    """Finish the answer to CONSTRUCT or DESCRIBE.

    :param key: format of the table of media types.
    :raises NotAcceptable: when RDF/XML cannot carry the graph.
    """
    if key != "rdf":
        return body
    _check_xml(body)
    if _NAMELESS.search(body):
        raise NotAcceptable(
            "RDF/XML cannot carry this graph.",
            found="a predicate whose IRI does not end in an XML name",
            expected="another RDF format",
            mend="ask for Turtle (format=ttl)",
        )
    # pyoxigraph 0.5.13 writes it bare, and every XML parser would read it as a line feed (XML 1.0, 2.11).
    return body.replace(b"\r", b"&#13;")


def _link_json(body: bytes, link: str) -> bytes:
    head = _JSON_HEAD.match(body)
    if head is None:
        raise ValueError("the engine's JSON does not begin with its head")
    rest = body[head.end() :]
    comma = b"" if rest.startswith(b"}") else b","
    return b"".join((head[0], b'"link":', json.dumps([link]).encode(), comma, rest))


def _link_xml(body: bytes, link: str) -> bytes:
    _check_xml(body)
    end = _XML_HEAD_END.search(body)
    if end is None:
        raise ValueError("the engine's XML has no head")
    before = b"<head>" if end[0].startswith(b"<head") else b""
    return b"".join((body[: end.start()], before, f"<link href={quoteattr(link)}/></head>".encode(), body[end.end() :]))


def _check_xml(body: bytes) -> None:
    found = _NOT_XML.search(body)
    if found:
        raise NotAcceptable(
            "XML cannot carry this answer.",
            found=f"the character U+{ord(found[0].decode()):04X}",
            expected="another format",
            mend="ask for JSON (format=json)",
        )


_ROWS: Final[Mapping[str, Callable[[bytes, str], bytes]]] = {"json": _link_json, "xml": _link_xml}

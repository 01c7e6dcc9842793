"""What the engine's serialisers leave to be done as answers are written: the version in the head, and honest XML.

Answers pass through in pieces, as the engine writes them, so that a long one needs no memory.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from typing import Final, Protocol
from xml.sax.saxutils import quoteattr

from query_service.errors import NotAcceptable

__all__ = ["Finisher", "Sink", "finish_graph", "finish_rows"]

_JSON_HEAD: Final = re.compile(rb'\s*\{\s*"head"\s*:\s*\{\s*(?=[^\s])')
_XML_HEAD_END: Final = re.compile(rb"</head\s*>|<head\s*/>")
# Everything outside Char of XML 1.0, 2.2, that UTF-8 can carry.
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# A predicate that ends in a character no XML name begins with: pyoxigraph 0.5.13 writes an element without local name.
_NAMELESS: Final = re.compile(rb"<[A-Za-z][^\s<>/:\"]*:[\s/>]")
_RDF_ROOT: Final = re.compile(rb"<rdf:RDF((?:\s+[\w:.-]+=\"[^\"]*\")*)\s*/?>")
_ATTRIBUTE: Final = re.compile(rb"\s+[\w:.-]+=\"[^\"]*\"")
_PREFIX: Final = b"@prefix "
_WITH_PREFIXES: Final = frozenset({"ttl", "trig", "n3"})
#: Heads name the variables of a query, which is shorter than this.
_LONGEST_HEAD: Final = 1024**2


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> int:
        """Take bytes; gives how many."""


class Finisher:
    """Passes an answer on as it is; the base of those that change something.

    :param out: where the finished answer goes.
    """

    def __init__(self, out: Sink) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        """Take a piece of the answer.

        :raises NotAcceptable: when the format cannot carry it.
        """
        self._out.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces are passed on as soon as they can be."""

    def end(self) -> None:
        """Pass on what is still held.

        :raises ValueError: when the answer is not laid out as the engine is known to.
        """


class _Held(Finisher):
    """Holds the end of what was written until it is known to be whole."""

    def __init__(self, out: Sink) -> None:
        super().__init__(out)
        self._held = b""

    def end(self) -> None:
        if self._held:
            self._out.write(self._held)


class _LinkedHead(_Held, ABC):
    """Writes a link into the head, and nothing else."""

    def __init__(self, out: Sink, link: str) -> None:
        super().__init__(out)
        self._link = link
        self._linked = False

    def write(self, data: bytes) -> int:
        if self._linked:
            self._pass_on(bytes(data))
            return len(data)
        self._held += data
        if head := self._add_link(self._held):
            self._linked, self._held = True, b""
            self._pass_on(head)
        elif len(self._held) > _LONGEST_HEAD:
            self.end()
        return len(data)

    def end(self) -> None:
        if not self._linked:
            raise ValueError("the engine's answer does not begin with its head")
        super().end()

    @abstractmethod
    def _add_link(self, begun: bytes) -> bytes | None:
        """The beginning of the answer with the link; none while the head is not whole."""

    def _pass_on(self, data: bytes) -> None:
        self._out.write(data)


class _LinkedJson(_LinkedHead):
    def _add_link(self, begun: bytes) -> bytes | None:
        head = _JSON_HEAD.match(begun)
        if head is None:
            return None
        rest = begun[head.end() :]
        comma = b"" if rest.startswith(b"}") else b","
        return b"".join((head[0], b'"link":', json.dumps([self._link]).encode(), comma, rest))


class _XmlCheck:
    """Looks for what XML cannot carry, also where it is cut by the end of a piece."""

    def __init__(self) -> None:
        self._tail = b""

    def __call__(self, data: bytes) -> None:
        seen = self._tail + data
        if found := _NOT_XML.search(seen):
            raise NotAcceptable(
                "XML cannot carry this answer.",
                found=f"the character U+{ord(found[0].decode()):04X}",
                expected="another format",
                mend="ask for JSON (format=json)",
            )
        self._tail = seen[-2:]  # such a character has three bytes at most


class _LinkedXml(_LinkedHead):
    def __init__(self, out: Sink, link: str) -> None:
        super().__init__(out, link)
        self._check = _XmlCheck()

    def write(self, data: bytes) -> int:
        self._check(bytes(data))
        return super().write(data)

    def _add_link(self, begun: bytes) -> bytes | None:
        end = _XML_HEAD_END.search(begun)
        if end is None:
            return None
        before = b"<head>" if end[0].startswith(b"<head") else b""
        link = f"<link href={quoteattr(self._link)}/></head>".encode()
        return b"".join((begun[: end.start()], before, link, begun[end.end() :]))


class _SafeRdfXml(_Held):
    """Refuses RDF/XML that would be broken, and names prefixes in the order of the alphabet."""

    def __init__(self, out: Sink) -> None:
        super().__init__(out)
        self._check = _XmlCheck()
        self._has_root = False

    def write(self, data: bytes) -> int:
        self._check(bytes(data))
        whole = self._held + data
        # Text is escaped, so that each "<" opens a tag; a tag is held until it is whole.
        opened = whole.rfind(b"<")
        cut = opened if opened > whole.rfind(b">") else len(whole)
        self._held = whole[cut:]
        self._pass_on(whole[:cut])
        return len(data)

    def end(self) -> None:
        self._pass_on(self._held)

    def _pass_on(self, data: bytes) -> None:
        if _NAMELESS.search(data):
            raise NotAcceptable(
                "RDF/XML cannot carry this graph.",
                found="a predicate whose IRI does not end in an XML name",
                expected="another RDF format",
                mend="ask for Turtle (format=ttl)",
            )
        if not self._has_root and (root := _RDF_ROOT.search(data)):
            self._has_root = True
            data = data[: root.start(1)] + b"".join(sorted(_ATTRIBUTE.findall(root[1]))) + data[root.end(1) :]
        # pyoxigraph 0.5.13 writes it bare, and every XML parser would read it as a line feed (XML 1.0, 2.11).
        self._out.write(data.replace(b"\r", b"&#13;"))


class _SortedPrefixes(_Held):
    """Puts the declarations of prefixes, which pyoxigraph 0.5.13 writes in an order of chance, into that of the alphabet."""

    def __init__(self, out: Sink) -> None:
        super().__init__(out)
        self._is_past = False

    def write(self, data: bytes) -> int:
        if self._is_past:
            self._out.write(bytes(data))
            return len(data)
        self._held += data
        if self._lines()[1]:
            self._pass_on()
        return len(data)

    def end(self) -> None:
        if not self._is_past:
            self._pass_on()

    def _lines(self) -> tuple[list[bytes], bytes]:
        """Declarations, and what is surely none of them."""
        lines, rest = [], self._held
        while rest.startswith(_PREFIX) and b"\n" in rest:
            line, _, rest = rest.partition(b"\n")
            lines.append(line + b"\n")
        return lines, b"" if _PREFIX.startswith(rest[: len(_PREFIX)]) else rest

    def _pass_on(self) -> None:
        lines, _ = self._lines()
        self._out.write(b"".join([*sorted(lines), self._held[sum(map(len, lines)) :]]))
        self._is_past, self._held = True, b""


def finish_rows(out: Sink, key: str, link: str) -> Finisher:
    """What finishes the answer to SELECT or ASK: ``head.link`` names the dataset version, and nothing else changes.

    CSV and TSV have no head. Sources: https://www.w3.org/TR/sparql11-results-json/#select-link and
    https://www.w3.org/TR/rdf-sparql-XMLres/#head.

    :param out: where the finished answer goes.
    :param key: format of the table of media types.
    :param link: URL of the dataset version.
    """
    if key == "json":
        return _LinkedJson(out, link)
    return _LinkedXml(out, link) if key == "xml" else Finisher(out)


def finish_graph(out: Sink, key: str) -> Finisher:
    """What finishes the answer to CONSTRUCT or DESCRIBE.

    :param out: where the finished answer goes.
    :param key: format of the table of media types.
    """
    if key == "rdf":
        return _SafeRdfXml(out)
    return _SortedPrefixes(out) if key in _WITH_PREFIXES else Finisher(out)

"""Every URL of the service, and the way between the IRI of a thing and the addresses of its page and its data.

Pure functions: nothing here asks whether something is there. In IRIs of ours everything that may stand in a path as it
is stands so (``pchar`` of RFC 3986, 3.3), letters beyond ASCII too (RFC 3987); only what may not is escaped. So an address has
one IRI, whichever way a client escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

__all__ = ["SUFFIXES", "Urls", "split_suffix"]

#: The only endings of a path that name a format; any other dot belongs to a key, as in ``guide-1.1``.
SUFFIXES: Final = ("ttl", "jsonld", "nt", "rdf", "trig", "html", "json", "csv", "xlsx")
_SUFFIX: Final = re.compile(rf"(?s)(.+)\.({'|'.join(SUFFIXES)})")
#: Characters of ASCII that stand in a path as they are, with the slash between its parts (RFC 3986, 3.3).
_PLAIN: Final = "/:@!$&'()*+,;=-._~"
_KEPT_IN_FRAGMENT: Final = f"{_PLAIN}?%"
_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def split_suffix(path: str) -> tuple[str, str | None]:
    """A path without the ending that names a format, and that ending without its dot.

    >>> split_suffix("id/recommendation/guide-1.1.ttl")
    ('id/recommendation/guide-1.1', 'ttl')
    >>> split_suffix("id/recommendation/guide-1.1")
    ('id/recommendation/guide-1.1', None)
    """
    found = _SUFFIX.fullmatch(path)
    return (found[1], found[2]) if found else (path, None)


@dataclass(frozen=True)
class Urls:
    """Addresses at a service.

    :param address: absolute URL before every route, without a slash at its end.
    :param base: base of the IRIs of the dataset, with a slash at its end.
    """

    address: str
    base: str

    def at(self, path: str = "", **query: str | Sequence[str]) -> str:
        """URL of a route.

        :param path: below the address, as it is to be sent, without a slash before it.
        :param query: its parameters; one with several values is repeated.
        """
        return f"{self.address}/{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")

    def dump(self, name: str) -> str:
        """URL of a file of the dumps; the plus sign of a version stands in it as it is."""
        return self.at(f"dumps/{quote(name, safe=_PLAIN)}")

    def thing(self, iri: str) -> str:
        """Where the service answers for an IRI of the dataset: the IRI with the address for its base."""
        return self.at(self.path(iri))

    def page(self, iri: str) -> str:
        """URL of the page on a thing."""
        return self.at(f"page/{self.path(iri)}")

    def data(self, iri: str, suffix: str | None = None) -> str:
        """URL of the data on a thing, in the format of a suffix; without one, of the document in whichever format."""
        path, hash_, fragment = self.path(iri).partition("#")
        return self.at(f"data/{path}{f'.{suffix}' if suffix else ''}{hash_}{fragment}")

    def is_ours(self, iri: str) -> bool:
        """Whether an IRI is one that the dataset mints, and so has a page here."""
        return iri.startswith((f"{self.base}id/", f"{self.base}graph/", f"{self.base}ontology"))

    def path(self, iri: str) -> str:
        """Path of an IRI of the dataset, as it is sent, with its fragment.

        :raises ValueError: when the IRI is not below the base.
        """
        if not iri.startswith(self.base):
            raise ValueError(iri)
        rest, hash_, fragment = iri.removeprefix(self.base).partition("#")
        # An escape in an IRI stands for itself: quoting it again would name another thing.
        return quote(rest, safe=f"{_PLAIN}%") + hash_ + quote(fragment, safe=_KEPT_IN_FRAGMENT)

    def iri(self, path: str) -> str:
        """IRI of the thing at a path below the address.

        :param path: as it was sent, without a slash before it and without a suffix.
        :raises ValueError: when the path holds what no IRI does.
        """
        iri = self.base + _ESCAPES.sub(_unescape, path)
        if re.search(r"[\x00-\x20<>\"{}|\\^`\x7f]|%(?![0-9A-Fa-f]{2})", iri):
            raise ValueError(iri)
        return iri


def _unescape(escapes: re.Match[str]) -> str:
    """What a run of escapes stands for, without those that must stay."""
    octets = bytes.fromhex(escapes[0].replace("%", ""))
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return escapes[0].upper()
    return "".join(_as_in_iri(character) for character in text)


def _as_in_iri(character: str) -> str:
    if character.isascii():
        plain = character.isalnum() or (character in _PLAIN and character != "/")
        return character if plain else f"%{ord(character):02X}"
    # Private, unassigned and invisible characters are no part of IRIs (RFC 3987, 2.2); U+0080 to U+009F neither.
    return character if character.isprintable() else quote(character)

"""Identifiers: keys that validate on creation, and the IRIs minted from them.

Everything here is a pure function of its arguments: the same record gives the same IRI in any order, on any day.
The shapes of the IRIs are the contract that outside clients query.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import StringConstraints

__all__ = [
    "BASE",
    "TERMS",
    "ConceptPath",
    "Iso3",
    "ItemPath",
    "Key",
    "PassageKey",
    "graph_iri",
    "item_iri",
    "link_key",
    "make_slug",
    "passage_iri",
    "term_iri",
]

#: Base of every IRI we mint; a build for another base rewrites it in one place (:mod:`etl.rebase`).
BASE = "https://w3id.org/ipg/"
#: Namespace of classes and properties, version-free.
TERMS = BASE + "ontology#"

_KEY = r"[a-z0-9]+(?:(?:--?|\.)[a-z0-9]+)*"
#: One path segment: lower-case ASCII letters, digits, ``-`` and, inside (``guide-1.1``), ``.``.
Key = Annotated[str, StringConstraints(pattern=rf"^{_KEY}$", max_length=120)]
#: Key of a passage inside its document: segments joined by ``/``, e.g. ``settle-in-estonia/purpose/1``.
PassageKey = Annotated[str, StringConstraints(pattern=rf"^{_KEY}(?:/{_KEY})*$", max_length=200)]
#: Path of an item below ``id/``, e.g. ``principle/cbp-1`` or ``theme/social-cohesion/health``.
ItemPath = Annotated[str, StringConstraints(pattern=rf"^[a-z-]+(?:/{_KEY})+$", max_length=240)]
#: Same shape as an item path, used for vocabulary concepts.
ConceptPath = ItemPath
#: ISO 3166-1 alpha-3 code in upper case, as in the EU country authority table.
Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

# Letters that NFKD does not split into an ASCII letter and a mark; U+0131 is the Turkish dotless i.
_FOLD = str.maketrans("øØłŁđĐ\u0131", "oolldDi") | {ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe"}


def make_slug(text: str, *, words: int = 12) -> str:
    """Make a readable key from a title or name.

    :param text: any text with at least one letter or digit that folds to ASCII.
    :param words: how many words to keep.
    :raises ValueError: when nothing of the text can be kept.

    >>> make_slug("Sammeln für Lübeck: ein Jahr")
    'sammeln-fur-lubeck-ein-jahr'
    """
    folded = unicodedata.normalize("NFKD", text.translate(_FOLD)).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", folded.lower().replace("'", ""))
    if not parts:
        raise ValueError(f"no ASCII letter or digit to make a key from in {text!r}")
    return "-".join(parts[:words])


def item_iri(path: str) -> str:
    """IRI of an item from its path below ``id/``, e.g. ``principle/cbp-1``."""
    if not re.fullmatch(rf"[a-z-]+(?:/{_KEY})+", path):
        raise ValueError(f"{path!r} is not an item path such as 'principle/cbp-1'")
    return f"{BASE}id/{path}"


def passage_iri(document: str, key: str) -> str:
    """IRI of a passage from its document's slug and its key."""
    return item_iri(f"passage/{document}/{key}")


def graph_iri(name: str) -> str:
    """IRI of a named graph, e.g. ``source/ewsi-2008``."""
    if not re.fullmatch(rf"[a-z]+(?:/{_KEY})?", name):
        raise ValueError(f"{name!r} is not a graph name such as 'ontology' or 'source/ewsi-2008'")
    return f"{BASE}graph/{name}"


def term_iri(local_name: str) -> str:
    """IRI of a class or property of the ontology."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", local_name):
        raise ValueError(f"{local_name!r} is not a local name such as 'Practice'")
    return TERMS + local_name


def link_key(subject: str, predicate: str, target: str) -> str:
    """Stable key of a link from the last segments of its ends and the property between them.

    >>> link_key("practice/citizen-coin", "implements", "principle/cbp-9")
    'citizen-coin--implements--cbp-9'
    """
    return f"{_tail(subject)}--{predicate.lower()}--{_tail(target)}"


def _tail(path: str) -> str:
    kind, tail = path.split("/", 1)
    # A bare number says nothing outside its kind: conclusion/1 becomes conclusion-1.
    return f"{kind}-{tail}" if tail.isdigit() else tail.replace("/", "-")

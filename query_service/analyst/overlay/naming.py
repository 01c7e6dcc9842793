"""IRIs for somebody's own practices: below a base of their own, else names that need no place; never below ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from query_service.analyst.overlay.records import Own
from query_service.errors import MalformedRequest
from query_service.overlay.records import OwnPractice

__all__ = ["Naming"]

#: Of names made from content (RFC 9562, 5.5); this one was drawn once.
_SPACE: Final = UUID("5d3f0f5e-6f0c-4d1b-9b0e-2f0a3c6c7a41")
_FORBIDDEN: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f]")
_LONGEST: Final = 200
_SLUG: Final = 60


class Naming:
    """Makes names; the same practices have the same names.

    :param base: base of the user's own, where one was given.
    :param ours: base of the dataset.
    :raises MalformedRequest: when it is no base that can be used.
    """

    def __init__(self, base: str, ours: str) -> None:
        self._base = base.strip()
        if self._base:
            _check(self._base, ours)

    def practice(self, practice: OwnPractice) -> str:
        """IRI of a practice."""
        return self._make("practice", practice.title, practice.model_dump_json(exclude={"row"}))

    def suggestion(self, practice: Own, provision: str) -> str:
        """IRI of the suggestion of a provision, by its path, for a practice."""
        return self._make("suggestion", f"{practice.title} {provision}", f"{practice.iri} {provision}")

    def graph(self, practices: Iterable[str]) -> str:
        """IRI of the graph of suggestions for some practices, by their IRIs."""
        return f"{self._base}graph/suggested" if self._base else f"urn:uuid:{uuid5(_SPACE, ' '.join(practices))}"

    def _make(self, kind: str, words: str, content: str) -> str:
        mark = uuid5(_SPACE, f"{kind} {content}")
        # Two titles may give the same words, so the words do not stand alone.
        return f"{self._base}{kind}/{_slug(words)}-{mark.hex[:8]}" if self._base else f"urn:uuid:{mark}"


def _check(base: str, ours: str) -> None:
    parts = urlsplit(base)
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    is_name = parts.scheme == "urn" and re.fullmatch(r"urn:[a-z0-9][a-z0-9-]{1,31}:.+", base, re.IGNORECASE) is not None
    if not (is_web or is_name) or not base.endswith(("/", "#", ":")) or _FORBIDDEN.search(base) or len(base) > _LONGEST:
        raise MalformedRequest(
            "This cannot be the base of addresses for your practices.",
            found=base[:_LONGEST],
            expected="an http, https or urn address that ends in / or # or :, e.g. https://example.org/practices/",
            mend="correct it, or leave it empty",
        )
    if base.startswith(ours) or ours.startswith(base):
        raise MalformedRequest(
            "Your practices are not this dataset's, so they have no addresses below its own.",
            found=base,
            expected=f"another address than {ours}",
            mend="name an address of yours, or leave it empty",
        )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG].strip("-") or "practice"

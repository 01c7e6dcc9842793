"""Find the web addresses that a text prints: between angle brackets, behind a link, or bare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.errors import ExtractionError
from etl.sources.cdadi_2024_39.model import Repair

__all__ = ["Address", "find_addresses"]

_ADDRESS = re.compile(
    r"<(?P<angle>https?://[^>]*)>|\]\((?P<link>https?://[^)\s]*)\)|(?P<bare>(?:https?://|(?<![\w/.])www\.)[^\s<>\[\]()]*[^\s<>\[\]().,;:])"
)
#: Characters that an IRI never holds (RFC 3987, 2.2; RFC 3986, appendix A), white space first.
_FORBIDDEN = re.compile(r'[\s<>"{}|\\^`]')


class Address(NamedTuple):
    """A web address: what to follow, what is printed, and why they differ."""

    iri: str
    printed: str
    repair: str | None


def find_addresses(text: str, repairs: Sequence[Repair], where: str) -> Iterator[Address]:
    """Web addresses of a text in its order; one printed without its scheme is read as ``http``.

    :raises ExtractionError: when an address cannot be an IRI and no repair is declared.
    """
    declared = {repair.printed: repair for repair in repairs}
    for match in _ADDRESS.finditer(text):
        printed = match[match.lastgroup or 0]
        repair = declared.get(printed)
        if repair:
            yield Address(repair.iri, printed, repair.reason)
        elif printed.startswith("www."):
            yield Address(f"http://{printed}", printed, "printed without a scheme")
        elif _FORBIDDEN.search(printed):
            raise ExtractionError(
                where,
                f"{printed!r} is printed as a web address",
                "an IRI",
                "declare its repair and the reason in etl/sources/cdadi_2024_39/lookups.toml",
            )
        else:
            yield Address(printed, printed, None)

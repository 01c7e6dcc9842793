"""Match a printed type or area with its concepts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.errors import ExtractionError
from etl.identifiers import ConceptPath
from etl.records import PrintedConcept

__all__ = ["ConceptReader"]

#: What may stand between the parts of a printed value: "policy and project", "inclusion; business and employment".
_SEPARATORS = re.compile(r"[\s,;/]*(?:\band\b)?[\s,;/]*")


class ConceptReader:
    """Splits a printed value into known parts; longer parts win, and nothing may be left over."""

    def __init__(self, table: Mapping[str, ConceptPath]) -> None:
        self._table = table
        longest_first = sorted(table, key=lambda part: (-len(part), part))
        self._parts = re.compile("|".join(rf"(?<!\w){re.escape(part)}(?!\w)" for part in longest_first), re.IGNORECASE)

    def read(self, printed: str, where: str) -> tuple[PrintedConcept, ...]:
        """Concepts of a printed value, each with the part that prints it.

        :raises ExtractionError: when some of the value is no known part.
        """
        parts = list(self._parts.finditer(printed))
        rest = self._parts.sub("\0", printed).strip()
        unknown = [left for left in rest.split("\0") if not _SEPARATORS.fullmatch(left)]
        if unknown or not parts:
            raise ExtractionError(
                where,
                f"{printed!r}: {(unknown or [printed])[0].strip()!r} is no known value",
                "values that etl/sources/cdadi_2024_39/lookups.toml maps to concepts",
                "add it there with its concept, after adding the concept to ontology/vocabularies/ where it is new",
            )
        return tuple(PrintedConcept(concept=self._table[part[0].lower()], printed=part[0]) for part in parts)

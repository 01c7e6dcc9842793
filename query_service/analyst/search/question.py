"""What can be asked of the search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.search.entries import GROUPS

__all__ = ["FACETS", "Facet", "SearchQuestion"]

Facet = Literal["kind", "framework", "country", "language"]
FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
_LONGEST: Final = 500


class SearchQuestion(BaseModel):
    """Parameters of ``/search``."""

    model_config = ConfigDict(frozen=True)

    q: str = Field(default="", max_length=_LONGEST, description="words, with AND, OR, NOT, minus, quotes and parentheses")
    strict: bool = Field(default=False, description="only words as they are written: no other forms, spellings or names")
    kind: tuple[str, ...] = Field(default=(), description=f"kinds of hits: {', '.join(GROUPS)}")
    framework: tuple[str, ...] = Field(default=(), description="frameworks, e.g. eu-cbp-2004")
    country: tuple[str, ...] = Field(default=(), description="countries, e.g. est")
    language: tuple[str, ...] = Field(default=(), description="languages that hits are named or described in, e.g. fr")
    page: int = Field(default=1, ge=1, le=1000, description="page of hits")
    size: int = Field(default=20, ge=1, le=100, description="hits on a page")
    limit: int | None = Field(default=None, ge=1, le=1000, description="most hits in data; all by default")
    typing: bool = Field(default=False, description="whether the last word may go on, as while somebody types")

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        """Values that were chosen of a facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return tuple(dict.fromkeys(value.strip().rpartition("/")[2].lower() for value in values if value.strip()))

    def toggled(self, facet: Facet, value: str) -> SearchQuestion:
        """The same with a value of a facet chosen, or no longer chosen; from the first page on."""
        chosen = self.chosen(facet)
        after = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
        return self.model_copy(update={facet: after, "page": 1})

    def query_string(self, more: Iterable[tuple[str, str]] = ()) -> str:
        """The question as the query string of an address, with further parameters."""
        pairs: list[tuple[str, str]] = [("q", self.q)]
        if self.strict:
            pairs.append(("strict", "1"))
        pairs += [(facet, value) for facet in FACETS for value in self.chosen(facet)]
        usual = type(self).model_fields
        pairs += [(name, str(value)) for name in ("page", "size") if (value := getattr(self, name)) != usual[name].default]
        return urlencode([*pairs, *more])

"""Passages as the page on a practice shows them: which part of the entry, where it stands, and its wording where it may be."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.naming import Namer
from query_service.analyst.things import Things
from query_service.linked_data.item_page import Passage, read_passages
from query_service.linked_data.page_makers import Told
from query_service.urls import Urls

__all__ = ["PassageShown", "Passages"]


class PassageShown(BaseModel):
    """A passage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(description="field of the template and part of it")
    url: str = Field(description="its page")
    section: str = Field(default="", description="path of its section, as printed")
    start: str = Field(default="", description="first character, in code points from 0; empty where the place is not at hand")
    end: str = Field(default="", description="character after the last")
    wording: str = Field(default="", description="its wording, where it may be shown")


class Passages:
    """The passages of one practice.

    :param told: what is said of it.
    :param things: items of the dataset.
    :param urls: addresses.
    :param namer: names for the reader.
    """

    def __init__(self, told: Told, things: Things, urls: Urls, namer: Namer) -> None:
        self._things = things
        self._urls = urls
        self._namer = namer
        self._at: dict[str, Passage] = {one.at.url or "": one for one in read_passages(told.description, urls, told.labels)}

    def of(self, iris: Iterable[str]) -> tuple[PassageShown, ...]:
        """Some passages, in the order of the document.

        :param iris: their IRIs.
        """
        return tuple(sorted((self._show(iri) for iri in iris), key=lambda one: (int(one.start or 0), one.label)))

    def _show(self, iri: str) -> PassageShown:
        url = self._urls.page(iri)
        found = self._at.get(url)
        if not found:
            return PassageShown(label=self._label(iri), url=url)
        return PassageShown(
            label=self._label(iri),
            url=url,
            section=found.section,
            start=found.start,
            end=found.end,
            wording=found.wording,
        )

    def _label(self, iri: str) -> str:
        """The field that a passage stands in, with the number of its part: keys are document, entry, field and number."""
        parts = self._things.path(iri).split("/")[3:]
        if not parts:
            return self._namer.words("passage-entry")
        field, *rest = parts
        known = self._things.facts.labels(self._things.iri(f"field/{field}"))
        name = self._namer.item(f"field/{field}").title if known else field.replace("-", " ")
        return " ".join((name, *(part.replace("-", " ") for part in rest)))

"""The register of organisations: one actor per organisation, whatever form a document prints.

``data/curation/actors.yaml`` lists each organisation with the forms in which documents print it; extractors look for
exactly these forms, so that an organisation named in several entries is one actor and a form that no document prints
is found out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from etl.identifiers import Iso3, Key
from etl.records import Record

__all__ = ["Actor", "ActorKind", "Gazetteer", "Sighting"]

ActorKind = Literal[
    "public-local", "public-regional", "public-national", "public-european", "international-organisation", "ngo", "research",
    "trade-union", "faith", "business", "network", "programme-body", "informal-group", "media", "other",
]  # fmt: skip


class Actor(Record):
    """An organisation.

    :ivar name: preferred name, in English where a document prints one.
    :ivar printed: every form in which a document prints it, the name itself where printed.
    :ivar entries: keys of the entries in which these forms mean this organisation; empty means everywhere
        ("Ministry of Culture" is another body in each country).
    :ivar printed_in: further forms that mean this organisation in one entry only, by the key of that entry
        ("EU", "City Council").
    :ivar country: where it is based; None for international bodies or where not stated.
    :ivar parent: key of the body it is part of, where stated.
    :ivar reason: why forms were merged or the kind chosen, where that is not plain.
    """

    key: Key
    name: Annotated[str, Field(min_length=2)]
    language: str = "en"
    kind: ActorKind
    printed: Annotated[tuple[str, ...], Field(min_length=1)]
    entries: tuple[Key, ...] = ()
    printed_in: dict[Key, tuple[str, ...]] = Field(default_factory=dict)
    country: Iso3 | None = None
    parent: Key | None = None
    reason: str | None = None


class Sighting(Record):
    """A printed form found in a text: offsets are relative to that text."""

    actor: Key
    printed: str
    start: int
    end: int


class Gazetteer:
    """Finds registered organisations in a text; longer forms win over shorter ones, and case matters."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.actors = {actor.key: actor for actor in actors}

    @lru_cache(maxsize=512)  # noqa: B019 - one gazetteer lives as long as one extraction
    def _table(self, entry: str | None) -> tuple[dict[str, str], re.Pattern[str]]:
        forms: dict[str, str] = {}
        for scoped in (False, True):  # forms scoped to this entry win over those that mean one body everywhere
            for actor in self.actors.values():
                if bool(actor.entries) is scoped and (not scoped or entry in actor.entries):
                    forms.update(dict.fromkeys(actor.printed, actor.key))
        for actor in self.actors.values():
            forms.update(dict.fromkeys(actor.printed_in.get(entry or "", ()), actor.key))
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        body = "|".join(r"\s+".join(re.escape(word) for word in form.split()) for form in longest_first)
        return forms, re.compile(rf"(?<!\w)(?:{body})(?!\w)") if forms else re.compile(r"(?!)")

    def find(self, text: str, entry: str | None = None) -> Iterator[Sighting]:
        """Registered forms in the text of an entry, from left to right, without overlaps."""
        forms, pattern = self._table(entry)
        for match in pattern.finditer(text):
            printed = " ".join(match.group().split())
            yield Sighting(actor=forms[printed], printed=printed, start=match.start(), end=match.end())

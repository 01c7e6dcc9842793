"""Organisations, instruments and other entries that the texts of an entry name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from etl.actors import Gazetteer
from etl.errors import ExtractionError
from etl.identifiers import ItemPath, Key, PassageKey
from etl.records import Citation, Mention
from etl.sources.cdadi_2024_39.model import CrossReference, InstrumentFacts, Party

__all__ = ["CitationFinder", "find_mentions"]

#: Texts of an item by the passage they stand in, in the order of the document.
Texts = Mapping[PassageKey, str]


def find_mentions(gazetteer: Gazetteer, texts: Texts, entry: Key, parties: Sequence[Party] = ()) -> tuple[Mention, ...]:
    """Organisations named in an item: one mention for each role a label states, else one as named.

    :raises ExtractionError: when an organisation to which a label gives a role is not found or not registered.
    """
    sighted: dict[str, dict[PassageKey, str]] = {}
    spans: dict[PassageKey, list[tuple[int, int, str]]] = {}
    for key, text in texts.items():
        for sighting in gazetteer.find(text, entry):
            sighted.setdefault(sighting.actor, {}).setdefault(key, sighting.printed)
            spans.setdefault(key, []).append((sighting.start, sighting.end, sighting.actor))
    roles: dict[tuple[str, str], dict[PassageKey, str]] = {}
    for party in parties:
        for printed in party.printed:
            key, actor = _party(texts, spans, entry, party, printed)
            roles.setdefault((actor, party.role), {})[key] = printed
    with_role = {actor for actor, _ in roles}
    named = {(actor, "named"): places for actor, places in sighted.items() if actor not in with_role}
    return tuple(
        Mention.model_validate(
            {"actor": f"actor/{actor}", "printed": next(iter(places.values())), "role": role, "passages": tuple(places)}
        )
        for (actor, role), places in {**roles, **named}.items()
    )


def _party(
    texts: Texts, spans: Mapping[PassageKey, list[tuple[int, int, str]]], entry: Key, party: Party, printed: str
) -> tuple[PassageKey, str]:
    """Passage and key of an organisation that stands in the paragraph of a label or after it."""
    reached = False
    for key, text in texts.items():
        reached = reached or party.label in text
        start = text.find(printed, text.find(party.label) + 1 if party.label in text else 0)
        if not reached or start < 0:
            continue
        for first, last, actor in spans.get(key, ()):
            if first < start + len(printed) and last > start:
                return key, actor
        raise ExtractionError(
            f"{entry}: {party.label!r}",
            f"{printed!r} has the role {party.role!r}, but no organisation is registered under this form",
            "a registered organisation",
            "register it in data/curation/actors/",
        )
    raise ExtractionError(
        f"{entry}: {party.label!r}", "not found", f"{printed!r} after it", "compare the entry with its parties in entries.toml"
    )


class CitationFinder:
    """Finds instruments and other entries in texts, and knows at the end what was found nowhere."""

    def __init__(self, instruments: Sequence[InstrumentFacts], cross_references: Sequence[CrossReference]) -> None:
        self._forms: dict[str, InstrumentFacts] = {}
        for instrument in instruments:
            self._forms.update(dict.fromkeys(instrument.forms or (instrument.name,), instrument))
        longest_first = sorted(self._forms, key=lambda form: (-len(form), form))
        self._pattern = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in longest_first))
        self._cross_references = cross_references
        self._unmet = {*self._forms, *(_pointer(reference) for reference in cross_references)}

    def find(self, source: ItemPath, texts: Texts) -> Iterator[Citation]:
        """Citations in the texts of an item, each with the passage it stands in."""
        entry = source.split("/", 1)[1]
        met: set[tuple[str, str]] = set()
        for key, text in texts.items():
            for match in self._pattern.finditer(text):
                instrument = self._forms[match[0]]
                if instrument.within and entry not in instrument.within:
                    continue
                self._unmet.discard(match[0])
                if (instrument.slug, key) not in met:
                    met.add((instrument.slug, key))
                    yield Citation(source=source, target=f"instrument/{instrument.slug}", passage=key)
            for reference in self._cross_references:
                if reference.entry == entry and reference.printed in text and (reference.to, key) not in met:
                    met.add((reference.to, key))
                    self._unmet.discard(_pointer(reference))
                    yield Citation(source=source, target=reference.to, passage=key)

    def close(self, where: str) -> None:
        """Check that everything declared was found.

        :raises ExtractionError: naming the first that was not.
        """
        if self._unmet:
            raise ExtractionError(
                where,
                f"not found: {sorted(self._unmet)[0]!r}",
                "every declared form of an instrument and every cross-reference in the text",
                "compare the document with etl/sources/cdadi_2024_39/references.toml",
            )


def _pointer(reference: CrossReference) -> str:
    return f"{reference.entry} -> {reference.to}: {reference.printed}"

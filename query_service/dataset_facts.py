"""What the dataset says of itself as a whole, asked once for each version."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from query_service.dataset_description import read_dataset_description
from query_service.generations import Generation

__all__ = ["DatasetFacts", "FactsKeeper"]

_OURSELVES: Final = "the service"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DATASET: Final = "http://www.w3.org/ns/dcat#Dataset"
_DCTERMS: Final = "http://purl.org/dc/terms/"


@dataclass(frozen=True)
class DatasetFacts:
    """The dataset.

    :param version: its version.
    :param triples: what it says of itself and its graphs, and of its parts where these were asked for.
    :param iri: its IRI; none where a snapshot does not describe itself.
    :param licence: IRI of its licence.
    :param titles: its title by language.
    :param description: what it is, in English.
    :param provenance: how it was made and who judged, in English.
    """

    version: str
    triples: tuple[Triple, ...] = field(repr=False, default=())
    iri: str | None = None
    licence: str | None = None
    titles: dict[str, str] = field(default_factory=dict)
    description: str = ""
    provenance: str = ""


class FactsKeeper:
    """Keeps the facts of the generation in service."""

    def __init__(self) -> None:
        self._facts: DatasetFacts | None = None
        self._all: DatasetFacts | None = None
        self._learning = asyncio.Lock()

    async def facts(self, generation: Generation) -> DatasetFacts:
        """What the dataset of a generation says of itself.

        :raises ServiceError: when it cannot be asked now.
        """
        async with self._learning:
            if self._facts is None or self._facts.version != generation.version:
                triples = await read_dataset_description(generation, _OURSELVES, "describe_whole")
                self._facts = _sum_up(generation.version, triples)
            return self._facts

    async def all_facts(self, generation: Generation) -> DatasetFacts:
        """The same with all parts of the dataset; tens of thousands of statements, which an engine may refuse to send.

        :raises ServiceError: when they cannot be had.
        """
        async with self._learning:
            if self._all is None or self._all.version != generation.version:
                self._all = _sum_up(generation.version, await read_dataset_description(generation, _OURSELVES))
            return self._all


def _sum_up(version: str, triples: Iterable[Triple]) -> DatasetFacts:
    kept = tuple(triples)
    wholes = [triple.subject for triple in kept if triple.predicate.value == _TYPE and triple.object == NamedNode(_DATASET)]
    if not wholes or not isinstance(wholes[0], NamedNode):
        return DatasetFacts(version, kept)
    said = [triple for triple in kept if triple.subject == wholes[0]]
    licences = [triple.object.value for triple in _values(said, "license") if isinstance(triple.object, NamedNode)]
    titles = {
        triple.object.language or "": triple.object.value
        for triple in _values(said, "title")
        if isinstance(triple.object, Literal)
    }
    return DatasetFacts(
        version,
        kept,
        iri=wholes[0].value,
        licence=next(iter(licences), None),
        titles=titles,
        description=_english(said, "description"),
        provenance=_english(said, "provenance"),
    )


def _values(said: Iterable[Triple], name: str) -> list[Triple]:
    return [triple for triple in said if triple.predicate.value == _DCTERMS + name]


def _english(said: Iterable[Triple], name: str) -> str:
    found = [triple.object for triple in _values(said, name) if isinstance(triple.object, Literal)]
    return next((text.value for text in found if text.language in {"en", None}), "")

"""What all routes that publish documents share: the dataset in service, what is known of it, and how documents are named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from query_service.answering import Answering
from query_service.answers import entity_tag
from query_service.dataset_facts import FactsKeeper
from query_service.delivery import Asked
from query_service.dumps.listing import DumpEntry
from query_service.generations import Generation, Generations
from query_service.history import History
from query_service.language import choose_reading
from query_service.linked_data.describing import Describing
from query_service.pages import Site, build_site, pages_edition
from query_service.releases.history import History as Releases
from query_service.urls import Urls

__all__ = ["Publishing", "no_dumps"]

#: Raised whenever other code would make other documents of the same data.
_EDITION: Final = 1


async def no_dumps(_generation: Generation) -> Sequence[DumpEntry]:
    """No files: of a service that has no route for them."""
    return ()


@dataclass(frozen=True)
class Publishing:
    """Shared by the routes of one service.

    :param address: absolute URL before every route.
    :param generations: the dataset in service.
    :param answering: gives answers.
    :param history: the past of the dataset.
    :param describing: what is said of items.
    :param facts: what the dataset says of itself.
    :param dumps: files of a generation that can be had at ``/dumps/``.
    :param dumps_at_hand: those of them that need not be made first.
    :param ways: paths of doors beyond those that every service has, by key.
    :param releases: what was published, if anything ever is.
    :param versions: finds the generation of an older version.
    """

    address: str
    generations: Generations
    answering: Answering
    history: History
    describing: Describing
    facts: FactsKeeper = field(default_factory=FactsKeeper)
    dumps: Callable[[Generation], Awaitable[Sequence[DumpEntry]]] = no_dumps
    dumps_at_hand: Callable[[Generation], Awaitable[Sequence[DumpEntry]]] = no_dumps
    ways: Mapping[str, str] = field(default_factory=dict)
    releases: Callable[[], Awaitable[Releases]] | None = None
    versions: Callable[[str], Awaitable[Generation]] | None = None

    async def generation(self, version: str | None) -> Generation:
        """The dataset in service, or that of a version.

        :raises UnknownVersion: when there never was one of that name.
        :raises Withdrawn: when it is no longer published.
        :raises VersionNotHeld: when it is not on this machine.
        """
        if version is None:
            return await self.generations.current()
        return await (self.versions or self.generations.pinned)(version)

    def urls(self, generation: Generation) -> Urls:
        """Addresses at this service."""
        return Urls(self.address, generation.snapshot.manifest.base)

    async def site(self, generation: Generation, asked: Asked) -> Site:
        """What all pages have in common, in the language that a request asks for."""
        return build_site(self.urls(generation), await self.facts.facts(generation), self.ways, choose_reading(asked))

    def tag(self, generation: Generation, *parts: str | int | Sequence[str] | None) -> str:
        """Entity tag of a document that the dataset, the service and these parts decide.

        :param parts: what it is, which graphs it is made of, and its format.
        """
        return entity_tag("document", _EDITION, pages_edition(), generation.version, self.address, *parts)

"""The page on the project: how links are made and checked, what the data do not say, how to cite, and how it is run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from query_service.analyst.desk import Desk, View
from query_service.analyst.things import Thing
from query_service.linked_data.values import Value
from query_service.pages import Site, render_page

__all__ = ["AboutPage", "AgentLine", "AgreementLine", "DocumentLine", "LinkFigures", "add_routes"]

#: Layers that pages have words for, in the order in which they are told.
_LAYERS: Final = (
    "primary", "secondary", "conclusions", "measures", "guidelines", "levels", "target_groups", "themes", "actors",
    "evidence_type", "transferability", "frameworks",
)  # fmt: skip
_BY_PERSON: Final = "ReviewedByPerson"
_BY_MODEL: Final = "JudgedByModel"
_BY_DOCUMENT: Final = "StatedByDocument"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkFigures(_Record):
    """Link records in numbers."""

    all: int = Field(description="link records")
    stated: int = Field(description="those that a document states")
    judged: int = Field(description="those that language models judged")
    reviewed: int = Field(description="those that a person has reviewed")
    agreed: int = Field(description="judged links that both readers gave")
    disputed: int = Field(description="judged links that one reader gave, and that a decision kept")
    evidence: int = Field(description="different passages that links rest on")


class AgreementLine(_Record):
    """How far the two readers agreed on one layer."""

    name: str = Field(description="the layer")
    layer: str = Field(description="its name in the data")
    measure: str = Field(description="kappa or f1")
    value: str = Field(description="the figure, as the data have it")
    items: int = Field(description="items compared")
    url: str = Field(description="its page")


class AgentLine(_Record):
    """A program, language model or person that links are owed to."""

    name: Value = Field(description="what it is called, which leads to its page")
    description: Value | None = Field(description="what it does")
    links: int = Field(description="link records that are owed to it, alone or with others")
    is_person: bool = Field(description="whether it is a person")


class DocumentLine(_Record):
    """A document that the data come from."""

    title: Value = Field(description="its title, which leads to its page")
    issued: str = Field(description="when it was issued, as printed; empty where that is not stated")
    issuer: str = Field(description="who issued it, as printed")
    practices: int = Field(description="practices that it describes")


class AboutPage(_Record):
    """Context of ``about.html``."""

    site: Site = Field(description="what all pages have in common")
    dataset: str = Field(description="IRI of the dataset")
    base: str = Field(description="base of its IRIs")
    provenance: str = Field(description="how it was made, in its own words; English")
    practices: int = Field(description="practices")
    reviewed: int = Field(description="practices that were reviewed for the principles")
    links: LinkFigures = Field(description="link records in numbers")
    agreement: tuple[AgreementLine, ...] = Field(description="how far the two readers agreed")
    agents: tuple[AgentLine, ...] = Field(description="whom links are owed to")
    documents: tuple[DocumentLine, ...] = Field(description="documents that the data come from")
    published: str = Field(description="when this version was published; empty where it was not")


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the route.

    :param router: to which it is added.
    :param desk: what pages for analysts share.
    """

    @router.get("/about", summary="How links are made and checked, and what the data do not say")
    async def about() -> Response:
        """How the dataset was made and checked, in figures that come from it, how to cite it and how the service is run."""
        return desk.answer({"html": _html, "json": _json}, name="about")


def _html(view: View) -> bytes:
    return render_page("about.html", _page(view))


def _json(view: View) -> bytes:
    page = _page(view)
    told = page.model_dump_json(exclude={"site"}, indent=1)
    version = f'{{\n "dataset_version": "{view.analysis.version}",\n "licence": "{view.site.licence or ""}",'
    return (version + told.removeprefix("{") + "\n").encode()


def _page(view: View) -> AboutPage:
    practices = view.things.practices.values()
    return AboutPage(
        site=view.site,
        dataset=view.things.facts.dataset,
        base=view.things.base,
        provenance=view.things.facts.provenance,
        practices=len(practices),
        reviewed=sum("framework/eu-cbp-2004" in practice.paths("ipg:reviewedFor") for practice in practices),
        links=_link_figures(view),
        agreement=_agreement(view),
        agents=_agents(view),
        documents=_documents(view),
        published=view.published.date().isoformat() if view.published else "",
    )


def _link_figures(view: View) -> LinkFigures:
    links = view.things.links.values()
    states = Counter(link.first("ipg:reviewState").rpartition("#")[2] for link in links)
    agreed = Counter(link.first("ipg:readersAgreed") for link in links)
    return LinkFigures(
        all=len(links),
        stated=states[_BY_DOCUMENT],
        judged=states[_BY_MODEL],
        reviewed=states[_BY_PERSON],
        agreed=agreed["true"],
        disputed=agreed["false"],
        evidence=len({passage for link in links for passage in link.paths("ipg:evidence")}),
    )


def _agreement(view: View) -> tuple[AgreementLine, ...]:
    found = []
    for thing in view.things.of("ipg:AgreementFigure").values():
        layer = thing.first("ipg:codingLayer")
        name = view.reading.words(f"about-layer-{layer.replace('_', '-')}") if layer in _LAYERS else layer
        line = AgreementLine(
            name=name,
            layer=layer,
            measure=thing.first("ipg:agreementMeasure"),
            value=thing.first("ipg:agreementValue"),
            items=int(thing.first("ipg:itemsCompared") or 0),
            url=view.urls.page(thing.iri),
        )
        found.append(line)
    order = {layer: place for place, layer in enumerate(_LAYERS)}
    return tuple(sorted(found, key=lambda line: (order.get(line.layer, len(order)), line.layer)))


def _agents(view: View) -> tuple[AgentLine, ...]:
    owed = Counter(agent for link in view.things.links.values() for agent in link.paths("prov:wasAttributedTo"))
    persons = view.things.of("prov:Person")
    agents = {**view.things.of("prov:SoftwareAgent"), **persons}
    lines = []
    for path, thing in agents.items():
        summary = thing.summary(view.language)
        line = AgentLine(
            name=_value(view, thing),
            description=Value(text=summary.text, language=summary.language) if summary else None,
            links=owed[path],
            is_person=path in persons,
        )
        lines.append(line)
    return tuple(sorted(lines, key=lambda line: (not line.is_person, -line.links, line.name.text)))


def _documents(view: View) -> tuple[DocumentLine, ...]:
    described = Counter(source for practice in view.things.practices.values() for source in practice.paths("dcterms:source"))
    lines = [
        DocumentLine(
            title=_value(view, thing),
            issued=thing.first("dcterms:issued"),
            issuer=", ".join(value.text for value in thing.values("ipg:issuerAsPrinted")),
            practices=described[path],
        )
        for path, thing in view.things.of("ipg:SourceDocument").items()
    ]
    return _by_date(lines)


def _by_date(lines: Sequence[DocumentLine]) -> tuple[DocumentLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.issued, line.title.text)))


def _value(view: View, thing: Thing) -> Value:
    title = thing.title(view.language)
    return Value(text=title.text, language=title.language, url=view.urls.page(thing.iri))

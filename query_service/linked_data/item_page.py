"""The page on one item: a description sorted for people, in a record of which each field is a key of the template."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import Literal, NamedNode, Quad

from query_service.linked_data.labels import Labels
from query_service.linked_data.reasons import Reason, read_reasons
from query_service.linked_data.records import Description, iri_of
from query_service.linked_data.rows import rows_of
from query_service.linked_data.schema_types import schema_names
from query_service.linked_data.values import PropertyRow, Value
from query_service.pages import Site
from query_service.representations import DATA_SUFFIXES
from query_service.urls import Urls

__all__ = ["Download", "ItemPage", "Passage", "build_item_page", "read_passages"]

#: Values of one property, reasons and passages on a page; the data has all.
_MOST_SHOWN: Final = 40
_DCTERMS: Final = "http://purl.org/dc/terms/"
_OA: Final = "http://www.w3.org/ns/oa#"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_SHOWN_ABOVE: Final = frozenset({_TYPE, f"{_DCTERMS}title", f"{_SKOS}prefLabel", f"{_DCTERMS}description"})
_DERIVED: Final = "http://www.w3.org/ns/prov#wasDerivedFrom"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Passage(_Record):
    """Where a passage stands in a document."""

    at: Value = Field(description="the passage, linked to its own page")
    document: Value | None = Field(description="the document; its page tells where it can be had")
    section: str = Field(description="path of its section, as printed")
    start: str = Field(description="first character, in code points from 0")
    end: str = Field(description="character after the last")
    sha256: str = Field(description="of the normalised passage")
    wording: str = Field(description="the wording, where it may be shown; else empty")


class Download(_Record):
    """Data on the item in one format."""

    name: str = Field(description="ending of the address, e.g. ttl")
    media_type: str = Field(description="media type")
    url: str = Field(description="address")


class ItemPage(_Record):
    """Context of ``item.html``."""

    site: Site = Field(description="what all pages have in common")
    title: str = Field(description="label in the language of the page, else in English or in any, else the compact name")
    iri: str = Field(description="IRI of the item")
    kinds: tuple[Value, ...] = Field(description="its classes")
    summary: Value | None = Field(description="our summary, in the language of the page where there is one")
    names: tuple[Value, ...] = Field(description="its titles in other languages")
    properties: tuple[PropertyRow, ...] = Field(description="what is said of it, by property")
    incoming: tuple[PropertyRow, ...] = Field(description="what leads to it, by property")
    reasons: tuple[Reason, ...] = Field(description="why we say so: link records on it")
    more_reasons: int = Field(description="link records that are not shown")
    passages: tuple[Passage, ...] = Field(description="where its evidence stands")
    more_passages: int = Field(description="passages that are not shown")
    downloads: tuple[Download, ...] = Field(description="the same as data")
    schema_org: str = Field(description="the same in short in terms of schema.org, as JSON-LD that a page can embed")


def build_item_page(description: Description, urls: Urls, labels: Labels, site: Site, media_types: Mapping[str, str]) -> ItemPage:
    """Sort a description for its page.

    :param labels: names of what it mentions.
    :param media_types: media types of data by ending.
    """
    iri = description.iri
    types = [iri_of(quad.object) for quad in description.own if quad.predicate.value == _TYPE]
    language = site.reading.language
    summaries = _texts(language, description.own, f"{_DCTERMS}description")
    title = labels.name(iri)
    names = [text for text in _texts(language, description.own, f"{_SKOS}prefLabel", f"{_DCTERMS}title") if text.value != title]
    # Wordings are shown beside their passages, and what carries them has no page.
    wordings = f"{urls.base}graph/text"
    told = [quad for quad in description.own if iri_of(quad.graph_name) != wordings]
    shown = [quad for quad in told if quad.predicate.value not in _SHOWN_ABOVE | {_DERIVED}]
    reasons = read_reasons(description.links, iri, urls, labels)
    passages = read_passages(description, urls, labels)
    records = {quad.subject for quad in description.links}
    incoming = [quad for quad in description.incoming if quad.subject not in records]
    return ItemPage(
        site=site,
        title=title,
        iri=iri,
        kinds=tuple(labels.value(NamedNode(type_), urls) for type_ in dict.fromkeys(types)),
        summary=labels.text(summaries[0]) if summaries else None,
        names=tuple(labels.text(text) for text in dict.fromkeys(names)),
        properties=rows_of(shown, urls, labels, _MOST_SHOWN),
        incoming=rows_of(incoming, urls, labels, _MOST_SHOWN, backwards=True),
        reasons=tuple(reasons[:_MOST_SHOWN]),
        more_reasons=max(0, len(reasons) - _MOST_SHOWN),
        passages=tuple(passages[:_MOST_SHOWN]),
        more_passages=max(0, len(passages) - _MOST_SHOWN),
        downloads=tuple(
            Download(name=suffix, media_type=media_types[suffix], url=urls.data(iri, suffix)) for suffix in DATA_SUFFIXES
        ),
        schema_org=_schema_org(iri, title, summaries, types, urls, site),
    )


def _texts(language: str, quads: Iterable[Quad], *properties: str) -> list[Literal]:
    """Texts of some properties, those in a language first, then the English ones."""
    found = [quad.object for quad in quads if quad.predicate.value in properties and isinstance(quad.object, Literal)]
    return sorted(
        dict.fromkeys(found), key=lambda text: (text.language != language, text.language != "en", text.language or "", text.value)
    )


def read_passages(description: Description, urls: Urls, labels: Labels) -> list[Passage]:
    """Where the passages of a description stand, with their wording where it may be shown.

    :param labels: names of what it mentions.
    """
    said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in (*description.own, *description.passages):
        said[iri_of(quad.subject)][quad.predicate.value].append(quad.object)
    found = []
    for iri, about in said.items():
        selectors = [said[term.value] for term in about.get(f"{_OA}hasSelector", []) if term.value in said]
        places = [selector for selector in selectors if f"{_OA}start" in selector]
        if not places:
            continue
        wordings = [selector[f"{_OA}exact"][0].value for selector in selectors if f"{_OA}exact" in selector]
        documents = about.get(f"{_DCTERMS}source", [])
        found.append(
            Passage(
                at=labels.value(NamedNode(iri), urls),
                document=labels.value(documents[0], urls) if documents else None,
                section=_first(about, f"{urls.base}ontology#sectionPath"),
                start=_first(places[0], f"{_OA}start"),
                end=_first(places[0], f"{_OA}end"),
                sha256=_first(about, f"{urls.base}ontology#passageHash"),
                wording=next(iter(wordings), ""),
            )
        )
    return sorted(found, key=lambda passage: passage.at.url or "")


def _first(about: Mapping[str, Sequence[Any]], property_: str) -> str:
    return next((str(term.value) for term in about.get(property_, [])), "")


def _schema_org(iri: str, title: str, summaries: Sequence[Literal], types: Sequence[str], urls: Urls, site: Site) -> str:
    names = schema_names(types, urls.base) or ["Thing"]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": iri,
        "@type": names if len(names) > 1 else names[0],
        "name": title,
        "url": urls.page(iri),
        "identifier": iri,
    }
    if summaries:
        told["description"] = summaries[0].value
    about: dict[str, Any] = {"@type": "Dataset", "name": site.dataset_title, "url": urls.at(), "version": site.version}
    if site.licence:
        about["license"] = site.licence
    told["subjectOf"] = about
    # "<" could end the element that the text stands in.
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")

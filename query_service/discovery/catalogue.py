"""The catalogue in DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/): the dataset, its files, its service.

Only what is known is said. IRIs of authority tables are those of https://op.europa.eu/en/web/eu-vocabularies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pyoxigraph import Triple

from query_service.dataset_facts import DatasetFacts
from query_service.discovery.statements import Statements
from query_service.dumps.listing import DumpEntry
from query_service.urls import Urls

__all__ = ["describe_catalogue"]

_MEDIA_TYPES: Final = "http://www.iana.org/assignments/media-types/"
_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
_LANGUAGES: Final = {"en": f"{_AUTHORITY}language/ENG", "fr": f"{_AUTHORITY}language/FRA", "de": f"{_AUTHORITY}language/DEU"}
_PUBLIC: Final = f"{_AUTHORITY}access-right/PUBLIC"
_THEMES: Final = f"{_AUTHORITY}data-theme"
_THEME: Final = f"{_THEMES}/SOCI"
_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
#: Concepts of authority tables that are pointed to, with their class and English label.
_CONCEPTS: Final = {
    _LANGUAGES["en"]: ("dcterms:LinguisticSystem", "English"),
    _LANGUAGES["fr"]: ("dcterms:LinguisticSystem", "French"),
    _LANGUAGES["de"]: ("dcterms:LinguisticSystem", "German"),
    _PUBLIC: ("dcterms:RightsStatement", "public"),
    _THEME: ("skos:Concept", "Population and society"),
}
_FILE_TYPES: Final = {
    "application/trig": "RDF_TRIG",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/ld+json": "JSON_LD",
    "text/turtle": "RDF_TURTLE",
    "application/rdf+xml": "RDF_XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}
_FILE_SCHEME: Final = f"{_AUTHORITY}file-type"
_LABELS: Final = {
    "RDF_TRIG": "RDF TriG",
    "RDF_N_QUADS": "RDF N-Quads",
    "RDF_N_TRIPLES": "RDF N-Triples",
    "RDF_TURTLE": "RDF Turtle",
    "RDF_XML": "RDF XML",
    "JSON_LD": "JSON-LD",
}
_GZIP: Final = f"{_MEDIA_TYPES}application/gzip"
#: The profile wants it with https, although the vocabulary has http; the one is said to be the other.
_SHA256: Final = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_SHA256_OF_SPDX: Final = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def describe_catalogue(
    urls: Urls, facts: DatasetFacts, dumps: Sequence[DumpEntry], published: datetime | None = None
) -> list[Triple]:
    """The catalogue.

    :param facts: what the dataset says of itself.
    :param dumps: files that can be had at this service.
    :param published: when this version was published; none where that is not recorded.
    """
    catalogue, service, publisher = (
        f"{urls.at('catalog')}#catalogue",
        f"{urls.at('catalog')}#service",
        f"{urls.at('catalog')}#publisher",
    )
    dataset = facts.iri or f"{urls.at('catalog')}#dataset"
    title = facts.titles.get("en") or "Integration Policy Graph"
    day = published.date().isoformat() if published else None
    top = Statements(catalogue, "dcat:Catalog").say("dcterms:title", title, language="en")
    top.say("dcterms:description", f"{title}: the dataset, its files and its query service.", language="en")
    top.link("dcterms:publisher", publisher).link("foaf:homepage", urls.at()).link("dcterms:license", facts.licence)
    top.link("dcat:dataset", dataset).link("dcat:service", service).link("dcterms:language", _LANGUAGES["en"])
    top.link("dcat:themeTaxonomy", _THEMES).say("dcterms:modified", day, datatype="xsd:date")
    agent = Statements(publisher, "foaf:Agent").say("foaf:name", "Integration Policy Graph", language="en")
    whole = (
        _dataset(urls, facts, dataset, title)
        .link("dcterms:publisher", publisher)
        .say("dcterms:modified", day, datatype="xsd:date")
    )
    door = _service(urls, facts, service, title).link("dcat:servesDataset", dataset).link("dcterms:publisher", publisher)
    asked = _asked(urls, facts, service)
    whole.link("dcat:distribution", asked.subject.value)
    files = []
    for entry in dumps:
        file, checksum = _file(urls, facts, entry)
        whole.link("dcat:distribution", file.subject.value)
        files += [file, checksum]
    home = Statements(urls.at(), "foaf:Document")
    parts = [top, agent, whole, door, asked, home, *files, *_kinds(facts, dumps)]
    return list(dict.fromkeys(triple for part in parts for triple in part.triples))


def _dataset(urls: Urls, facts: DatasetFacts, dataset: str, title: str) -> Statements:
    whole = Statements(dataset, "dcat:Dataset")
    for language, text in (facts.titles or {"en": title}).items():
        whole.say("dcterms:title", text, language=language or None)
    whole.say("dcterms:description", facts.description or title, language="en")
    whole.say("dcat:version", facts.version)
    whole.link("dcat:landingPage", urls.at()).link("dcterms:accessRights", _PUBLIC)
    whole.link("dcterms:language", *_LANGUAGES.values())
    whole.link("dcat:theme", _THEME)
    for keyword in ("migrant integration", "integration policy", "good practice"):
        whole.say("dcat:keyword", keyword, language="en")
    return whole


def _service(urls: Urls, facts: DatasetFacts, service: str, title: str) -> Statements:
    door = Statements(service, "dcat:DataService").say("dcterms:title", f"{title}: SPARQL endpoint", language="en")
    door.link("dcat:endpointURL", urls.at("sparql")).link("dcat:endpointDescription", urls.at("sparql", format="ttl"))
    door.link("dcat:theme", _THEME).link("dcterms:conformsTo", _PROTOCOL)
    return door.link("dcterms:license", facts.licence).link("dcterms:accessRights", _PUBLIC)


def _asked(urls: Urls, facts: DatasetFacts, service: str) -> Statements:
    """The dataset as it can be had by queries."""
    asked = Statements(f"{urls.at('catalog')}#by-query", "dcat:Distribution")
    asked.say("dcterms:title", "by SPARQL queries", language="en").link("dcat:accessURL", urls.at("sparql"))
    return asked.link("dcat:accessService", service).link("dcterms:license", facts.licence)


def _file(urls: Urls, facts: DatasetFacts, entry: DumpEntry) -> tuple[Statements, Statements]:
    url = urls.dump(entry.name)
    checksum = Statements(f"{url}#sha256", "spdx:Checksum").link("spdx:algorithm", _SHA256)
    checksum.say("spdx:checksumValue", entry.sha256, datatype="xsd:hexBinary")
    file = Statements(f"{url}#distribution", "dcat:Distribution").say("dcterms:title", entry.title, language="en")
    file.link("dcat:accessURL", url).link("dcat:downloadURL", url).link("dcterms:license", facts.licence)
    file.link("dcat:mediaType", _MEDIA_TYPES + entry.media_type).link("spdx:checksum", checksum.subject.value)
    if entry.media_type in _FILE_TYPES:
        file.link("dcterms:format", f"{_AUTHORITY}file-type/{_FILE_TYPES[entry.media_type]}")
    if entry.compressed:
        file.link("dcat:compressFormat", _GZIP)
    file.say("dcat:byteSize", entry.size, datatype="xsd:nonNegativeInteger")
    return file, checksum


def _kinds(facts: DatasetFacts, dumps: Sequence[DumpEntry]) -> list[Statements]:
    """Classes that the profile wants told of what the catalogue points to."""
    kinds = [Statements(_PROTOCOL, "dcterms:Standard")]
    kinds.append(Statements(_THEMES, "skos:ConceptScheme").say("dcterms:title", "Data theme", language="en"))
    for iri, (type_, label) in _CONCEPTS.items():
        concept = Statements(iri, type_, "skos:Concept").say("skos:prefLabel", label, language="en")
        kinds.append(concept.link("skos:inScheme", iri.rsplit("/", 1)[0]))
    if facts.licence:
        kinds.append(Statements(facts.licence, "dcterms:LicenseDocument"))
    media_types = sorted({_MEDIA_TYPES + entry.media_type for entry in dumps} | ({_GZIP} if dumps else set()))
    kinds += [Statements(iri, "dcterms:MediaType") for iri in media_types]
    named = sorted({_FILE_TYPES[entry.media_type] for entry in dumps if entry.media_type in _FILE_TYPES})
    if dumps:
        kinds.append(Statements(_SHA256, "spdx:ChecksumAlgorithm").link("skos:exactMatch", _SHA256_OF_SPDX))
    for name in named:
        concept = Statements(f"{_AUTHORITY}file-type/{name}", "dcterms:MediaTypeOrExtent", "skos:Concept")
        kinds.append(concept.say("skos:prefLabel", _LABELS.get(name, name), language="en").link("skos:inScheme", _FILE_SCHEME))
    return kinds

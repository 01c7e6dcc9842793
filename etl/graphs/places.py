"""Places named by practices, provisions and actors: countries matched to the EU authority table, localities below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.errors import RecordError
from etl.graphs.writer import GraphWriter, item, page, text
from etl.identifiers import Iso3, ItemPath
from etl.places import Country
from etl.records import Locality

__all__ = ["write_places"]


def write_places(
    graph: GraphWriter,
    countries: Mapping[Iso3, Country],
    geonames: Mapping[ItemPath, int],
    used: Iterable[Iso3],
    localities: Iterable[Locality],
) -> None:
    """Write the countries used and the localities in them; a locality brings its country.

    A municipality is close to the populated place that GeoNames knows, not the same: one is a territory, the other a town.

    :raises RecordError: when a code is in no table.
    """
    by_path = {locality.path: locality for locality in localities}
    for iso3 in sorted({*used, *(locality.country for locality in by_path.values())}):
        if iso3 not in countries:
            raise RecordError(
                "country", f"unknown country code {iso3!r}", "an ISO 3166-1 alpha-3 code of data/countries.tsv", "correct it"
            )
        _write_country(graph, countries[iso3])
    for locality in by_path.values():
        node = item(locality.path)
        graph.types(node, "ipg:Place", "dcterms:Location", "skos:Concept")
        graph.label(node, [("en", locality.printed.title() if locality.printed.isupper() else locality.printed)])
        graph.add(node, "skos:inScheme", item("scheme/places"))
        graph.add(node, "skos:broader", item(f"place/{locality.country.lower()}"))
        graph.add(node, "ipg:placeKind", locality.kind)
        if locality.path in geonames:
            graph.add(node, "skos:closeMatch", page(f"https://sws.geonames.org/{geonames[locality.path]}/", "data/geonames.tsv"))


def _write_country(graph: GraphWriter, country: Country) -> None:
    node = item(f"place/{country.iso3.lower()}")
    graph.types(node, "ipg:Place", "dcterms:Location", "skos:Concept")
    graph.label(node, [("en", country.name_en), ("fr", country.name_fr), ("de", country.name_de)])
    graph.add(node, "skos:inScheme", item("scheme/places"))
    graph.add(node, "skos:topConceptOf", item("scheme/places"))
    graph.add(node, "skos:notation", country.iso3)
    graph.add(node, "ipg:placeKind", "country")
    authority = page(country.eu_authority_iri, "data/countries.tsv")
    graph.add(node, "skos:exactMatch", authority)
    graph.add(authority, "skos:prefLabel", text(country.name_en, "en"))

"""Links from our items to datasets of others, as ``void:Linkset`` (https://www.w3.org/TR/void/#linkset).

A linkset holds the links of one property to one dataset. It points at the dataset of others by the space of its IRIs,
which is all that a follower of links needs; nothing else is said of it here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from etl.graphs.writer import GraphWriter, item
from etl.identifiers import BASE
from etl.namespaces import compact
from etl.records import Record

__all__ = ["TARGETS", "Target", "write_linksets"]


class Target(Record):
    """A dataset of others.

    :ivar space: what its IRIs begin with.
    :ivar titles: its name in English, French and German.
    """

    key: str
    space: str
    titles: tuple[str, str, str]


#: Datasets of others whose IRIs our items point at.
TARGETS = (
    Target(key="eurovoc", space="http://eurovoc.europa.eu/", titles=("EuroVoc", "EuroVoc", "EuroVoc")),
    Target(
        key="eu-countries",
        space="http://publications.europa.eu/resource/authority/country/",
        titles=(
            "EU authority table of countries and territories",
            "Table d'autorité de l'UE des pays et territoires",
            "EU-Normtabelle der Länder und Gebiete",
        ),
    ),
    Target(
        key="eu-languages",
        space="http://publications.europa.eu/resource/authority/language/",
        titles=("EU authority table of languages", "Table d'autorité de l'UE des langues", "EU-Normtabelle der Sprachen"),
    ),
    Target(key="geonames", space="https://sws.geonames.org/", titles=("GeoNames", "GeoNames", "GeoNames")),
)
_LANGUAGES = ("en", "fr", "de")
_LINKSET_TITLES = ("Links to {target} by {link}", "Liens vers {target} par {link}", "Links zu {target} mit {link}")


def write_linksets(graph: GraphWriter, node: NamedNode, path: str, triples: Iterable[Triple]) -> None:
    """Describe the links that leave a dataset.

    :param node: the dataset.
    :param path: of linksets and of the datasets they lead to, below ``id/``.
    :param triples: each once.
    """
    found: dict[tuple[str, NamedNode], list[Triple]] = defaultdict(list)
    for triple in triples:
        target = _find_target(triple)
        if target is not None:
            found[target.key, triple.predicate].append(triple)
    for target in TARGETS:
        links = {link: some for (key, link), some in found.items() if key == target.key}
        if links:
            other = item(f"{path}/linked/{target.key}")
            graph.types(other, "void:Dataset")
            graph.add(other, "void:uriSpace", target.space)
            graph.label(other, zip(_LANGUAGES, target.titles, strict=True))
        for link, some in links.items():
            _write_linkset(graph, node, path, target, link, some)


def _find_target(triple: Triple) -> Target | None:
    if not (isinstance(triple.object, NamedNode) and isinstance(triple.subject, NamedNode)):
        return None
    if not triple.subject.value.startswith(f"{BASE}id/"):
        return None
    return next((target for target in TARGETS if triple.object.value.startswith(target.space)), None)


def _write_linkset(
    graph: GraphWriter, node: NamedNode, path: str, target: Target, link: NamedNode, triples: list[Triple]
) -> None:
    name = compact(link.value)
    linkset = item(f"{path}/linkset/{target.key}-{name.lower().replace(':', '-')}")
    other = item(f"{path}/linked/{target.key}")
    graph.add(node, "void:subset", linkset)
    graph.types(linkset, "void:Linkset", "void:Dataset")
    graph.label(
        linkset,
        (
            (language, form.format(target=title, link=name))
            for language, form, title in zip(_LANGUAGES, _LINKSET_TITLES, target.titles, strict=True)
        ),
    )
    graph.add(linkset, "void:target", node, other)
    graph.add(linkset, "void:subjectsTarget", node)
    graph.add(linkset, "void:objectsTarget", other)
    graph.add(linkset, "void:linkPredicate", link)
    graph.add(linkset, "void:triples", len(triples))
    graph.add(linkset, "void:distinctSubjects", len({triple.subject for triple in triples}))
    graph.add(linkset, "void:distinctObjects", len({triple.object for triple in triples}))

"""VoID of the dataset with what only a service knows: where its files, its endpoint and its pages are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import Triple

from query_service.dataset_facts import DatasetFacts
from query_service.discovery.statements import Statements
from query_service.dumps.listing import DumpEntry
from query_service.urls import Urls

__all__ = ["describe_void"]

_DUMPS_IN_VOID: Final = "rdf"


def describe_void(urls: Urls, facts: DatasetFacts, dumps: Sequence[DumpEntry]) -> list[Triple]:
    """What the dataset says of itself, and where it is to be had.

    :param dumps: files that can be had at this service; VoID tells of those in RDF that hold all graphs or one.
    """
    document = Statements(urls.at(".well-known/void"), "void:DatasetDescription")
    if not facts.iri:
        return [*document.triples, *facts.triples]
    document.link("foaf:topic", facts.iri).link("foaf:primaryTopic", facts.iri)
    whole = Statements(facts.iri).link("void:sparqlEndpoint", urls.at("sparql")).link("foaf:homepage", urls.at())
    graphs: list[Statements] = []
    for entry in dumps:
        if entry.family != _DUMPS_IN_VOID or entry.name.endswith("-context.jsonld") or "-shapes." in entry.name:
            continue
        if entry.graph is None:
            whole.link("void:dataDump", urls.dump(entry.name))
        else:
            graphs.append(Statements(f"{urls.base}graph/{entry.graph}").link("void:dataDump", urls.dump(entry.name)))
    added = [triple for part in (document, whole, *graphs) for triple in part.triples]
    return [*added, *facts.triples]

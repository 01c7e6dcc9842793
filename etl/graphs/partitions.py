"""Statistics of the dataset and of its graphs in VoID (https://www.w3.org/TR/void/#statistics), for ``graph/metadata``.

The dataset is divided by class, inside each class by property, and there by class of the object, by datatype and by
language; the last two are terms of http://ldf.fi/void-ext, which editors of queries read beside VoID. A graph is divided
by class only. A partition is a ``void:Dataset`` with an IRI made of what it is divided by, such as
``id/dataset/integration-policy-graph/class/ipg-practice/property/dcterms-title``: there are no blank nodes.

The numbers are those of a build, of what :func:`etl.graphs.statistics.count` is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import NamedNode

from etl.graphs.statistics import Class, Part, Property, Statistics
from etl.graphs.writer import GraphWriter, item
from etl.identifiers import BASE
from etl.namespaces import compact

__all__ = ["write_graph_statistics", "write_partitions", "write_statistics"]


def write_statistics(graph: GraphWriter, node: NamedNode, found: Statistics) -> None:
    """Write the totals of a dataset.

    ``void:entities`` are the distinct subjects with an IRI of ours, so that no blank node of the ontology counts.
    """
    _write_part(graph, node, found)
    graph.add(node, "void:entities", sum(subject.value.startswith(BASE) for subject in found.members(found)))
    graph.add(node, "void:properties", len(found.properties))
    graph.add(node, "void:classes", len(found.classes))


def write_graph_statistics(graph: GraphWriter, node: NamedNode, path: str, found: Statistics) -> None:
    """Write the totals of a named graph, and how many members of each class it has statements of.

    :param path: of the partitions, below ``id/``.
    """
    write_statistics(graph, node, found)
    for name, kind in found.classes.items():
        part = _add_partition(graph, node, "void:classPartition", f"{path}/class/{_key(name)}", "void:class", name)
        graph.add(part, "void:entities", len(kind.subjects))


def write_partitions(graph: GraphWriter, node: NamedNode, path: str, found: Statistics) -> None:
    """Write the parts of the dataset by class, property and language.

    :param path: of the partitions, below ``id/``.
    """
    _write_properties(graph, node, path, found.properties)
    _write_languages(graph, node, path, found.languages)
    for name, kind in found.classes.items():
        _write_class(graph, node, f"{path}/class/{_key(name)}", name, kind)


def _write_class(graph: GraphWriter, node: NamedNode, path: str, name: NamedNode, kind: Class) -> None:
    part = _add_partition(graph, node, "void:classPartition", path, "void:class", name)
    graph.add(part, "void:entities", len(kind.subjects))
    graph.add(part, "void:triples", kind.triples)
    _write_properties(graph, part, path, kind.properties)


def _write_properties(graph: GraphWriter, node: NamedNode, path: str, properties: Mapping[NamedNode, Property]) -> None:
    for name, triples in properties.items():
        below = f"{path}/property/{_key(name)}"
        part = _add_partition(graph, node, "void:propertyPartition", below, "void:property", name)
        _write_part(graph, part, triples)
        for kind, some in triples.classes.items():
            # By class of the object: the members are not counted here, for the class has a partition of its own.
            inner = _add_partition(graph, part, "void:classPartition", f"{below}/class/{_key(kind)}", "void:class", kind)
            graph.add(inner, "void:triples", some.triples)
        for kind, some in triples.datatypes.items():
            inside = f"{below}/datatype/{_key(kind)}"
            inner = _add_partition(graph, part, "void-ext:datatypePartition", inside, "void-ext:datatype", kind)
            graph.add(inner, "void:triples", some.triples)
        _write_languages(graph, part, below, triples.languages)


def _write_languages(graph: GraphWriter, node: NamedNode, path: str, languages: Mapping[str, Part]) -> None:
    for tag, texts in languages.items():
        below = f"{path}/language/{tag.lower()}"
        part = _add_partition(graph, node, "void-ext:languagePartition", below, "void-ext:language", tag)
        graph.add(part, "void:triples", texts.triples)
        graph.add(part, "void:distinctSubjects", len(texts.subjects))


def _add_partition(graph: GraphWriter, node: NamedNode, divides: str, path: str, by: str, value: NamedNode | str) -> NamedNode:
    part = item(path)
    graph.add(node, divides, part)
    graph.types(part, "void:Dataset")
    graph.add(part, by, value)
    return part


def _write_part(graph: GraphWriter, node: NamedNode, part: Part) -> None:
    graph.add(node, "void:triples", part.triples)
    graph.add(node, "void:distinctSubjects", len(part.subjects))
    graph.add(node, "void:distinctObjects", len(part.objects))


def _key(term: NamedNode) -> str:
    """Key of a term in the IRIs of partitions: ``sh:SPARQLAskExecutable`` gives ``sh-sparql-ask-executable``.

    Two terms with one key would share a partition, which a shape forbids.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", compact(term.value))
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")

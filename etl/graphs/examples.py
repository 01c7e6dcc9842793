"""The example queries as SHACL executables, the form that query editors read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from etl.example_checks import Check, check_of
from etl.examples import Example, Parameter, read_examples
from etl.graphs.writer import GraphWriter, item, text
from etl.identifiers import BASE, Key
from etl.namespaces import expand

__all__ = ["write_examples"]

#: The node that declares the prefixes of all queries (``ontology/prefixes.ttl``).
_PREFIXES = NamedNode(f"{BASE}ontology/prefixes")
#: Class and properties by form. SHACL has none for DESCRIBE: the vocabulary of published examples has, and editors ask for
#: a property in the namespace of SHACL all the same.
_TERMS = {
    "SELECT": ("sh:SPARQLSelectExecutable", ("sh:select",)),
    "ASK": ("sh:SPARQLAskExecutable", ("sh:ask",)),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", ("sh:construct",)),
    "DESCRIBE": ("spex:SPARQLDescribeExecutable", ("spex:describe", "sh:describe")),
}


def write_examples(graph: GraphWriter, folder: Path, checks: Mapping[Key, Check]) -> None:
    """Write every example of a folder, in the terms of https://github.com/sib-swiss/sparql-examples.

    The address of the endpoint (``schema:target``) is no part of the data; who serves the examples adds it.

    :param checks: when each last gave its expected answer.
    :raises RecordError: when one is incomplete.
    """
    for example in read_examples(folder):
        node = item(f"example/{example.key}")
        kind, properties = _TERMS[example.form]
        graph.types(node, "sh:SPARQLExecutable", kind)
        for language, question in sorted(example.questions.items()):
            graph.add(node, "rdfs:comment", text(question, language))
            graph.label(node, [(language, question)])
        for name in properties:
            graph.add(node, name, example.query)
        graph.add(node, "sh:prefixes", _PREFIXES)
        graph.add(node, "schema:keywords", *example.keywords)
        for parameter in example.parameters:
            _write_parameter(graph, node, example, parameter)
        if check := check_of(example, checks):
            _write_answer(graph, node, example, check)


def _write_parameter(graph: GraphWriter, node: NamedNode, example: Example, parameter: Parameter) -> None:
    own = item(f"example/{example.key}/{parameter.name}")
    default = _term(parameter.default)
    graph.add(node, "sh:parameter", own)
    graph.types(own, "sh:Parameter")
    # A parameter of SHACL has a path, whose last part is the name of the variable; ours belongs to one query, so it is its own.
    graph.add(own, "sh:path", own)
    graph.add(own, "sh:name", parameter.name)
    graph.add(own, "sh:defaultValue", default)
    graph.add(own, "sh:nodeKind", expand("sh:IRI" if isinstance(default, NamedNode) else "sh:Literal"))
    if isinstance(default, Literal):
        graph.add(own, "sh:datatype", default.datatype)
    for language, description in sorted(parameter.descriptions.items()):
        graph.add(own, "sh:description", text(description, language))


def _term(written: str) -> NamedNode | Literal:
    """The term that stands in a query as an IRI, a string or an integer."""
    if written.startswith("<"):
        return NamedNode(written[1:-1])
    return Literal(written[1:-1]) if written.startswith('"') else Literal(int(written))


def _write_answer(graph: GraphWriter, node: NamedNode, example: Example, check: Check) -> None:
    answer = item(f"example/{example.key}/answer")
    graph.add(node, "schema:result", answer)
    graph.types(answer, "schema:ItemList")
    graph.add(answer, "dcterms:date", check.on)
    if check.rows is not None:
        graph.add(answer, "schema:numberOfItems", check.rows)

"""The example queries as SHACL executables, the form that query editors read."""

from __future__ import annotations

from pathlib import Path

from etl.examples import read_examples
from etl.graphs.writer import GraphWriter, item, text

__all__ = ["write_examples"]


def write_examples(graph: GraphWriter, folder: Path) -> None:
    """Write every example of a folder, in the terms of https://github.com/sib-swiss/sparql-examples.

    :raises RecordError: when one is incomplete.
    """
    for example in read_examples(folder):
        node = item(f"example/{example.key}")
        graph.types(node, "sh:SPARQLExecutable", f"sh:SPARQL{example.form.title()}Executable")
        for language, question in sorted(example.questions.items()):
            graph.add(node, "rdfs:comment", text(question, language))
            graph.label(node, [(language, question)])
        graph.add(node, f"sh:{example.form.lower()}", example.query)
        graph.add(node, "schema:keywords", *example.keywords)

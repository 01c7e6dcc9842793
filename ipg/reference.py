"""The reference pages of the documentation, generated from the ontology and the code.

``python -m ipg.reference`` writes ``docs/reference/``; a test fails when a page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic_settings import BaseSettings
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from etl.identifiers import TERMS
from ipg.cli import cli
from ipg.settings import Settings
from query_service.settings import ServiceSettings

__all__ = ["render_pages"]

_KINDS = {OWL.Class: "class", OWL.ObjectProperty: "object property", OWL.DatatypeProperty: "datatype property"}


def render_pages(root: Path) -> dict[str, str]:
    """Pages by file name."""
    return {
        "ontology.md": "\n".join(_render_ontology(root / "ontology" / "modules")),
        "commands.md": "\n".join(_render_commands()),
        "settings.md": "\n".join(_render_settings(Settings, ServiceSettings)),
    }


def _render_ontology(folder: Path) -> Iterator[str]:
    yield "# Terms of the ontology\n\nNamespace: `" + TERMS + "` (prefix `ipg:`). Generated from `ontology/modules/`.\n"
    for file in sorted(folder.glob("*.ttl")):
        graph = Graph().parse(file)
        yield f"## {file.stem.title()}\n"
        for term in sorted(node for node in set(graph.subjects()) if isinstance(node, URIRef) and str(node).startswith(TERMS)):
            yield from _render_term(graph, term)


def _render_term(graph: Graph, term: URIRef) -> Iterator[str]:
    kind = next((name for cls, name in _KINDS.items() if (term, RDF.type, cls) in graph), "individual")
    yield f"### {str(term).removeprefix(TERMS)}\n\n*{kind}*\n"
    for predicate, words in ((RDFS.label, "label"), (SKOS.definition, "definition")):
        texts = {literal.language: str(literal) for literal in graph.objects(term, predicate) if hasattr(literal, "language")}
        for language in ("en", "fr", "de"):
            yield f"- {words} ({language}): {texts[language]}"
    for predicate, words in (
        (RDFS.subClassOf, "below"),
        (RDFS.subPropertyOf, "below"),
        (RDFS.domain, "domain"),
        (RDFS.range, "range"),
        (RDF.type, "member of"),
    ):
        for node in sorted(graph.objects(term, predicate), key=str):
            if isinstance(node, URIRef) and not str(node).startswith(str(OWL)):
                yield f"- {words}: `{_compact(graph, node)}`"
    for example in sorted(graph.objects(term, SKOS.example), key=str):
        yield f"- example: {str(example).replace('<', '`').replace('>', '`')}"
    yield ""


def _compact(graph: Graph, node: URIRef) -> str:
    return graph.namespace_manager.normalizeUri(node)


def _render_commands() -> Iterator[str]:
    yield "# Commands\n\nGenerated from the command line itself.\n"
    yield from _render_command(click.Context(cli, info_name="ipg"), cli)


def _render_command(context: click.Context, command: click.Command) -> Iterator[str]:
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _render_command(click.Context(inner, parent=context, info_name=name), inner)


def _render_settings(*classes: type[BaseSettings]) -> Iterator[str]:
    yield "# Settings\n\nEnvironment variables. Generated from the settings classes.\n"
    for cls in classes:
        yield f"## {cls.__name__}\n\n{(cls.__doc__ or '').strip().splitlines()[0]}\n"
        for name, field in cls.model_fields.items():
            default = "" if field.default is None or isinstance(field.default, Path) else f" (default `{field.default}`)"
            yield f"- `IPG_{name.upper()}`: {field.description}{default}"
        yield ""


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "docs" / "reference"
    target.mkdir(parents=True, exist_ok=True)
    for page, content in render_pages(target.parent.parent).items():
        (target / page).write_text(content, encoding="utf-8")
    sys.exit(0)

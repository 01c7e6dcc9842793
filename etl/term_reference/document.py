"""The whole reference, as one JSON document."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pyoxigraph import NamedNode, Quad

from etl.errors import OntologyError
from etl.identifiers import BASE, TERMS, graph_iri
from etl.namespaces import compact, expand
from etl.snapshot import UNPUBLISHED
from etl.term_reference.facts import Facts
from etl.term_reference.questions import read_questions
from etl.term_reference.records import Module, Ref, Reference, Scheme
from etl.term_reference.shapes import ShapeRules
from etl.term_reference.terms import TermReader
from etl.term_reference.usage import count_uses

__all__ = ["build_reference", "gather_reference"]

_HEADER = NamedNode(f"{BASE}ontology")
_ALIGNMENTS = f"{BASE}ontology/alignments/"
#: Files that define no term of ours.
_DECLARATIONS = frozenset({f"{BASE}ontology/reused-terms", f"{BASE}ontology/prefixes"})


def build_reference(root: Path, dataset: Iterable[Quad], shapes: Iterable[Quad], base: str) -> str:
    """Write the reference as JSON.

    :param root: the checkout with ``ontology/`` and ``sparql_examples/``.
    :param dataset: all graphs, with the IRIs of :data:`etl.identifiers.BASE`; those that are not published are left out.
    :param shapes: the shapes, with the same IRIs.
    :param base: base of the IRIs in the result.
    :raises OntologyError: when a question, or the list of unused terms, cannot be read.
    """
    reference = gather_reference(root, dataset, shapes)
    written = json.dumps(reference.model_dump(mode="json"), ensure_ascii=False) + "\n"
    for text, moved in ((BASE, base), (re.escape(BASE), re.escape(base))):
        written = written.replace(_inside(text), _inside(moved))
    return written


def _inside(text: str) -> str:
    """A text as it stands inside a string of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def gather_reference(root: Path, dataset: Iterable[Quad], shapes: Iterable[Quad]) -> Reference:
    """Gather all that the reference says.

    :raises OntologyError: when a question, or the list of unused terms, cannot be read.
    """
    private = {NamedNode(graph_iri(name)) for name in UNPUBLISHED}
    home = NamedNode(graph_iri("ontology"))
    public = [quad for quad in dataset if quad.graph_name not in private]
    ontology = Facts(quad for quad in public if quad.graph_name == home)
    data = Facts(quad for quad in public if quad.graph_name != home)
    names = Facts(public)
    rules = ShapeRules(Facts(shapes), names)
    questions = tuple(read_questions(root / "ontology" / "questions", root / "sparql_examples"))
    reader = TermReader(ontology, data, names, rules, questions, _read_unused(root / "ontology" / "unused_terms.toml"))
    return Reference(
        namespace=TERMS,
        title=ontology.text(_HEADER, "dcterms:title"),
        description=ontology.text(_HEADER, "dcterms:description"),
        version=ontology.text(_HEADER, "owl:versionInfo"),
        licence=ontology.objects(_HEADER, "dcterms:license")[0].value,
        modules=tuple(_modules(ontology)),
        terms=tuple(reader.terms()),
        shapes=rules.shapes,
        questions=questions,
        schemes=tuple(_schemes(data)),
        reused=tuple(_reused(ontology, data, reader)),
    )


def _read_unused(path: Path) -> dict[str, str]:
    try:
        return {name: str(reason) for name, reason in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError) as error:
        raise OntologyError(str(path), f"cannot be read: {error}", "terms with the reason", "restore the file") from error


def _modules(ontology: Facts) -> Iterator[Module]:
    """Files of the ontology but the root, each after those that it imports."""
    found = {node: ontology.objects(node, "owl:imports") for node in ontology.subjects("rdf:type", expand("owl:Ontology"))}
    done: list[NamedNode] = []
    while left := [node for node in found if node not in done]:
        ready = [node for node in left if all(other in done or other not in found for other in found[node])]
        done += sorted(ready or left, key=str)
    for node in done:
        if node != _HEADER and ontology.texts(node, "owl:versionInfo"):
            yield Module(
                key=node.value.removeprefix(f"{_HEADER.value}/"),
                iri=node.value,
                kind=_kind_of(node.value),
                title=_title(ontology.text(node, "dcterms:title")),
                description=ontology.text(node, "dcterms:description"),
                version=ontology.text(node, "owl:versionInfo"),
                notes=ontology.texts(node, "rdfs:comment"),
                changes=ontology.texts(node, "skos:changeNote"),
                imports=tuple(other.value.removeprefix(f"{_HEADER.value}/") for other in found[node]),
            )


def _title(full: str) -> str:
    """Title of a module without the name of the project before it."""
    own = full.removeprefix("Integration Policy Graph: ")
    return own[:1].upper() + own[1:]


def _kind_of(iri: str) -> Literal["module", "alignment", "declarations"]:
    if iri in _DECLARATIONS:
        return "declarations"
    return "alignment" if iri.startswith(_ALIGNMENTS) else "module"


def _schemes(data: Facts) -> Iterator[Scheme]:
    for node in data.subjects("rdf:type", expand("skos:ConceptScheme")):
        labels = data.by_language(node, "skos:prefLabel")
        members = set(data.subjects("skos:inScheme", node))
        yield Scheme(
            iri=node.value,
            labels=labels,
            definitions=data.by_language(node, "dcterms:description") or data.by_language(node, "skos:definition"),
            concepts=len(members),
        )


def _reused(ontology: Facts, data: Facts, reader: TermReader) -> Iterator[tuple[Ref, int]]:
    for node in sorted((n for n in ontology.by_subject if isinstance(n, NamedNode)), key=lambda n: compact(n.value)):
        if not node.value.startswith(BASE) and (kind := reader.kind(node)):
            yield ontology.ref(node), count_uses(data, node, kind)

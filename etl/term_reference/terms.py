"""What the ontology itself says of its terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode

from etl.identifiers import TERMS
from etl.namespaces import compact, expand
from etl.term_reference.facts import Facts
from etl.term_reference.questions import names_in
from etl.term_reference.records import Question, Ref, Term
from etl.term_reference.shapes import ShapeRules
from etl.term_reference.usage import count_uses, named_items, show_uses

__all__ = ["FIRST_VERSION", "TermReader"]

#: Version in which the ontology began; a term that came later says so in a change note.
FIRST_VERSION = "0.1.0"
_KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "datatype property",
    "owl:AnnotationProperty": "annotation property",
    "owl:NamedIndividual": "value",
}
_TRAITS = {
    "owl:FunctionalProperty": "functional",
    "owl:InverseFunctionalProperty": "inverse functional",
    "owl:TransitiveProperty": "transitive",
    "owl:SymmetricProperty": "symmetric",
    "owl:AsymmetricProperty": "asymmetric",
    "owl:IrreflexiveProperty": "irreflexive",
}
_ADDED = re.compile(r"^(\d+\.\d+\.\d+): added\b", re.IGNORECASE)


class TermReader:
    """Puts together what is known of each term.

    :param ontology: triples of the ontology.
    :param data: triples of all other public graphs.
    :param names: facts that give labels.
    :param unused: why no data use some terms, by name.
    """

    def __init__(
        self,
        ontology: Facts,
        data: Facts,
        names: Facts,
        rules: ShapeRules,
        questions: Sequence[Question],
        unused: Mapping[str, str],
    ) -> None:
        self._ontology = ontology
        self._data = data
        self._names = names
        self._rules = rules
        self._questions = [(question.key, names_in(f"{question.query}\n{question.given}")) for question in questions]
        self._unused = unused

    def terms(self) -> Iterator[Term]:
        """All terms of the ontology, sorted by name."""
        defined = {node for node in self._ontology.by_subject if isinstance(node, NamedNode) and node.value.startswith(TERMS)}
        for node in sorted(defined, key=str):
            kind = self.kind(node)
            if kind and self._ontology.objects(node, "rdfs:isDefinedBy"):
                yield self._read(node, kind)

    def kind(self, node: NamedNode) -> str:
        """What a term is, in words; empty for what is no term."""
        types = {compact(t.value) for t in self._ontology.objects(node, "rdf:type") if isinstance(t, NamedNode)}
        return next((words for name, words in _KINDS.items() if name in types), "")

    def _read(self, node: NamedNode, kind: str) -> Term:
        ontology, name = self._ontology, node.value.removeprefix(TERMS)
        told = ontology.texts(node, "skos:example")
        changes = ontology.texts(node, "skos:changeNote")
        above = self._above(node, "rdfs:subClassOf") - {node}
        return Term(
            name=name,
            iri=node.value,
            kind=kind,
            module=ontology.objects(node, "rdfs:isDefinedBy")[0].value.rpartition("/")[2],
            labels=ontology.by_language(node, "rdfs:label"),
            definitions=ontology.by_language(node, "skos:definition"),
            notes=(*ontology.texts(node, "skos:scopeNote"), *ontology.texts(node, "rdfs:comment")),
            told=told,
            named=self._names.refs(named_items(told)),
            **self._relations(node, kind),
            traits=tuple(words for t, words in _TRAITS.items() if expand(t) in ontology.objects(node, "rdf:type")),
            uses=count_uses(self._data, node, kind),
            unused=self._unused.get(name, ""),
            shown=show_uses(self._data, self._names, node, kind, told),
            shapes=self._rules.concerning(name, {cls.value for cls in above}),
            questions=tuple(key for key, named in self._questions if name in named),
            deprecated=any(v.value == "true" for v in ontology.objects(node, "owl:deprecated")),
            replaced_by=self._refs(ontology.objects(node, "dcterms:isReplacedBy")),
            since=next((found[1] for text in changes if (found := _ADDED.match(text))), FIRST_VERSION),
            changes=changes,
        )

    def _relations(self, node: NamedNode, kind: str) -> dict[str, Any]:
        ontology, below = self._ontology, "rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf"
        above = self._above(node, below)
        chains = [tuple(map(self._names.ref, ontology.collection(h))) for h in ontology.objects(node, "owl:propertyChainAxiom")]
        return {
            "parents": self._refs(ontology.objects(node, below)),
            "children": self._refs(ontology.subjects(below, node)),
            "disjoint": self._disjoint(node),
            "domain": self._refs(ontology.objects(node, "rdfs:domain")),
            "range": self._refs(ontology.objects(node, "rdfs:range")),
            "chains": tuple(sorted(chains, key=str)),
            "in_chains_of": self._in_chains_of(node),
            "classes": self._refs(ontology.objects(node, "rdf:type")) if kind == "value" else (),
            "values": self._refs(ontology.subjects("rdf:type", node)),
            "domain_of": self._refs(p for cls in above for p in ontology.subjects("rdfs:domain", cls)),
            "range_of": self._refs(p for cls in above for p in ontology.subjects("rdfs:range", cls)),
        }

    def _refs(self, nodes: Any) -> tuple[Ref, ...]:
        """Names of some nodes without the vocabulary of OWL, which says what they are and is shown in words."""
        return tuple(ref for ref in self._names.refs(nodes) if not ref.name.startswith("owl:"))

    def _above(self, node: NamedNode, below: str) -> set[Any]:
        found: set[Any] = set()
        pending: list[Any] = [node]
        while pending:
            current = pending.pop()
            if current not in found:
                found.add(current)
                pending += self._ontology.objects(current, below)
        return found

    def _disjoint(self, node: NamedNode) -> tuple[Ref, ...]:
        ontology = self._ontology
        others = set(ontology.objects(node, "owl:disjointWith")) | set(ontology.subjects("owl:disjointWith", node))
        for axiom in ontology.subjects("rdf:type", expand("owl:AllDisjointClasses")):
            members = [m for head in ontology.objects(axiom, "owl:members") for m in ontology.collection(head)]
            others |= set(members) if node in members else set()
        return self._refs(others - {node})

    def _in_chains_of(self, node: NamedNode) -> tuple[Ref, ...]:
        ontology = self._ontology
        chained = ontology.by_predicate[expand("owl:propertyChainAxiom")]
        return self._refs(triple.subject for triple in chained if node in ontology.collection(triple.object))

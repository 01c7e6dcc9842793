"""Triples of some graphs, asked for by subject, predicate or object, and how terms are named in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple

from etl.namespaces import compact, expand
from etl.term_reference.records import Ref, Statement, Value

__all__ = ["LANGUAGES", "Facts"]

LANGUAGES = ("en", "fr", "de")
_LABELS = ("skos:prefLabel", "rdfs:label", "foaf:name")
#: Characters of a literal that are shown.
_SHOWN = 240


class Facts:
    """Triples, whatever graphs they stand in; each counts once.

    All answers are sorted, so that what is made of them is the same each time.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.by_subject: dict[Any, list[Triple]] = defaultdict(list)
        self.by_predicate: dict[Any, list[Triple]] = defaultdict(list)
        self.by_object: dict[Any, list[Triple]] = defaultdict(list)
        for triple in {quad.triple for quad in quads}:
            self.by_subject[triple.subject].append(triple)
            self.by_predicate[triple.predicate].append(triple)
            self.by_object[triple.object].append(triple)

    def objects(self, subject: Any, predicate: str) -> list[Any]:
        """Objects of the statements of an item with a property."""
        node = expand(predicate)
        return sorted((t.object for t in self.by_subject.get(subject, ()) if t.predicate == node), key=str)

    def subjects(self, predicate: str, value: Any) -> list[Any]:
        """Subjects of the statements that end at a value."""
        node = expand(predicate)
        return sorted((t.subject for t in self.by_object.get(value, ()) if t.predicate == node), key=str)

    def text(self, subject: Any, predicate: str) -> str:
        """The one text that an item has of a property, the English one if there are several; empty where there is none."""
        values = [v for v in self.objects(subject, predicate) if isinstance(v, Literal)]
        return next((v.value for v in values if v.language == "en"), values[0].value if values else "")

    def texts(self, subject: Any, predicate: str) -> tuple[str, ...]:
        """All texts that an item has of a property."""
        return tuple(v.value for v in self.objects(subject, predicate) if isinstance(v, Literal))

    def by_language(self, subject: Any, predicate: str) -> dict[str, str]:
        """Texts of a property by language."""
        found = {v.language: v.value for v in self.objects(subject, predicate) if isinstance(v, Literal)}
        return {language: found[language] for language in LANGUAGES if language in found}

    def collection(self, head: Any) -> list[Any]:
        """Members of an RDF list."""
        members: list[Any] = []
        while first := self.objects(head, "rdf:first"):
            members += first[:1]
            head = next(iter(self.objects(head, "rdf:rest")), None)
        return members

    def label(self, node: NamedNode) -> str:
        """How an item is called, in English where it can be; its compact name where it has no name."""
        texts = [self.text(node, predicate) for predicate in _LABELS]
        return next(filter(None, texts), compact(node.value))

    def ref(self, node: Any) -> Ref:
        """An item with its names."""
        return Ref(iri=node.value, name=compact(node.value), label=self.label(node))

    def refs(self, nodes: Iterable[Any]) -> tuple[Ref, ...]:
        """Those of some nodes that have an IRI, sorted."""
        return tuple(self.ref(node) for node in sorted({n for n in nodes if isinstance(n, NamedNode)}, key=str))

    def statement(self, triple: Triple) -> Statement:
        """A triple with the names of what it joins."""
        return Statement(subject=self.ref(triple.subject), predicate=self.ref(triple.predicate), object=self.value(triple.object))

    def value(self, node: Any) -> Ref | Value:
        """An object as it is shown."""
        if not isinstance(node, Literal):
            return self.ref(node)
        text = node.value if len(node.value) <= _SHOWN else f"{node.value[:_SHOWN].rstrip()}…"
        datatype = "" if node.language else compact(node.datatype.value)
        return Value(text=text, language=node.language or "", datatype="" if datatype == "xsd:string" else datatype)

"""What is said of one item, sorted by how it comes to be said."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

__all__ = ["Description", "iri_of"]


@dataclass(frozen=True)
class Description:
    """An item with what is around it; each statement with the graph that states it, in one order.

    :param iri: IRI of the item.
    :param own: what is said of it.
    :param incoming: what leads to it.
    :param links: link records on it: reasons of statements of which it is an end.
    :param defined: of a module of the ontology, what is said of its terms.
    :param passages: where the evidence of its statements and of its link records stands in the documents.
    :param labels: labels of what all of these mention.
    """

    iri: str
    own: tuple[Quad, ...] = ()
    incoming: tuple[Quad, ...] = ()
    links: tuple[Quad, ...] = ()
    defined: tuple[Quad, ...] = ()
    passages: tuple[Quad, ...] = ()
    labels: tuple[Quad, ...] = ()

    @property
    def quads(self) -> list[Quad]:
        """All of it, each statement of a graph once; what is said of the item stands first."""
        parts = (self.own, self.incoming, self.links, self.defined, self.passages, self.labels)
        return list(dict.fromkeys(quad for part in parts for quad in part))


def iri_of(term: object) -> str:
    """IRI of a term; empty for one that has none."""
    return term.value if isinstance(term, NamedNode) else ""

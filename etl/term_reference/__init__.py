"""The reference of the ontology: what a page about each term needs, gathered from what is written elsewhere.

Ontology, shapes, competency questions, example queries and data are each written once; :func:`build_reference` brings them
together, so that a snapshot describes its terms by itself and whoever serves it only lays out what it holds.
"""

from etl.term_reference.document import build_reference

__all__ = ["build_reference"]

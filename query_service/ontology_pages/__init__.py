"""Pages about the ontology: an index, and a page for each term, laid out from the reference that a snapshot holds."""

from query_service.ontology_pages.pages import render_ontology_page
from query_service.ontology_pages.records import Reference, read_reference

__all__ = ["Reference", "read_reference", "render_ontology_page"]

"""What our classes are in terms of schema.org, for programs that know no other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["schema_names"]

_OURS: Final = {
    "Framework": "CreativeWork",
    "Provision": "CreativeWork",
    "Principle": "CreativeWork",
    "Conclusion": "CreativeWork",
    "Recommendation": "CreativeWork",
    "Guideline": "CreativeWork",
    "SourceDocument": "CreativeWork",
    "Instrument": "CreativeWork",
    "ImplementationQuestion": "Question",
    "Practice": "Project",
    "Actor": "Organization",
    "Place": "Place",
}
_OTHERS: Final = {
    "http://www.w3.org/2004/02/skos/core#ConceptScheme": "DefinedTermSet",
    "http://www.w3.org/2004/02/skos/core#Concept": "DefinedTerm",
    "http://rdfs.org/ns/void#Dataset": "Dataset",
    "http://www.w3.org/ns/dcat#Dataset": "Dataset",
}


def schema_names(types: Iterable[str], base: str) -> list[str]:
    """Names of schema.org for classes; those of other vocabularies count only where none of ours does.

    :param types: IRIs of classes.
    :param base: base of the IRIs of the dataset.
    """
    kept = list(types)
    ours = {name for name in (_OURS.get(type_.removeprefix(f"{base}ontology#")) for type_ in kept) if name}
    return sorted(ours or {_OTHERS[type_] for type_ in kept if type_ in _OTHERS})

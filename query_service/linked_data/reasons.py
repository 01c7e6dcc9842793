"""Link records as pages show them: the statement, and why we make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import Literal, Quad

from query_service.linked_data.labels import Labels
from query_service.linked_data.values import Value
from query_service.urls import Urls

__all__ = ["Reason", "read_reasons"]

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_ENDS: Final = tuple(f"{_OWL}annotated{end}" for end in ("Source", "Property", "Target"))


class Reason(BaseModel):
    """One statement with its reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Value = Field(description="subject of the statement")
    property: Value = Field(description="its property")
    target: Value = Field(description="its object")
    rationale: tuple[Value, ...] = Field(description="why, in our words, English first")
    basis: tuple[Value, ...] = Field(description="whether a document states it or somebody judged")
    strength: tuple[Value, ...] = Field(description="primary or secondary")
    confidence: str = Field(description="from 0 to 1; empty where none is given")
    review: tuple[Value, ...] = Field(description="who has reviewed it")
    agents: tuple[Value, ...] = Field(description="who judged")
    evidence: tuple[Value, ...] = Field(description="passages")
    record: Value = Field(description="the link record itself")


def read_reasons(quads: Iterable[Quad], iri: str, urls: Urls, labels: Labels) -> list[Reason]:
    """Reasons from the statements on link records, those of statements on the item itself first.

    :param quads: statements on link records.
    :param iri: of the item whose page it is.
    """
    said: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.object not in said[quad.subject][quad.predicate.value]:
            said[quad.subject][quad.predicate.value].append(quad.object)
    whole = {link: about for link, about in said.items() if all(about.get(end) for end in _ENDS)}
    ordered = sorted(whole, key=lambda link: (whole[link][_ENDS[0]][0].value != iri, link.value))
    return [_reason(link, whole[link], urls, labels) for link in ordered]


def _reason(link: Any, about: Mapping[str, Sequence[Any]], urls: Urls, labels: Labels) -> Reason:
    def values(property_: str) -> tuple[Value, ...]:
        return tuple(labels.value(term, urls) for term in about.get(property_, ()))

    ours = f"{urls.base}ontology#"
    texts = [term for term in about.get(f"{ours}rationale", ()) if isinstance(term, Literal)]
    confidences = about.get("https://w3id.org/sssom/confidence", ())
    source, property_, target = (values(end)[0] for end in _ENDS)
    return Reason(
        source=source,
        property=property_,
        target=target,
        rationale=tuple(labels.text(text) for text in sorted(texts, key=lambda text: text.language != "en")),
        basis=values(f"{ours}basis"),
        strength=values(f"{ours}strength"),
        confidence=confidences[0].value if confidences else "",
        review=values(f"{ours}reviewState"),
        agents=values("http://www.w3.org/ns/prov#wasAttributedTo"),
        evidence=values(f"{ours}evidence"),
        record=labels.value(link, urls),
    )

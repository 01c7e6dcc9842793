"""The fields of the template that entries are written in: what each states, and which the document does not state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.naming import Named, Namer
from query_service.analyst.practices.passages import Passages, PassageShown
from query_service.analyst.things import Thing

__all__ = ["FieldShown", "read_fields"]

#: Order of the fields, those of both compendia; one that is not here comes after them.
_ORDER: Final = (
    "type",
    "area",
    "enacting-entity",
    "funding",
    "target-group",
    "focus",
    "duration",
    "context",
    "purpose",
    "objectives",
    "stimulus",
    "activities",
    "process",
    "monitored",
    "impact",
    "challenges",
    "criteria",
    "references",
    "website",
)


class FieldShown(BaseModel):
    """A field of the template."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(description="its key, e.g. duration")
    named: Named = Field(description="the field as an item")
    is_stated: bool = Field(description="whether the document states it")
    items: tuple[Named, ...] = Field(description="what it states, as items of the graph")
    printed: tuple[str, ...] = Field(description="what it states, as printed")
    passages: tuple[PassageShown, ...] = Field(description="where it stands")


_Reader = Callable[[Thing], tuple[str, ...]]


def _texts(name: str) -> _Reader:
    return lambda practice: tuple(value.text for value in practice.values(name))


def _paths(name: str) -> _Reader:
    return lambda practice: practice.paths(name)


#: What the graph holds of a field: items, and words as printed.
_ITEMS: Final[dict[str, _Reader]] = {
    "type": _paths("ipg:practiceType"),
    "area": _paths("ipg:areaOfIntervention"),
    "criteria": _paths("ipg:meetsCriterion"),
    "references": _paths("dcterms:references"),
}
_PRINTED: Final[dict[str, _Reader]] = {
    "type": _texts("ipg:typeAsPrinted"),
    "area": _texts("ipg:areaAsPrinted"),
    "duration": _texts("ipg:durationText"),
    "funding": _texts("ipg:fundingAsPrinted"),
    "target-group": _texts("ipg:targetGroupAsPrinted"),
}


def read_fields(practice: Thing, passages: Passages, namer: Namer) -> tuple[FieldShown, ...]:
    """The fields of an entry, in the order of the template.

    :param passages: where passages of the practice stand.
    :param namer: names for the reader.
    """
    stands: dict[str, str] = {}
    for path in practice.paths("prov:wasDerivedFrom"):
        parts = path.split("/")
        if len(parts) == 4:  # passage, document, entry, field
            stands[parts[3]] = path
    unstated = {path.partition("/")[2] for path in practice.paths("ipg:notStated")}
    known = [key for key in {*stands, *unstated} if key in _ORDER or key in unstated]
    known.sort(key=lambda key: (_ORDER.index(key) if key in _ORDER else len(_ORDER), key))
    return tuple(
        FieldShown(
            key=key,
            named=namer.item(f"field/{key}"),
            is_stated=key in stands,
            items=namer.by_title(_ITEMS.get(key, _none)(practice)),
            printed=_PRINTED.get(key, _none)(practice),
            passages=passages.of([namer.iri(stands[key])]) if key in stands else (),
        )
        for key in known
    )


def _none(_practice: Thing) -> tuple[str, ...]:
    return ()

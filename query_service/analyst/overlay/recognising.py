"""Words of a file that are labels of the dataset: countries, types of practice and areas of intervention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final, NamedTuple

from query_service.analyst.desk import View
from query_service.analyst.overlay.records import Named
from query_service.analyst.things import Thing
from query_service.overlay.records import OwnPractice, Remark, RemarkKind

__all__ = ["Recognised", "name_item", "recognise"]

_COUNTRY: Final = re.compile(r"place/[a-z]{3}")
#: What may stand between several values of a cell; names of countries hold "and".
_BETWEEN_COUNTRIES: Final = re.compile(r"\s*[;,/]\s*")
_BETWEEN: Final = re.compile(r"\s*(?:[;,/]| and )\s*")
#: Column, the first segment of the paths of what its cells name, and what is remarked of a cell that names nothing.
_COLUMNS: Final[tuple[tuple[str, str, RemarkKind], ...]] = (
    ("country", "place", "unknown-country"),
    ("type", "practice-type", "unknown-type"),
    ("area", "area", "unknown-area"),
)
_NEAR: Final = 3

#: Paths by label in small letters, for each first segment.
_Labels = Mapping[str, Mapping[str, str]]


class Recognised(NamedTuple):
    """What the cells of a practice name.

    :ivar named: by column.
    """

    named: Mapping[str, tuple[Named, ...]]
    remarks: tuple[Remark, ...]


def recognise(view: View, practice: OwnPractice) -> Recognised:
    """What the cells of a practice name, in any of the languages of the dataset."""
    labels = view.analysis.kept("overlay labels", lambda: _read_labels(view))
    named: dict[str, tuple[Named, ...]] = {}
    remarks: list[Remark] = []
    for column, kind, unknown in _COLUMNS:
        found: list[str] = []
        for part in _parts(getattr(practice, column), labels[kind], column):
            if path := labels[kind].get(_fold(part)):
                found.append(path)
            else:
                near = get_close_matches(_fold(part), labels[kind], n=_NEAR)
                titles = tuple(dict.fromkeys(view.things.title(labels[kind][label], view.language).text for label in near))
                remarks.append(Remark(kind=unknown, row=practice.row, column=column, found=part[:80], near=titles))
        named[column] = tuple(name_item(view, path) for path in dict.fromkeys(found))
    return Recognised(named, tuple(remarks))


def name_item(view: View, path: str) -> Named:
    """An item with its title in the language of the page."""
    title = view.things.title(path, view.language)
    return Named(path=path, iri=view.things.iri(path), title=title.text, language=title.language)


def _parts(cell: str, labels: Mapping[str, str], column: str) -> list[str]:
    if not cell or _fold(cell) in labels:
        return [cell] if cell else []
    pattern = _BETWEEN_COUNTRIES if column == "country" else _BETWEEN
    return [part for part in pattern.split(cell) if part]


def _read_labels(view: View) -> _Labels:
    found: dict[str, dict[str, str]] = {kind: {} for _, kind, _ in _COLUMNS}
    for path, thing in view.things.of("skos:Concept").items():
        if thing.kind in found and (thing.kind != "place" or _COUNTRY.fullmatch(path)):
            for label in _labels_of(thing):
                found[thing.kind].setdefault(_fold(label), path)
    return found


def _labels_of(thing: Thing) -> Iterator[str]:
    for name in ("skos:prefLabel", "skos:altLabel", "skos:notation"):
        yield from (value.text for value in thing.values(name))


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())

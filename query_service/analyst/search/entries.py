"""What can be found: items with their names, texts and what they are about, links with their reasons, and passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from query_service.analyst.search.passages import Wording, read_passages
from query_service.analyst.things import Text
from query_service.lookups import Source

__all__ = ["GROUPS", "KINDS", "PROVISIONS", "Entry", "Relations", "read_entries"]

#: Groups of kinds in the order in which they are offered, with the first segments of paths that belong to each.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "practice": ("practice",),
    "principle": ("principle",),
    "conclusion": ("conclusion",),
    "recommendation": ("recommendation",),
    "guideline": ("guideline",),
    "question": ("question",),
    "criterion": ("criterion",),
    "actor": ("actor",),
    "place": ("place",),
    "concept": (
        "theme", "area", "target-group", "practice-type", "level", "heading", "actor-kind", "evidence-type", "role", "term",
    ),
    "document": ("document", "framework", "instrument"),
    "chapter": ("chapter",),
    "link": ("link",),
    "passage": ("passage",),
    "example": ("example",),
}  # fmt: skip
KINDS: Final = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
PROVISIONS: Final = ("principle", "conclusion", "recommendation", "guideline")
_NAMES: Final = frozenset({"prefLabel", "altLabel"})
_TEXTS: Final = ("description", "definition", "rationale", "guidingQuestion", "scopeNote", "fundingProgramme")
_PRINTED: Final = frozenset({"areaAsPrinted", "typeAsPrinted"})
#: Kinds of items that a passage speaks of when they are derived from it.
_OWNING: Final = frozenset({"practice", "question", "criterion", "chapter", *PROVISIONS})
#: The documents are in English.
_OF_DOCUMENTS: Final = "en"
#: What an item is found by besides its own texts: the names of what these lead to.
_ABOUT: Final = (
    "subject", "areaOfIntervention", "practiceType", "targetGroup", "governanceLevel", "country", "spatial", "basedIn",
    "actorKind", "leadActor", "partner", "funder", "underHeading",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What can be found.

    :ivar path: of the item below ``id/``.
    :ivar kind: first segment of the path.
    :ivar names: its labels and other names, its main one in each language first.
    :ivar texts: what is said of it.
    :ivar about: property and path of each thing whose names it is found by.
    :ivar printed: what is printed of its kind and area.
    :ivar notation: its number or code.
    :ivar frameworks: paths of the frameworks that it belongs to or speaks for.
    :ivar countries: paths of countries that it is in or speaks of.
    :ivar speaks_of: paths of the items whose text or reason this is: of a passage the items derived from it, of a link its ends.
    :ivar document: path of the document of a passage, and section in it.
    :ivar languages: languages that it is named or described in.
    """

    path: str
    kind: str
    names: tuple[Text, ...] = ()
    texts: tuple[Text, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    printed: tuple[str, ...] = ()
    notation: str = ""
    frameworks: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    speaks_of: tuple[str, ...] = ()
    document: tuple[str, str] | None = None
    languages: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """Group of kinds that it belongs to."""
        return KINDS[self.kind]


class Relations:
    """What items lead to, by path and local name of the property.

    :param source: the dataset.
    """

    def __init__(self, source: Source) -> None:
        ids = f"{source.base}id/"
        self._to: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in source.rows("search_relations"):
            item, target = (row[name].removeprefix(ids) for name in ("item", "target"))
            self._to[item][_local(row["property"])].append(target)

    def of(self, path: str, name: str) -> list[str]:
        """What an item leads to by a property, in order."""
        return sorted(self._to[path][name]) if path in self._to and name in self._to[path] else []

    def frameworks(self, path: str) -> tuple[str, ...]:
        """Frameworks that an item is, is part of, or has to do with."""
        kind = path.partition("/")[0]
        if kind == "framework":
            return (path,)
        if kind in PROVISIONS:
            return _unique(target for target in self.of(path, "isPartOf") if target.startswith("framework/"))
        onwards = {"question": "isPartOf", "practice": "implements", "criterion": "bearsOn"}.get(kind)
        return _unique(one for target in self.of(path, onwards) for one in self.frameworks(target)) if onwards else ()

    def countries(self, path: str) -> tuple[str, ...]:
        """Countries that an item is, is in, or runs in."""
        kind = path.partition("/")[0]
        places = [path] if kind == "place" else [*self.of(path, "country"), *self.of(path, "basedIn")]
        # The key of a place begins with that of its country.
        return _unique(place.partition("-")[0] for place in places)


def read_entries(source: Source) -> list[Entry]:
    """Everything that can be found, in order of paths; wordings of passages where they may be seen.

    :param source: the dataset.
    """
    relations = Relations(source)
    items = list(_items(source, relations))
    passages = [_passage(found, relations) for found in read_passages(source, _OWNING)]
    return sorted([*items, *passages], key=lambda entry: entry.path)


def _items(source: Source, relations: Relations) -> Iterator[Entry]:
    ids = f"{source.base}id/"
    said: dict[str, dict[str, list[Text]]] = defaultdict(lambda: defaultdict(list))
    for row in source.rows("search_texts"):
        path = row["item"].removeprefix(ids)
        if path.partition("/")[0] in KINDS:
            said[path][_local(row["property"])].append(Text(row["value"], row.get("language", "")))
    for path, texts in said.items():
        kind = path.partition("/")[0]
        names = [*sorted(texts["prefLabel"], key=lambda text: text.language), *sorted(texts["altLabel"])]
        if names or kind == "link":
            own = tuple(text for name in _TEXTS for text in sorted(texts[name]))
            ends = _unique(end for name in ("annotatedSource", "annotatedTarget") for end in relations.of(path, name))
            about_whom = ends or (path,)
            yield Entry(
                path,
                kind,
                tuple(names),
                own,
                tuple((name, target) for name in _ABOUT for target in _unique(relations.of(path, name))),
                tuple(sorted(text.text for name in _PRINTED for text in texts[name])),
                next((text.text for text in texts["notation"]), ""),
                _unique(one for end in about_whom for one in relations.frameworks(end)),
                _unique(one for end in about_whom for one in relations.countries(end)),
                ends,
                languages=_unique(sorted({text.language for text in (*texts["prefLabel"], *own)})),
            )


def _passage(found: Wording, relations: Relations) -> Entry:
    return Entry(
        found.path,
        "passage",
        texts=(Text(found.text, _OF_DOCUMENTS),),
        frameworks=_unique(one for owner in found.owners for one in relations.frameworks(owner)),
        countries=_unique(one for owner in found.owners for one in relations.countries(owner)),
        speaks_of=found.owners,
        document=(found.document, found.section),
        languages=(_OF_DOCUMENTS,),
    )


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))

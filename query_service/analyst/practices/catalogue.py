"""All practices made ready for choosing: by facets, by words, and in an order; with what each further choice would leave."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from query_service.analyst.desk import Analysis
from query_service.analyst.naming import natural
from query_service.analyst.practices.facets import FACETS, NOT_STATED, Around, Facet
from query_service.analyst.practices.question import PracticeQuestion, Sort
from query_service.analyst.things import Thing, Things
from query_service.errors import MalformedRequest
from query_service.ordering import LEVELS

__all__ = ["Catalogue", "Entry", "Selection", "Standing", "catalogue_of", "fold"]

#: Letters that have no form without a mark (Unicode Standard, 2.12), and what people type for them.
_PLAIN_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
#: What titles begin with that is no letter: quotation marks and blanks.
_QUOTES: Final = "\"' \u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"
_LAST: Final = 9999


class Standing(NamedTuple):
    """Where an entry stands in its document."""

    passage: str
    section: str
    start: str
    end: str


class Entry(NamedTuple):
    """A practice ready for choosing.

    :ivar thing: the practice.
    :ivar keys: its values by facet.
    :ivar words: folded titles and summaries.
    :ivar standing: where its entry stands; none where that is not told.
    """

    thing: Thing
    keys: Mapping[str, frozenset[str]]
    words: str
    standing: Standing | None


class Selection(NamedTuple):
    """What a question finds.

    :ivar entries: the practices, in the order asked for.
    :ivar total: practices that there are.
    :ivar counts: by facet and value, how many practices there are with that value under all the other facets.
    """

    question: PracticeQuestion
    entries: tuple[Entry, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]


def fold(text: str) -> str:
    """A text without case and accents, for comparing.

    >>> fold("Łódź, Straße")
    'lodz, strasse'
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_PLAIN_LETTERS)


class Catalogue:
    """All practices of a dataset.

    :param things: its items.
    :param around: what tells values besides the practices.
    :param standings: where entries stand, by path of the practice.
    """

    def __init__(self, things: Things, around: Around, standings: Mapping[str, Standing]) -> None:
        self._things = things
        self._around = around
        self.entries = tuple(self._entry(practice, standings.get(path)) for path, practice in things.practices.items())
        #: All values that some practice has, by facet.
        self.known = {facet.name: frozenset[str]().union(*(one.keys[facet.name] for one in self.entries)) for facet in FACETS}

    def _entry(self, practice: Thing, standing: Standing | None) -> Entry:
        texts = (*practice.values("skos:prefLabel"), *practice.values("skos:altLabel"), *practice.values("dcterms:description"))
        keys = {facet.name: facet.keys(practice, self._around) for facet in FACETS}
        return Entry(practice, keys, fold(" ".join(value.text for value in texts)), standing)

    def select(self, question: PracticeQuestion, language: str) -> Selection:
        """The practices that a question asks for.

        :param language: of the titles by which they are put in order.
        :raises MalformedRequest: when a value of a facet is none that there is.
        """
        for facet in FACETS:
            self._check(facet, question.chosen(facet.name))
        words = fold(question.q).split()
        counts: dict[str, Counter[str]] = {facet.name: Counter() for facet in FACETS}
        found = []
        for entry in self.entries:
            if not all(word in entry.words for word in words):
                continue
            missed = [name for name, chosen in self._chosen(question) if not chosen & entry.keys[name]]
            if not missed:
                found.append(entry)
            for facet in FACETS:
                if not missed or missed == [facet.name]:
                    counts[facet.name].update(entry.keys[facet.name])
        order = _ORDERS[question.order]
        found.sort(key=lambda entry: (order(entry, self._things, language), _by_title(entry, language)))
        return Selection(question, tuple(found), len(self.entries), counts)

    @staticmethod
    def _chosen(question: PracticeQuestion) -> list[tuple[str, frozenset[str]]]:
        return [(facet.name, frozenset(question.chosen(facet.name))) for facet in FACETS if question.chosen(facet.name)]

    def _check(self, facet: Facet, chosen: tuple[str, ...]) -> None:
        for key in chosen:
            if key in self.known[facet.name] or key == NOT_STATED:
                continue
            # What is in the graph and in no practice finds none; what is not in the graph is a slip.
            if key.isdecimal() if not facet.kind else self._things.facts.labels(self._things.iri(facet.path(key))):
                continue
            raise MalformedRequest(
                f"No value of {facet.name} is called {key}.",
                found=f"{facet.name}={key}",
                expected=", ".join(sorted(self.known[facet.name])[:60]),
                mend="choose it on the page /practice, or take one of these",
            )


def catalogue_of(analysis: Analysis) -> Catalogue:
    """The catalogue of a dataset, made once.

    :raises ServiceError: when the dataset cannot be asked now.
    """

    def make() -> Catalogue:
        things = analysis.things
        rows = analysis.source.rows("practice_entries")
        standings = {
            things.path(row["practice"]): Standing(row["passage"], row["section"], row["start"], row["end"])
            for row in reversed(rows)
        }
        wholes: dict[str, list[str]] = defaultdict(list)
        for row in analysis.source.rows("theme_parts"):
            wholes[things.path(row["part"])].append(things.path(row["whole"]))
        return Catalogue(things, Around(things.of("ipg:Actor"), wholes), standings)

    return analysis.kept("practice catalogue", make)


def _by_title(entry: Entry, language: str) -> str:
    return fold(entry.thing.title(language).text).lstrip(_QUOTES)


_Order = Callable[[Entry, Things, str], Any]


def _by_country(entry: Entry, things: Things, language: str) -> Any:
    names = sorted(fold(things.title(f"place/{key}", language).text) for key in entry.keys["country"] - {NOT_STATED})
    return (not names, names)


def _by_level(entry: Entry, _things: Things, _language: str) -> Any:
    return sorted(LEVELS.index(key) if key in LEVELS else len(LEVELS) for key in entry.keys["level"])


def _by_principle(entry: Entry, _things: Things, _language: str) -> Any:
    return sorted(natural(f"principle/{key}") for key in entry.keys["primary"])


def _by_start(entry: Entry, _things: Things, _language: str) -> Any:
    return min((int(key) for key in entry.keys["start"] if key != NOT_STATED), default=_LAST)


def _by_latest(entry: Entry, _things: Things, _language: str) -> Any:
    return -max((int(key) for key in entry.keys["start"] if key != NOT_STATED), default=-_LAST)


_ORDERS: Final[Mapping[Sort, _Order]] = {
    "title": lambda *_: 0,
    "country": _by_country,
    "level": _by_level,
    "principle": _by_principle,
    "oldest": _by_start,
    "latest": _by_latest,
}

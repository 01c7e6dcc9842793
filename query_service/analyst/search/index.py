"""The index of everything that can be found: in memory, made once for each version of the dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from query_service.analyst.search.entries import GROUPS, PROVISIONS, Entry, read_entries
from query_service.analyst.search.spelling import Spelling
from query_service.analyst.search.translations import Translations
from query_service.analyst.search.words import STEMMERS, Words, stem_place
from query_service.language import LANGUAGES
from query_service.lookups import Source

__all__ = ["PARTS", "WAYS", "Found", "SearchIndex", "series_of"]

#: Parts of an entry: names such as its number, titles, texts, and names of what it is about.
PARTS: Final = ("name", "title", "text", "about")
#: Ways in which words are compared: as written, without accents, and by stem.
WAYS: Final = ("written", "plain", *LANGUAGES)
#: Stands between texts, so that no phrase reaches from one to the next. It is no word.
_GAP: Final = "\u00b6"
_HEAP: Final = 64_000_000
_OWN: Final = frozenset({"title", "text"})
#: Letters that a compound has more than its first part, which endings have not.
_LONGER: Final = 4
#: How people call provisions, in the three languages, before their number.
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "principle/cbp": ("CBP", "principle", "principe", "Prinzip", "Grundsatz", "Grundprinzip"),
    "principle/agreed": ("agreed principle", "principe convenu", "vereinbartes Prinzip"),
    "conclusion/": ("conclusion", "Schlussfolgerung"),
    "recommendation/interaction": ("measure", "mesure", "Maßnahme", "recommendation", "recommandation", "Empfehlung"),
    "recommendation/guide": ("recommendation", "key recommendation", "recommandation", "Empfehlung", "Kernempfehlung"),
    "guideline/": ("guideline", "paragraph", "ligne directrice", "paragraphe", "Leitlinie", "Absatz"),
}
#: What is shown first of hits that are alike; texts about items come after the items.
_WEIGHTS: Final[Mapping[str, float]] = {
    "practice": 1.25, "principle": 1.35, "conclusion": 1.2, "recommendation": 1.25, "guideline": 1.15, "concept": 1.1,
    "place": 1.1, "document": 1.1, "link": 0.6, "passage": 0.5, "example": 0.6,
}  # fmt: skip


def series_of(path: str) -> int:
    """Place of the series of a provision among all series, for those with the same number; other items come after them."""
    return next((place for place, start in enumerate(_CALLED) if path.startswith(start)), len(_CALLED))


class Found(NamedTuple):
    """An entry that answers a query."""

    entry: Entry
    score: float


class SearchIndex:
    """What can be found, and where.

    :param source: the dataset.
    """

    def __init__(self, source: Source) -> None:
        self.entries = read_entries(source)
        self.words = Words()
        self._by_name: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._german: set[str] = set()
        self._frequencies: Counter[str] = Counter()
        self._names = {entry.path: entry.names for entry in self.entries}
        self.schema = _build_schema()
        self._index = self._fill()
        self.searcher = self._index.searcher()

    @cached_property
    def translations(self) -> Translations:
        """Other words for words."""
        return Translations(self.entries, self.words)

    @cached_property
    def spelling(self) -> Spelling:
        """Words by words that are written nearly like them."""
        return Spelling(self._frequencies)

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """What can be found, by path."""
        return {entry.path: entry for entry in self.entries}

    def facet_values(self, facet: str) -> Sequence[str]:
        """All values of a facet, in order."""
        return self._facets[facet]

    @cached_property
    def _facets(self) -> Mapping[str, Sequence[str]]:
        keys = {
            "framework": {path for entry in self.entries for path in entry.frameworks},
            "country": {path for entry in self.entries for path in entry.countries},
            "language": {language for entry in self.entries for language in entry.languages if language},
        }
        return {"kind": list(GROUPS), **{name: sorted(path.rpartition("/")[2] for path in paths) for name, paths in keys.items()}}

    def named(self, words: Iterable[str]) -> list[Entry]:
        """Entries with exactly this name, number or key.

        :param words: in lower case without accents.
        """
        return self._by_name.get(tuple(words), [])

    def occurs(self, way: str, word: str) -> bool:
        """Whether a word stands in any text.

        :param way: how words are compared.
        """
        return any(self.searcher.doc_freq(f"{part}_{way}", word) for part in PARTS if _has(part, way))

    def beginning(self, plain: str) -> set[str]:
        """Words, without accents, that begin like this."""
        return {forms.plain for forms in self.words.known.values() if forms.plain.startswith(plain)}

    def compounds(self, stem: str) -> set[str]:
        """Longer words of German texts that begin like this."""
        return {word for word in self._german if word.startswith(stem) and len(word) >= len(stem) + _LONGER}

    def search(self, query: Any) -> list[Found]:
        """Entries that a query of tantivy finds, in no order."""
        hits = self.searcher.search(query, max(len(self.entries), 1), count=False).hits
        places = self.searcher.fast_field_values("place", [address for _, address in hits])
        entries = [self.entries[int(place)] for place in places]
        return [Found(entry, score * _WEIGHTS.get(entry.group, 1.0)) for (score, _), entry in zip(hits, entries, strict=True)]

    # Filling ---------------------------------------------------------------------------------------------------------

    def _fill(self) -> Any:
        from tantivy import Document, Index  # noqa: PLC0415 - heavy, and needed once somebody searches

        index = Index(self.schema)
        writer = index.writer(_HEAP, 1)  # one thread makes one segment: scores are then the same each time
        for place, entry in enumerate(self.entries):
            writer.add_document(Document.from_dict({"place": place, **self._fields(entry)}, self.schema))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index

    def _fields(self, entry: Entry) -> dict[str, str]:
        called = [(text, "") for text in _called(entry)]
        titles = [(name.text, name.language) for name in entry.names]
        for name in (*called, *titles):
            self._by_name[tuple(self.words.forms(word).plain for word in Words.split(name[0]))].append(entry)
        about = [(name.text, name.language) for _, target in entry.about for name in self._names.get(target, ())]
        return {
            **self._spread("name", called),
            **self._spread("title", titles),
            **self._spread("text", [(text.text, text.language) for text in entry.texts]),
            **self._spread("about", [*about, *((text, "en") for text in entry.printed)]),
        }

    def _spread(self, part: str, texts: list[tuple[str, str]]) -> dict[str, str]:
        """A part in all ways in which it is compared."""
        fields: dict[str, list[str]] = defaultdict(list)
        for text, language in texts:
            words = Words.split(text)
            forms = self.words.forms_of(words)
            plain = [form.plain for form in forms]
            if part in _OWN:
                self._frequencies.update(plain)
            if language == "de":
                self._german.update(plain)
            fields["written"] += [*words, _GAP]
            fields["plain"] += [*plain, _GAP]
            if language in STEMMERS and _has(part, language):
                at = stem_place(language)
                fields[language] += [*(form[at] for form in forms), _GAP]
        return {f"{part}_{way}": " ".join(some) for way, some in fields.items()}


def _has(part: str, way: str) -> bool:
    """Whether a part is compared in a way: numbers and keys have no stems."""
    return way in {"written", "plain"} or (part != "name" and way in LANGUAGES)


def _build_schema() -> Any:
    from tantivy import SchemaBuilder  # noqa: PLC0415 - heavy, and needed once somebody searches

    builder = SchemaBuilder().add_unsigned_field("place", fast=True)
    for part in PARTS:
        for way in WAYS:
            if _has(part, way):
                # Words are cut and compared here, so that what is marked on pages is what was found.
                builder = builder.add_text_field(f"{part}_{way}", tokenizer_name="whitespace")
    return builder.build()


def _called(entry: Entry) -> Iterator[str]:
    """Number, key and the like."""
    if entry.group in {"passage", "link", "example"}:
        return
    yield entry.path.partition("/")[2]
    if entry.notation:
        yield entry.notation
    if entry.kind in PROVISIONS:
        for start, names in _CALLED.items():
            if entry.path.startswith(start):
                yield from (f"{name} {entry.notation}" for name in names)

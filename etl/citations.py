"""References that documents print: declared in a manifest, found again in the passage that prints them."""

from __future__ import annotations

from collections.abc import Iterable

from etl.errors import ExtractionError
from etl.identifiers import ItemPath, PassageKey
from etl.passages import PassageBook
from etl.records import Citation, Record
from etl.rendition import Rendition, normalise_passage

__all__ = ["CitationFacts", "find_citations"]


class CitationFacts(Record):
    """A printed reference.

    :ivar source: item, framework or document that refers.
    :ivar target: what it refers to.
    :ivar printed: words by which the passages name it.
    :ivar passages: keys of the passages that print these words.
    """

    source: ItemPath
    target: ItemPath
    printed: str
    passages: tuple[PassageKey, ...]


def find_citations(rendition: Rendition, book: PassageBook, declared: Iterable[CitationFacts]) -> tuple[Citation, ...]:
    """Check that each declared reference stands where the manifest says.

    :raises ExtractionError: naming the passage that is missing or does not print the reference.
    """
    citations = []
    for facts in declared:
        for key in facts.passages:
            where = f"{rendition.name}: passage {key}"
            try:
                text = normalise_passage(book.text(key))
            except KeyError:
                raise ExtractionError(where, "is not in the document", facts.printed, "correct the manifest") from None
            if facts.printed not in text:
                raise ExtractionError(
                    where, f"does not print {facts.printed!r}", f"a reference to {facts.target}", "compare with the manifest"
                )
            citations.append(Citation(source=facts.source, target=facts.target, passage=key))
    return tuple(citations)

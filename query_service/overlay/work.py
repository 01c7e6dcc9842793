"""The work on a file of own practices: read, check, compare. It is done in a process of its own (:mod:`~.running`)."""

from __future__ import annotations

from query_service.errors import MalformedRequest
from query_service.lookups import Row
from query_service.overlay.checking import Table, known_names
from query_service.overlay.columns import TELLING
from query_service.overlay.records import Checked, OwnPractice, Remark, Work
from query_service.overlay.sheets import UnreadableFile, read_sheet
from query_service.suggest.records import FEWEST_WORDS, FOREIGN_SHARE, SHORT_WORDS, Draft, DraftSuggestions
from query_service.suggest.search import Adviser
from query_service.suggest.texts import read_corpus

__all__ = ["check"]


class _Given:
    """A dataset whose answers are given."""

    def __init__(self, work: Work) -> None:
        self.base = work.base
        self.version = work.version
        self._answers = work.answers

    def rows(self, name: str, **values: str) -> list[Row]:
        """Answers to a query that was asked before."""
        return self._answers[" ".join((name, *values.values()))]


def check(work: Work, raw: bytes) -> Checked:
    """Read, check and compare a file."""
    names = known_names(work.labels)
    try:
        table = Table(read_sheet(raw, names, work.rows, work.unpacked_bytes), names)
    except UnreadableFile as unreadable:
        return Checked(failures=(unreadable.remark,))
    adviser = Adviser(read_corpus(_Given(work)), work.top)
    practices: list[OwnPractice] = []
    suggestions: list[DraftSuggestions] = []
    left_out, remarks = table.left_out, table.remarks
    for practice in table.practices:
        found = _advise(adviser, practice)
        if isinstance(found, Remark):
            left_out.append(found)
            continue
        practices.append(practice)
        suggestions.append(found)
        if found.words < SHORT_WORDS:
            remarks.append(Remark(kind="few-words", row=practice.row, found=str(found.words)))
        if found.known_words < FOREIGN_SHARE * found.words:
            remarks.append(
                Remark(kind="foreign-words", row=practice.row, found=str(found.known_words), expected=str(found.words))
            )
    return Checked(
        left_out=tuple(sorted(left_out, key=_row)),
        remarks=tuple(sorted(remarks, key=_row)),
        practices=tuple(practices),
        suggestions=tuple(suggestions),
    )


def _advise(adviser: Adviser, practice: OwnPractice) -> DraftSuggestions | Remark:
    text = "\n".join(filter(None, (getattr(practice, name) for name in TELLING)))
    draft = Draft(title=practice.title, text=text, name=f"row {practice.row}")
    words = adviser.words(draft)
    if words < FEWEST_WORDS:
        return Remark(kind="too-few-words", row=practice.row, found=str(words), expected=str(FEWEST_WORDS))
    try:
        return adviser.advise(draft)
    except MalformedRequest:
        return Remark(kind="no-known-word", row=practice.row)


def _row(remark: Remark) -> int:
    return remark.row or 0
